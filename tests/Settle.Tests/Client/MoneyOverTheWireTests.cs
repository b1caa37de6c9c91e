using System.Text;
using Settle.Tests.Local;
using Settle.Tests.Server;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>Money is the same in a file and through a server, whatever its asset's decimals are.</summary>
public sealed class MoneyOverTheWireTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 10, 31);
    private RunningServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(false, 0, "250")]
    [InlineData(false, 12, "0.000000000001")]
    [InlineData(true, 0, "250")]
    [InlineData(true, 12, "0.000000000001")]
    public async Task Money_of_the_ledgers_own_asset_comes_back_as_it_was_sent(bool isRemote, int scale, string text)
    {
        await using var ledger = await OpenAsync(isRemote);
        await ledger.DeclareAssetAsync("points", scale, Stop);
        var amount = Money.Of(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), "points");
        var transfer = await ledger.TransferAsync("@world", "Ann", amount, "t-1", Stop);
        Assert.Equal((amount, scale), (transfer.Amount, transfer.Amount.Scale));
        Assert.Equal(transfer with { NewAccounts = null }, await ledger.GetTransferAsync("t-1", Stop));
        var account = await ledger.PutAccountAsync(new AccountRequest
            { Account = "Ann", Ceiling = Ceiling.Of(amount), Overdraft = Overdraft.Of(amount + amount) }, Stop);
        var balance = Assert.Single(account.Balances);
        Assert.Equal((amount, amount, amount + amount),
            (balance.Balance, balance.Ceiling!.Value.Limit, balance.Overdraft.Limit));
        var entry = Assert.Single((await ledger.ListEntriesAsync("Ann", new EntryQuery(), Stop)).Items);
        Assert.Equal((amount, AccountEntryType.Transfer), (entry.Amount, entry.Type));
    }

    [Fact]
    public async Task An_asset_declared_after_a_client_connected_is_known_to_it_when_it_turns_up()
    {
        await using var early = _server.Client();
        await early.TransferAsync("@world", "Ann", Money.Of(1, "USD"), cancellationToken: Stop);
        await using var late = _server.Client();
        await late.DeclareAssetAsync("gold", 3, Stop);
        await late.TransferAsync("@world", "Ann", Money.Of(1.5m, "gold"), "t-1", Stop);
        Assert.Equal(Money.Of(1.5m, "gold"), (await early.GetTransferAsync("t-1", Stop))!.Amount);
        var verdict = await early.TransferBatchAsync(new TransferRequest[]
            { new() { From = "Ann", To = "Bob", Amount = Money.Of(0.125m, "gold") } }, Stop);
        Assert.True(Assert.Single(verdict).IsSuccessful);
        Assert.Equal(Money.Of(0.125m, "gold"), (await late.GetAccountAsync("Bob", default, Stop))!.Balances[0].Balance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Money_that_names_no_asset_is_in_the_customers_or_the_invoices(bool isRemote)
    {
        await using var ledger = await BilledAsync(isRemote);
        var charge = await ledger.Billing.ChargeAsync(new ChargeRequest
            { Customer = "yuki", Description = "sushi", Amount = Money.Of(1500), Date = Day }, Stop);
        Assert.Equal(Money.OfMinor(1500, "JPY"), charge.Amount);
        var run = await ledger.Billing.InvoiceAsync(Run,
            cancellationToken: Stop);
        var paid = await ledger.Billing.PayAsync(new PaymentRequest
            { Invoice = run.Invoices[0].Number, Amount = Money.Of(785), Date = Day }, Stop);
        Assert.Equal((Money.Of(785, "JPY"), Money.Of(0, "JPY")), (paid.Amount, paid.Unallocated));
        Assert.Equal(Money.Of(1000, "JPY"), (await ledger.Billing.GetInvoiceAsync(run.Invoices[0].Number, Stop))!.Open);
        var hold = await ledger.HoldAsync(new HoldRequest
            { Id = "h-1", From = "@world", To = "Ann", Amount = Money.Of(500, "JPY"), ExpiresIn = TimeSpan.FromDays(1) }, Stop);
        Assert.Equal(HoldState.Open, hold.State);
        var captured = await ledger.CaptureAsync(new CaptureRequest { Hold = "h-1", Amount = Money.Of(200) }, Stop);
        Assert.Equal(Money.Of(200, "JPY"), captured.Amount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_refuses_more_decimals_than_the_asset_has_and_names_the_field(bool isRemote)
    {
        await using var ledger = await BilledAsync(isRemote);
        await ledger.HoldAsync(new HoldRequest { Id = "h-1", From = "@world", To = "Ann", Amount = Money.Of(5, "JPY") }, Stop);
        await ledger.Billing.ChargeAsync(new ChargeRequest
            { Customer = "yuki", Description = "sushi", Amount = Money.Of(1500), Date = Day }, Stop);
        var run = await ledger.Billing.InvoiceAsync(Run,
            cancellationToken: Stop);
        var height = (await ledger.GetInfoAsync(Stop)).Height;
        var (half, billing) = (Money.Of(1.5m, "JPY"), ledger.Billing);
        var transfer = new TransferRequest { From = "@world", To = "Ann", Amount = half };
        var charge = new ChargeRequest { Customer = "yuki", Description = "sushi", Date = Day };
        foreach (var (field, send) in new (string, Func<Task>)[]
        {
            ("amount", () => ledger.TransferAsync(transfer, Stop)),
            ("[0].amount", () => ledger.TransferBatchAsync(new[] { transfer }, Stop)),
            ("postings[1].amount", () => ledger.TransactAsync(new TransactionRequest
            {
                Postings = [new Posting { From = "@world", To = "Ann", Amount = Money.Of(1, "JPY") },
                    new Posting { From = "@world", To = "Ann", Amount = half }],
            }, Stop)),
            ("amount", () => ledger.HoldAsync(new HoldRequest { From = "@world", To = "Ann", Amount = half }, Stop)),
            ("expires_in", () => ledger.HoldAsync(new HoldRequest
                { From = "@world", To = "Ann", Amount = Money.Of(1, "JPY"), ExpiresIn = TimeSpan.FromSeconds(0.5) }, Stop)),
            ("amount", () => ledger.CaptureAsync(new CaptureRequest { Hold = "h-1", Amount = Money.Of(1.5m) }, Stop)),
            ("overdraft", () => ledger.PutAccountAsync(new AccountRequest
                { Account = "Ann", Overdraft = Overdraft.Of(half) }, Stop)),
            ("ceiling", () => ledger.PutAccountAsync(new AccountRequest { Account = "Ann", Ceiling = Ceiling.Of(half) }, Stop)),
            ("amount", () => billing.ChargeAsync(charge with { Amount = Money.Of(1.5m) }, Stop)),
            ("discount", () => billing.ChargeAsync(charge with
                { Quantity = 1, UnitPrice = 10, Discount = Money.Of(1.5m) }, Stop)),
            ("amount", () => billing.SubscribeAsync(new SubscriptionRequest
                { Customer = "yuki", Description = "desk", Amount = Money.Of(1.5m), Start = Day }, Stop)),
            ("amount", () => billing.PayAsync(new PaymentRequest { Customer = "yuki", Amount = Money.Of(1.5m) }, Stop)),
            ("amount", () => billing.CreditAsync(new CreditRequest
                { Invoice = run.Invoices[0].Number, Amount = Money.Of(1.5m) }, Stop)),
            // Of another asset than the invoice or the hold.
            ("amount", () => billing.CreditAsync(new CreditRequest
                { Invoice = run.Invoices[0].Number, Amount = Money.Of(1, "EUR") }, Stop)),
            ("amount", () => ledger.CaptureAsync(new CaptureRequest { Hold = "h-1", Amount = Money.Of(1, "EUR") }, Stop)),
        })
        {
            var error = await Assert.ThrowsAsync<InvalidRequestException>(send);
            Assert.Equal(field, error.Field);
        }
        Assert.Equal(height, (await ledger.GetInfoAsync(Stop)).Height);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_is_the_same_when_its_timestamp_is_the_same_moment(bool isRemote)
    {
        await using var ledger = await OpenAsync(isRemote);
        var request = new TransferRequest
        {
            Id = "t-1", From = "@world", To = "Ann", Amount = Money.Of(1, "USD"),
            Timestamp = new DateTimeOffset(2026, 11, 21, 20, 23, 11, TimeSpan.FromHours(1)),
        };
        var made = await ledger.TransferAsync(request, Stop);
        Assert.Equal(TimeSpan.FromHours(1), made.Timestamp!.Value.Offset);
        var again = await ledger.TransferAsync(request with { Timestamp = request.Timestamp.Value.ToUniversalTime() }, Stop);
        Assert.True(again.Replayed);
        var error = await Assert.ThrowsAsync<IdReusedException>(() => ledger.TransferAsync(
            request with { Timestamp = request.Timestamp.Value.AddTicks(1) }, Stop));
        Assert.Equal("timestamp", error.Field);
    }

    [Fact]
    public async Task A_tried_transfer_gives_its_verdict_and_pages_are_one_stream()
    {
        await using var ledger = _server.Client();
        var request = new TransferRequest { Id = "t-0", From = "Ann", To = "Bob", Amount = Money.Of(1, "USD") };
        Assert.Equal(RefusalCode.InsufficientFunds, (await ledger.TryTransferAsync(request, Stop)).Refusal);
        for (var i = 1; i <= 5; i++)
            Assert.True((await ledger.TryTransferAsync(request with { Id = $"t-{i}", From = "@world" }, Stop)).IsSuccessful);
        var all = await ledger.AllTransfersAsync(new TransferQuery { Limit = 2 }, Stop).ToListAsync(Stop);
        Assert.Equal(["t-5", "t-4", "t-3", "t-2", "t-1", "t-0"], all.Select(each => each.Id));
        Assert.Equal(5, await ledger.AllEntriesAsync("Bob", Stop).CountAsync(Stop));
    }

    [Fact]
    public void A_word_that_only_a_newer_server_knows_is_unknown_and_no_error()
    {
        var (transfer, _) = AnswerReader.Read(Encoding.UTF8.GetBytes(
            """{"id":"t","from":"a","to":"b","amount":5,"asset":"USD","status":"pending","reason":"too_late","block":7}"""),
            WireJson.Compact.Transfer, null);
        Assert.Equal((EntryStatus.Unknown, RefusalCode.Unknown), (transfer!.Status, transfer.Reason!.Value));
        var verdicts = new Verdict[1];
        BatchWire.ReadVerdicts("""[{"id":"t","status":"rejected","reason":"too_late","block":7}]"""u8, verdicts,
            (units, asset) => Money.OfMinor(units, asset, 2));
        Assert.Equal((RefusalCode.Unknown, false), (verdicts[0].Refusal, verdicts[0].IsSuccessful));
    }

    // Its German seller states the tax of an invoice in yen in euro.
    private static InvoiceRunRequest Run { get; } = new()
    {
        Through = Day, Date = Day,
        Rates = [new ExchangeRate { Base = "EUR", Quote = "JPY", Rate = 181.2m, Date = Day }],
    };

    private async Task<ILedger> OpenAsync(bool isRemote) =>
        isRemote ? _server.Client() : await MemoryLedger.OpenAsync();

    private async Task<ILedger> BilledAsync(bool isRemote)
    {
        var ledger = await OpenAsync(isRemote);
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "yuki", Asset = "JPY", TermsDays = 7,
            Party = new Party { Name = "Yuki", Street = "Ringstr. 1", PostalCode = "12051", City = "Berlin", Country = "DE" },
        }, Stop);
        return ledger;
    }
}
