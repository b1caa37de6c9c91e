using System.Text.Json;
using System.Text.Json.Nodes;
using Settle.Chain;
using Settle.Views;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// Asks a ledger for every kind of entry, in an order and with contents from a seed, and holds each
/// answer, the first one and the repeated one, against what reading gives.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="seed">Chooses.</param>
/// <param name="isShared">Whether others write meanwhile.</param>
/// <param name="unread">Holds that nothing new was read for its answer; null for nobody.</param>
internal sealed partial class AskedAndRead(
    ILedger ledger, int seed, bool isShared = false, UnreadAnswers? unread = null)
{
    private static readonly string[] Accounts = ["ann", "bob", "cafe", "customers:42:wallet"];
    private static readonly DateOnly October = new(2026, 10, 1);

    private readonly Random _random = new(seed);
    private readonly List<string> _moved = [];
    private readonly List<string> _holds = [];
    private readonly List<string> _invoices = [];
    private readonly List<string> _subscriptions = [];
    private int _number;

    private IBilling Billing => ledger.Billing;

    public async Task LiveAsync(int steps)
    {
        var info = await AskAsync(() => ledger.InitializeAsync("EUR"));
        if (!isShared) AssertSame(await ledger.GetInfoAsync(), info);
        await SellerAsync();
        await OwersAsync();
        foreach (var customer in Customers) await CustomerAsync(customer);
        Func<Task>[] kinds =
        [
            TransferAsync, TransferAsync, TransactionAsync, HoldAsync, HoldAsync, CaptureAsync, VoidAsync,
            RevertAsync, AccountAsync, AssetAsync, SellerAsync, () => CustomerAsync(One(Customers)),
            ChargeAsync, ChargeAsync, ChargeAsync, SubscriptionAsync, SubscriptionEndAsync, RunAsync,
            CreditAsync, PaymentAsync, RepriceAsync, WithdrawalAsync, OpeningAsync, MoneyBackAsync, ReminderAsync,
            OrdersAsync, EraseAsync,
        ];
        foreach (var kind in kinds) await kind();
        for (var i = 0; i < steps; i++) await One(kinds)();
    }

    private static string[] Customers { get; } = ["dave", "alex"];

    private Task TransferAsync()
    {
        var request = new TransferRequest
        {
            Id = NewId("t"), From = "@world", To = One(Accounts), Amount = Minor(_random.Next(1, 9999), Maybe("USD")),
            Memo = Memo(), Timestamp = Maybe("") is null ? null : Time("2026-10-01T12:00:00Z"),
            Meta = Meta(),
        };
        _moved.Add(request.Id);
        return SameAsync(request.Id, () => ledger.TransferAsync(request), id => ledger.GetTransferAsync(id));
    }

    private Task TransactionAsync()
    {
        var request = new TransactionRequest
        {
            Id = NewId("x"), Memo = Memo(), Meta = Meta(),
            Postings = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new Posting
                { From = "@world", To = One(Accounts), Amount = Minor(_random.Next(1, 500), One("EUR", "USD")) })],
        };
        _moved.Add(request.Id);
        return SameAsync(request.Id, () => ledger.TransactAsync(request), TransactionOfAsync);
    }

    private Task HoldAsync()
    {
        var request = new HoldRequest
        {
            Id = NewId("h"), From = "@world", To = One(Accounts), Amount = Minor(_random.Next(1, 500)),
            ExpiresIn = _random.Next(2) == 0 ? TimeSpan.FromSeconds(86_400) : null, Memo = Memo(), Meta = Meta(),
        };
        _holds.Add(request.Id);
        return SameAsync(request.Id, () => ledger.HoldAsync(request), id => ledger.GetHoldAsync(id));
    }

    private async Task CaptureAsync()
    {
        if (await OpenHoldAsync() is not { } hold) return;
        var request = new CaptureRequest
        {
            Id = NewId("c"), Hold = hold.Id,
            Amount = _random.Next(2) == 0 ? null : Minor(_random.NextInt64(1, (long)hold.Amount.Units + 1)),
        };
        _moved.Add(request.Id);
        await SameAsync(request.Id, () => ledger.CaptureAsync(request), id => ledger.GetTransferAsync(id));
    }

    private async Task VoidAsync()
    {
        if (await OpenHoldAsync() is not { } hold) return;
        var request = new VoidRequest { Id = NewId("v"), Hold = hold.Id };
        await SameAsync(request.Id, () => ledger.VoidAsync(request), _ => ledger.GetHoldAsync(hold.Id));
    }

    private async Task RevertAsync()
    {
        if (_moved.Count == 0) return;
        var moved = One(_moved);
        _moved.Remove(moved);
        var request = new RevertRequest { Id = NewId("r"), Reverts = moved };
        await SameAsync(request.Id, () => ledger.RevertAsync(request), TransactionOfAsync);
    }

    private Task AccountAsync()
    {
        var request = new AccountRequest
        {
            Id = NewId("a"), Account = One("ann", NewId("account")), Overdraft = Overdraft.Of(Minor(_random.Next(999))),
            Ceiling = _random.Next(2) == 0 ? null : Ceiling.Of(Minor(10_000_000)), Owners = [One("ann", "eve")], Meta = Meta(),
        };
        Account? told = null;
        return SameAsync(request.Id, async () => told = await ledger.PutAccountAsync(request), _ =>
            ledger.GetAccountAsync(request.Account, isShared ? AsOf.AtHeight(told!.Height) : AsOf.Now));
    }

    private async Task AssetAsync()
    {
        var asset = await AskAsync(() => ledger.DeclareAssetAsync(NewId("points"), _random.Next(4)));
        Assert.Contains(asset, (await ledger.GetInfoAsync()).Assets);
    }

    private Task SellerAsync()
    {
        var request = new SellerRequest
        {
            Id = NewId("seller"), Zone = "Europe/Berlin", TaxRates = ["19.0", "7"], DefaultTax = One("19", "7.0"),
            Party = new Party
            {
                Name = "Werkbank GmbH", Street = "Lindenstr. 5", PostalCode = "10969", City = Maybe("Berlin"),
                Country = "DE", VatId = "DE123456788", Email = "rechnung@werkbank.example",
                Phone = "+49 30 1234567", Contact = "Ada Keller", Iban = "DE02120300000000202051",
                CreditorId = "DE98ZZZ09999999999",
                Logo = _random.Next(2) == 0 ? null : Paper.TestPictures.Png(2, 2, alpha: true),
            },
        };
        return SameAsync(request.Id, () => Billing.PutSellerAsync(request), _ => Billing.GetSellerAsync());
    }

    private Task CustomerAsync(string customer)
    {
        var request = new CustomerRequest
        {
            Id = NewId("customer"), Customer = customer, TermsDays = _random.Next(30), Asset = Maybe("EUR"),
            Party = new Party
            {
                Name = customer, Street = Maybe("Ringstr. 1"), PostalCode = "12051", City = "Berlin",
                Country = "DE", Email = $"{customer}@example.com", Language = One("en", "de"),
            },
        };
        return SameAsync(request.Id, () => Billing.PutCustomerAsync(request),
            _ => Billing.GetCustomerAsync(customer));
    }

    private Task ChargeAsync()
    {
        var hasPrice = _random.Next(2) == 0;
        var request = new ChargeRequest
        {
            Id = NewId("charge"), Customer = One(Customers), Description = "room, \"big\"",
            Date = October.AddDays(_random.Next(60)), Tax = One(null, "19", "7", "7.0"), Prices = One<PriceKind?>(null, PriceKind.Net, PriceKind.Gross),
            Amount = hasPrice ? null : Minor(_random.Next(100, 9999)), Quantity = hasPrice ? 1.5m : null,
            UnitPrice = hasPrice ? 12.5m : null, Unit = hasPrice ? One("HUR", "C62") : null,
            Discount = hasPrice ? Minor(_random.Next(0, 3)) : null, CostCentre = Maybe("400"),
        };
        return SameAsync(request.Id, () => Billing.ChargeAsync(request), id => Billing.GetChargeAsync(id));
    }

    private Task SubscriptionAsync()
    {
        var hasPrice = _random.Next(2) == 0;
        var request = new SubscriptionRequest
        {
            Id = NewId("subscribe"), Subscription = _random.Next(2) == 0 ? null : NewId("desk"),
            Customer = One(Customers), Amount = hasPrice ? null : Minor(_random.Next(100, 999)), Description = "desk", Tax = Maybe("7"),
            Quantity = hasPrice ? 1.5m : null, UnitPrice = hasPrice ? 12.5m : null, Unit = hasPrice ? One("HUR", "C62") : null,
            Discount = hasPrice ? Minor(_random.Next(0, 3)) : null, Every = One<BillingInterval?>(null, BillingInterval.Month, BillingInterval.Week),
            CostCentre = Maybe("400"), Anchor = One<DateOnly?>(null, October.AddDays(_random.Next(30))),
            Prices = One<PriceKind?>(null, PriceKind.Gross), Start = October.AddDays(_random.Next(30)),
        };
        var name = request.Subscription ?? request.Id;
        _subscriptions.Add(name);
        return SameAsync(request.Id, () => Billing.SubscribeAsync(request), _ => SubscriptionOfAsync(name));
    }

    private async Task SubscriptionEndAsync()
    {
        if (_subscriptions.Count == 0) return;
        var name = One(_subscriptions);
        _subscriptions.Remove(name);
        var (id, end) = (NewId("end"), October.AddDays(60 + _random.Next(30)));
        await SameAsync(id, () => Billing.EndSubscriptionAsync(name, end, id), _ => SubscriptionOfAsync(name));
    }

    private async Task RunAsync()
    {
        var request = new InvoiceRunRequest
        {
            Id = NewId("run"), Through = October.AddDays(_random.Next(20, 60)), Date = new DateOnly(2026, 12, 1),
        };
        foreach (var isRepeated in (bool[])[false, true])
        {
            var run = await AskAsync(() => Billing.InvoiceAsync(request), isRepeated, hasDocuments: true);
            foreach (var made in run.Invoices)
            {
                Assert.Equal(isRepeated, made.Replayed);
                var all = await Billing.ListInvoicesAsync(new InvoiceQuery { Limit = 1000 });
                AssertSame(all.Items.Single(each => each.Number == made.Number), made with { Replayed = false });
                if (!isRepeated) _invoices.Add(made.Number);
                var invoice = (await Billing.GetInvoiceAsync(made.Number))!;
                Assert.All(invoice.InvoicedCharges, id => Assert.Equal(
                    made.Number, Billing.GetChargeAsync(id).GetAwaiter().GetResult()!.Invoice));
            }
        }
    }

    private async Task CreditAsync()
    {
        if (await OpenInvoiceAsync() is not { } invoice) return;
        var request = new CreditRequest
        {
            Id = NewId("credit"), Invoice = invoice.Number, Reason = Maybe("noise"),
            Amount = _random.Next(2) == 0 ? null : Minor(_random.NextInt64(1, (long)invoice.Open.Units + 1)),
        };
        if (request.Amount is null) _invoices.Remove(invoice.Number);
        string? number = null;
        await SameAsync(request.Id, async () =>
        {
            var note = await Billing.CreditAsync(request);
            number = note.Number;
            return note;
        }, _ => Billing.GetInvoiceAsync(number!));
    }

    private async Task PaymentAsync()
    {
        var invoice = await OpenInvoiceAsync();
        var isWriteOff = invoice is not null && _random.Next(3) == 0;
        var request = new PaymentRequest
        {
            Id = NewId("pay"), Invoice = invoice?.Number, Customer = invoice is null ? One(Customers) : null,
            Amount = isWriteOff ? invoice!.Open : Minor(_random.Next(1, 500)), Reference = Maybe("thank you"),
            Date = isWriteOff ? new DateOnly(2026, 12, 1) : October.AddDays(40), WriteOff = isWriteOff,
        };
        await SameAsync(request.Id, () => Billing.PayAsync(request), async id =>
            InvoiceViews.Payment(await RecordedAsync(id), Euros, replayed: false));
    }

    private async Task SameAsync<T>(string id, Func<Task<T>> ask, Func<string, Task<T?>> read)
        where T : class
    {
        foreach (var isRepeated in (bool[])[false, true])
        {
            var answer = await AskAsync(ask, isRepeated);
            AssertSame(await read(id), answer, isRepeated);
        }
    }

    private Task<T> AskAsync<T>(Func<Task<T>> ask, bool isRepeated = false, bool hasDocuments = false) =>
        unread is null || isRepeated ? ask() : unread.AskAsync(ask, hasDocuments);

    private static void AssertSame<T>(T? read, T answer, bool? isRepeated = null)
    {
        Assert.NotNull(read);
        var (expected, told) = (JsonSerializer.SerializeToNode(read)!, JsonSerializer.SerializeToNode(answer)!);
        // A map has no order.
        foreach (var node in (JsonNode[])[expected, told])
            if (node["Meta"] is JsonObject meta)
                node["Meta"] = new JsonObject(meta.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        if (isRepeated is { } repeated && told["Replayed"] is { } replayed)
            Assert.Equal(repeated, replayed.GetValue<bool>());
        // Only who made an account hears of it.
        foreach (var name in (string[])["Replayed", "NewAccounts"])
        {
            expected.AsObject().Remove(name);
            told.AsObject().Remove(name);
        }
        Assert.Equal(expected.ToJsonString(), told.ToJsonString());
    }

    private async Task<Hold?> OpenHoldAsync()
    {
        if (_holds.Count == 0) return null;
        var hold = One(_holds);
        _holds.Remove(hold);
        return await ledger.GetHoldAsync(hold);
    }

    private async Task<Invoice?> OpenInvoiceAsync()
    {
        foreach (var number in _invoices)
        {
            var invoice = (await Billing.GetInvoiceAsync(number))!;
            if (!invoice.Open.IsZero) return invoice;
        }
        return null;
    }

    private async Task<Subscription?> SubscriptionOfAsync(string name) =>
        (await Billing.ListSubscriptionsAsync(new PageQuery { Limit = 1000 })).Items
            .FirstOrDefault(each => each.Id == name);

    private async Task<Transaction?> TransactionOfAsync(string id) =>
        EntryViews.Transaction(await RecordedAsync(id), Euros, replayed: false);

    // What no call reads is read from the chain.
    private async Task<RecalledEntry> RecordedAsync(string id)
    {
        var entry = (await ledger.GetEntryAsync(id))!;
        var batch = new RequestBatch();
        EntryReader.Read(entry.Body.Span, batch);
        return new RecalledEntry(batch, entry.Position.Height);
    }

    private string NewId(string kind) => $"{kind}-{seed}-{++_number}";

    private T One<T>(params IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private string? Maybe(string text) => _random.Next(2) == 0 ? null : text;

    private string? Memo() => One(null, "", "lunch, \"late\"");

    private Dictionary<string, string>? Meta() =>
        One(null, [], new Dictionary<string, string> { ["till"] = "3", ["note"] = "ä \" \\" });
}
