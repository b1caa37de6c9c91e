using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>Billing on a file and through a server: the same answers, the same errors.</summary>
public sealed class BillingParityTests
{
    private static readonly DateOnly Day = new(2026, 10, 12);
    private static readonly DateOnly Through = new(2026, 10, 31);
    private static readonly DateOnly Date = new(2026, 11, 1);

    private static OpeningInvoiceRequest Old => new()
    {
        Number = "RE/47 %", Customer = "dave", Date = Day, Due = Day, Amount = Minor(11900), Open = Minor(5000),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly (string Name, Func<IBilling, Task<object?>> Call)[] Calls =
    [
        ("no seller", async b => await b.GetSellerAsync(Stop)),
        ("charge without a seller", async b => await b.ChargeAsync(Charge("c-0"), Stop)),
        ("seller", async b => await b.PutSellerAsync(Seller, Stop)),
        ("seller again", async b => await b.PutSellerAsync(Seller, Stop)),
        ("seller otherwise", async b => await b.PutSellerAsync(
            Seller with { TaxRates = ["21"], DefaultTax = "21" }, Stop)),
        ("get seller", async b => await b.GetSellerAsync(Stop)),
        ("bad seller", async b => await b.PutSellerAsync(Seller with { Zone = "Mars" }, Stop)),
        ("customer", async b => await b.PutCustomerAsync(Dave, Stop)),
        ("customer again", async b => await b.PutCustomerAsync(Dave, Stop)),
        ("customer of the wide world", async b => await b.PutCustomerAsync(Dave with
        {
            Id = "k-2", Customer = "größe/42 %", Treatment = TaxTreatment.Export, TermsDays = 0,
            Party = Dave.Party with { Name = "Größe & Söhne <Ltd>", Logo = null, Language = "de" },
        }, Stop)),
        ("get customer", async b => await b.GetCustomerAsync("größe/42 %", Stop)),
        ("no customer", async b => await b.GetCustomerAsync("nobody", Stop)),
        ("customers", async b => await b.ListCustomersAsync(new PageQuery { Limit = 1 }, Stop)),
        ("damaged cursor", async b =>
            await b.ListCustomersAsync(new PageQuery { After = "x" }, Stop)),
        ("opening", async b => await b.BringInvoiceAsync(Old, Stop)),
        ("opening again", async b => await b.BringInvoiceAsync(Old, Stop)),
        ("opening otherwise", async b => await b.BringInvoiceAsync(Old with { Open = null }, Stop)),
        ("opening with a number of ours", async b => await b.BringInvoiceAsync(Old with { Number = "2026-000001" }, Stop)),
        ("opening of nobody", async b => await b.BringInvoiceAsync(Old with { Number = "x", Customer = "nobody" }, Stop)),
        ("bad opening", async b => await b.BringInvoiceAsync(Old with { Number = "y", Open = Minor(12000) }, Stop)),
        ("get opening", async b => await b.GetInvoiceAsync(Old.Number, Stop)),
        ("credit opening", async b => await b.CreditAsync(new CreditRequest { Id = "g-old", Invoice = Old.Number }, Stop)),
        ("charge", async b => await b.ChargeAsync(Charge("c-1"), Stop)),
        ("charge again", async b => await b.ChargeAsync(Charge("c-1"), Stop)),
        ("charge otherwise", async b => await b.ChargeAsync(
            Charge("c-1") with { Amount = Minor(5) }, Stop)),
        ("charge with everything", async b => await b.ChargeAsync(new ChargeRequest
        {
            Id = "c-2", Customer = "dave", Quantity = 2.5m, UnitPrice = 0.123456m, Unit = "HUR",
            Discount = Minor(3), Tax = "7", Prices = PriceKind.Gross, Description = "Kaffee \u2615", Date = Day,
            Asset = "EUR", CostCentre = "Küche 1",
        }, Stop)),
        ("charge by the clock", async b => await b.ChargeAsync(Charge("c-3") with
        {
            Date = null, Time = new DateTimeOffset(2026, 10, 31, 23, 30, 0, TimeSpan.Zero),
        }, Stop)),
        ("charge nobody", async b => await b.ChargeAsync(
            Charge("c-4") with { Customer = "nobody" }, Stop)),
        ("unknown tax", async b => await b.ChargeAsync(Charge("c-5") with { Tax = "21" }, Stop)),
        ("bad tax", async b => await b.ChargeAsync(Charge("c-6") with { Tax = "x" }, Stop)),
        ("bad amount", async b => await b.ChargeAsync(Charge("c-6") with { Amount = Minor(-1 )}, Stop)),
        ("batch", async b => await b.ChargeBatchAsync(
            new[] { Charge("b-1"), Charge("c-4") with { Customer = "nobody" }, Charge("c-1") },
            Stop)),
        ("empty batch", async b => await b.ChargeBatchAsync(Array.Empty<ChargeRequest>(), Stop)),
        ("bad batch", async b => await b.ChargeBatchAsync(
            new[] { Charge("b-2"), Charge("b-3") with { Tax = "x" } }, Stop)),
        ("get charge", async b => await b.GetChargeAsync("c-2", Stop)),
        ("get refused charge", async b => await b.GetChargeAsync("c-4", Stop)),
        ("no charge", async b => await b.GetChargeAsync("none", Stop)),
        ("subscribe", async b => await b.SubscribeAsync(Desk, Stop)),
        ("subscribe again", async b => await b.SubscribeAsync(Desk, Stop)),
        ("subscribe with everything", async b => await b.SubscribeAsync(new SubscriptionRequest
        {
            Id = "s-2", Customer = "dave", Quantity = 2.5m, UnitPrice = 0.123456m, Unit = "HUR", Discount = Minor(3),
            Description = "Desk", Every = BillingInterval.Quarter, Anchor = Day, Start = Day, Asset = "EUR", CostCentre = "Küche 1",
        }, Stop)),
        ("subscribe for nothing", async b => await b.SubscribeAsync(
            Desk with { Id = "s-3", Discount = Minor(24900) }, Stop)),
        ("subscribe without a price", async b => await b.SubscribeAsync(Desk with { Id = "s-4", Amount = null }, Stop)),
        ("reprice", async b => await b.RepriceSubscriptionAsync("desk", new RepriceRequest
        {
            Id = "v-1", From = new DateOnly(2026, 10, 20), Quantity = 2, UnitPrice = 125.5m, Discount = Minor(100),
        }, Stop)),
        ("reprice by the major unit", async b => await b.RepriceSubscriptionAsync("desk", new RepriceRequest
        {
            Id = "v-2", From = new DateOnly(2026, 12, 1), Amount = Money.Of(260),
        }, Stop)),
        ("reprice again", async b => await b.RepriceSubscriptionAsync("desk", new RepriceRequest
        {
            Id = "v-2", From = new DateOnly(2026, 12, 1), Amount = Money.Of(260),
        }, Stop)),
        ("reprice nothing", async b => await b.RepriceSubscriptionAsync("none", new RepriceRequest
        {
            Id = "v-3", From = Day, Amount = Minor(1),
        }, Stop)),
        ("reprice in another asset", async b => await b.RepriceSubscriptionAsync("desk", new RepriceRequest
        {
            Id = "v-4", From = Day, Amount = Money.Of(1, "USD"),
        }, Stop)),
        ("reprice without a price", async b => await b.RepriceSubscriptionAsync("desk", new RepriceRequest { From = Day }, Stop)),
        ("subscription", async b => await b.GetSubscriptionAsync("desk", Stop)),
        ("no subscription", async b => await b.GetSubscriptionAsync("none", Stop)),
        ("end", async b => await b.EndSubscriptionAsync("desk", Through, "e-1", Stop)),
        ("end nothing", async b => await b.EndSubscriptionAsync("none", Through, "e-2", Stop)),
        ("subscriptions", async b => await b.ListSubscriptionsAsync(new PageQuery(), Stop)),
        ("dry run", async b => await b.InvoiceAsync(Run with { DryRun = true }, null, Stop)),
        ("run", async b => await b.InvoiceAsync(Run, null, Stop)),
        ("run again", async b => await b.InvoiceAsync(Run, null, Stop)),
        ("run of nobody", async b => await b.InvoiceAsync(
            Run with { Id = "r-2", Customer = "nobody" }, null, Stop)),
        ("invoice", async b => await b.GetInvoiceAsync("2026-000001", Stop)),
        ("no invoice", async b => await b.GetInvoiceAsync("2026-000009", Stop)),
        ("invoices", async b => await b.ListInvoicesAsync(new InvoiceQuery(), Stop)),
        ("paid invoices", async b => await b.ListInvoicesAsync(
            new InvoiceQuery { Status = InvoiceStatus.Paid, Customer = "dave" }, Stop)),
        ("charges", async b => await b.ListChargesAsync(new ChargeQuery { Limit = 2 }, Stop)),
        ("open charges", async b => await b.ListChargesAsync(
            new ChargeQuery { Uninvoiced = true, Customer = "dave" }, Stop)),
        ("credit a part", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-1", Invoice = "2026-000001", Amount = Minor(100), Reason = "späte Heizung",
            Date = Date,
        }, Stop)),
        ("credit too much", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-2", Invoice = "2026-000001", Amount = Minor(99999999), Date = Date,
        }, Stop)),
        ("credit a line", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-5", Invoice = "2026-000001", Date = Date,
            Lines = [new CreditLine { Line = 2, Quantity = 0.5m }, new CreditLine { Line = 1 }],
        }, Stop)),
        ("credit a line in another order", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-5", Invoice = "2026-000001", Date = Date,
            Lines = [new CreditLine { Line = 1 }, new CreditLine { Line = 2, Quantity = 0.50m }],
        }, Stop)),
        ("credit a line again", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-6", Invoice = "2026-000001", Date = Date, Lines = [new CreditLine { Line = 1 }],
        }, Stop)),
        ("credit no line", async b => await b.CreditAsync(new CreditRequest
            { Id = "g-7", Invoice = "2026-000001", Date = Date, Lines = [] }, Stop)),
        ("credit a line of nothing", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-8", Invoice = "2026-000001", Date = Date,
            Lines = [new CreditLine { Line = 1, Quantity = -1 }],
        }, Stop)),
        ("credit what cannot be sent", async b => await b.CreditAsync(new CreditRequest
        {
            Id = "g-4", Invoice = "2026-000001", Amount = Minor(1), Date = Date,
        }, Stop)),
        ("credit nothing", async b => await b.CreditAsync(
            new CreditRequest { Id = "g-3", Invoice = "2026-000009", Date = Date }, Stop)),
        ("pay", async b => await b.PayAsync(new PaymentRequest
        {
            Id = "p-1", Customer = "dave", Amount = Minor(500), Date = Date, Reference = "2026-1",
        }, Stop)),
        ("pay nobody", async b => await b.PayAsync(
            new PaymentRequest { Id = "p-2", Customer = "nobody", Amount = Minor(5), Date = Date }, Stop)),
        ("pay for nothing", async b => await b.PayAsync(
            new PaymentRequest { Id = "p-3", Amount = Minor(5), Date = Date }, Stop)),
        ("write off", async b => await b.PayAsync(new PaymentRequest
        {
            Id = "p-4", Invoice = "2026-000001", Amount = Minor(7), Date = Date, WriteOff = true,
        }, Stop)),
        ("payments", async b => await b.ListPaymentsAsync(new PaymentQuery { Limit = 1 }, Stop)),
        ("more payments", async b => await b.ListPaymentsAsync(new PaymentQuery
        {
            After = (await b.ListPaymentsAsync(new PaymentQuery { Limit = 1 }, Stop)).Next,
        }, Stop)),
        ("payments of days", async b => await b.ListPaymentsAsync(
            new PaymentQuery { Customer = "dave", From = Date, To = Date }, Stop)),
        ("payments of nobody", async b => await b.ListPaymentsAsync(new PaymentQuery { Customer = "nobody" }, Stop)),
        ("payments backwards", async b => await b.ListPaymentsAsync(
            new PaymentQuery { From = Date, To = Date.AddDays(-1) }, Stop)),
        ("refund", async b => await b.RefundAsync(new RefundRequest
        {
            Id = "back-1", Customer = "dave", Amount = Minor(20), Payment = "p-1", Date = Date, To = "Jnae",
        }, Stop)),
        ("charge back", async b => await b.ChargebackAsync(new ChargebackRequest
        {
            Id = "back-2", Payment = "p-1", Amount = Minor(30), Date = Date,
        }, Stop)),
        ("refunds", async b => await b.ListRefundsAsync(new PaymentQuery(), Stop)),
        ("refunds of a customer", async b => await b.ListRefundsAsync(
            new PaymentQuery { Customer = "dave", From = Date, To = Date, Limit = 1 }, Stop)),
        ("a refund", async b => await b.GetRefundAsync("back-1", Stop)),
        ("no refund", async b => await b.GetRefundAsync("back-2", Stop)),
        ("charge-backs", async b => await b.ListChargebacksAsync(new PaymentQuery { Customer = "dave" }, Stop)),
        ("a charge-back", async b => await b.GetChargebackAsync("back-2", Stop)),
        ("a payment of which something went back", async b => await b.GetPaymentAsync("p-1", Stop)),
        ("debit without an account", async b => await b.DebitAsync(Debits, Stop)),
        ("seller who collects", async b => await b.PutSellerAsync(Seller with
        {
            Id = "s-2", Party = Seller.Party with { Iban = "DE02120300000000202051", CreditorId = "DE98ZZZ09999999999" },
        }, Stop)),
        ("mandate", async b => await b.PutCustomerAsync(Dave with
        {
            Id = "k-9", Party = Dave.Party with { Iban = "DE89370400440532013000", Mandate = "M-1", MandateDate = Day },
        }, Stop)),
        ("debit to try", async b => Timeless(await b.DebitAsync(Debits with { DryRun = true }, Stop))),
        ("debit", async b => Timeless(await b.DebitAsync(Debits, Stop))),
        ("debit again", async b => Timeless(await b.DebitAsync(Debits, Stop))),
        ("debit on a holiday", async b => await b.DebitAsync(
            Debits with { Id = "d-2", Date = new DateOnly(2027, 12, 24).AddDays(1) }, Stop)),
        ("invoice that is debited", async b => await b.GetInvoiceAsync("2026-000001", Stop)),
        ("pay out nothing", async b => await b.PayOutAsync(new PayoutRequest { Id = "o-1" }, Stop)),
        ("pay out what is not there", async b => await b.PayOutAsync(
            new PayoutRequest { Id = "o-1", Refunds = ["nothing"] }, Stop)),
        ("pay out", async b => Timeless(await b.PayOutAsync(new PayoutRequest { Id = "o-1", Refunds = ["back-1"] }, Stop))),
        ("orders", async b => await b.ListSepaOrdersAsync(new PageQuery { Limit = 1 }, Stop)),
        ("no order", async b => await b.GetSepaOrderAsync("nothing", Stop)),
        ("cancel", async b => await CancelAsync(b, "n-1")),
        ("cancel again", async b => await CancelAsync(b, "n-1")),
        ("cancel what is cancelled", async b => await CancelAsync(b, "n-2")),
        ("cancel nothing", async b => await b.CancelSepaOrderAsync("nothing", new SepaCancelRequest(), Stop)),
        ("runs", async b => await b.ListInvoiceRunsAsync(new PageQuery(), Stop)),
        ("statement", async b => await b.GetStatementAsync("dave", to: Date, cancellationToken: Stop)),
        ("statement of days", async b => await b.GetStatementAsync(
            "dave", "EUR", Date, Date.AddYears(1), Stop)),
        ("statement of nobody", async b => await b.GetStatementAsync("nobody",
            cancellationToken: Stop)),
        ("quote", async b => await b.QuoteAsync(Quote, Stop)),
        ("quote again", async b => await b.QuoteAsync(Quote, Stop)),
        ("quote otherwise", async b => await b.QuoteAsync(Quote with { Lines = [Quote.Lines[0]] }, Stop)),
        ("quote by the major unit", async b => await b.QuoteAsync(Quote with
        {
            Id = "q-2", Lines = [new QuoteLine { Amount = Money.Of(12.5m), Discount = Money.Of(1), Description = "x" }],
        }, Stop)),
        ("bad quote", async b => await b.QuoteAsync(Quote with
        {
            Id = "q-3", Lines = [Quote.Lines[0], Quote.Lines[0] with { Unit = "x" }],
        }, Stop)),
        ("quote of no line", async b => await b.QuoteAsync(Quote with { Id = "q-3", Lines = [null!] }, Stop)),
        ("quote of nothing", async b => await b.QuoteAsync(Quote with { Id = "q-3", Lines = [] }, Stop)),
        ("quote nobody", async b => await b.QuoteAsync(Quote with { Id = "q-4", Customer = "nobody" }, Stop)),
        ("get quote", async b => await b.GetQuoteAsync("Q2026-000001", Stop)),
        ("no quote", async b => await b.GetQuoteAsync("Q2026-000009", Stop)),
        ("charge that is offered", async b => await b.GetChargeAsync("q-1:2", Stop)),
        ("accept", async b => await b.AcceptQuoteAsync("Q2026-000001", Answer, Stop)),
        ("accept again", async b => await b.AcceptQuoteAsync("Q2026-000001", Answer, Stop)),
        ("accept once more", async b => await b.AcceptQuoteAsync("Q2026-000001", Answer with { Id = "qa-2" }, Stop)),
        ("decline", async b => await b.DeclineQuoteAsync("Q2026-000002", Answer with { Id = "qa-3", Reason = "no" }, Stop)),
        ("decline late", async b => await b.DeclineQuoteAsync("Q2026-000002", Answer with { Id = "qa-4", Late = true }, Stop)),
        ("decline nothing", async b => await b.DeclineQuoteAsync("Q2026-000009", Answer with { Id = "qa-5" }, Stop)),
        ("quotes", async b => await b.ListQuotesAsync(new QuoteQuery { Status = QuoteStatus.Declined }, Stop)),
        ("quotes of a customer", async b => await b.ListQuotesAsync(new QuoteQuery { Customer = "dave", Limit = 1 }, Stop)),
        ("charge of a quote", async b => await b.GetChargeAsync("q-1:2", Stop)),
        ("invoice a quote", async b => await b.InvoiceAsync(Run with { Id = "r-q" }, null, Stop)),
        ("erase", async b => await b.EraseCustomerAsync("dave", Stop)),
        ("erase again", async b => await b.EraseCustomerAsync("dave", Stop)),
        ("erase nobody", async b => await b.EraseCustomerAsync("nobody", Stop)),
        ("invoice of an erased one", async b => await b.GetInvoiceAsync("2026-000001", Stop)),
    ];

    private static SellerRequest Seller => new()
    {
        Id = "s-1",
        Party = new Party
        {
            Name = "Werkbank GmbH", Street = "Lindenstr. 5", PostalCode = "10969",
            City = "Berlin", Country = "DE", VatId = "DE123456788",
        },
        Zone = "Europe/Berlin",
        TaxRates = ["19", "7"],
        DefaultTax = "19",
    };

    private static CustomerRequest Dave => new()
    {
        Id = "k-1",
        Customer = "dave",
        Party = new Party { Name = "Dave Miller", City = "Berlin", Country = "DE" },
    };

    private static SubscriptionRequest Desk => new()
    {
        Id = "desk", Customer = "dave", Amount = Minor(24900), Description = "Desk",
        Start = new DateOnly(2026, 10, 16),
    };

    private static DebitRequest Debits => new() { Id = "d-1", Through = new DateOnly(2026, 12, 31) };

    // Both ledgers are of this moment, and of this day.
    private static SepaRun Timeless(SepaRun run) => run with
    {
        Orders = [.. run.Orders.Select(order => order with { Made = default })],
    };

    private static async Task<SepaOrder> CancelAsync(IBilling billing, string id)
    {
        var order = (await billing.DebitAsync(Debits, Stop)).Orders[0].Id;
        return await billing.CancelSepaOrderAsync(order, new SepaCancelRequest { Id = id }, Stop) with { Made = default };
    }

    private static QuoteRequest Quote => new()
    {
        Id = "q-1", Customer = "dave", Date = Day, ValidUntil = Day.AddDays(30), Note = "Thank you.",
        Lines =
        [
            new QuoteLine { Amount = Minor(95000), Description = "Web site", CostCentre = "4711" },
            new QuoteLine { Quantity = 8, UnitPrice = 95.5m, Unit = "HUR", Discount = Minor(100), Description = "Work" },
        ],
    };

    private static QuoteAnswerRequest Answer => new() { Id = "qa-1", Date = Day.AddDays(2) };

    private static InvoiceRunRequest Run => new() { Id = "r-1", Through = Through, Date = Date };

    [Fact]
    public async Task Billing_on_a_file_and_through_a_server_answers_alike()
    {
        using var directory = new TemporaryDirectory();
        await using var local =
            await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        await using var server = await RunningServer.StartAsync();
        await using var remote = server.Client();
        foreach (var ledger in new[] { local, remote })
            await ledger.InitializeAsync("EUR", cancellationToken: Stop);
        var different = new List<string>();
        foreach (var (name, call) in Calls)
        {
            var here = await ParityTests.AnswerAsync(local, ledger => call(ledger.Billing));
            var there = await ParityTests.AnswerAsync(remote, ledger => call(ledger.Billing));
            if (here != there) different.Add($"{name}\n  file   {here}\n  server {there}");
        }
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    private static ChargeRequest Charge(string id) => new()
    {
        Id = id, Customer = "dave", Amount = Minor(1000), Description = "meeting room", Date = Day,
    };
}
