using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>Nothing where something is needed is refused by name, in a file and through a server.</summary>
public sealed class MissingFieldTests(RunningServerFixture fixture) : IClassFixture<RunningServerFixture>
{
    private static readonly Money Five = Money.Of(5, "USD");
    private static readonly DateOnly Day = new(2026, 10, 31);
    private static readonly Party Walker = new() { Name = "W", Country = "DE" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<ILedger, Task>> Calls => new()
    {
        { "asset", l => l.InitializeAsync((string)null!, cancellationToken: Stop) },
        { "asset", l => l.DeclareAssetAsync(null!, 0, Stop) },
        { "from", l => l.TransferAsync(null!, "Alex", Five, cancellationToken: Stop) },
        { "to", l => l.TransferAsync("@world", null!, Five, cancellationToken: Stop) },
        { "from", l => l.TransferAsync(Transfer(null!), Stop) },
        { "meta.k", l => l.TransferAsync(Transfer("@world") with { Meta = Nothing }, Stop) },
        { "[1].from", l => l.TransferBatchAsync(new[] { Transfer("@world"), Transfer(null!) }, Stop) },
        { "[1]", l => l.TransferBatchAsync(new[] { Transfer("@world"), null! }, Stop) },
        { "postings", l => l.TransactAsync(new TransactionRequest { Postings = null! }, Stop) },
        { "postings[0]", l => l.TransactAsync(new TransactionRequest { Postings = [null!] }, Stop) },
        { "postings[0].from", l => l.TransactAsync(new TransactionRequest
        {
            Postings = [new Posting { From = null!, To = "Alex", Amount = Five }],
        }, Stop) },
        { "from", l => l.HoldAsync(new HoldRequest { From = null!, To = "Alex", Amount = Five }, Stop) },
        { "to", l => l.HoldAsync(new HoldRequest { From = "Alex", To = null!, Amount = Five }, Stop) },
        { "hold", l => l.CaptureAsync(new CaptureRequest { Hold = null! }, Stop) },
        { "hold", l => l.CaptureAsync(new CaptureRequest { Hold = null!, Amount = Money.Of(5) }, Stop) },
        { "hold", l => l.VoidAsync(new VoidRequest { Hold = null! }, Stop) },
        { "reverts", l => l.RevertAsync(new RevertRequest { Reverts = null! }, Stop) },
        { "account", l => l.PutAccountAsync(new AccountRequest { Account = null! }, Stop) },
        { "account", l => l.PutAccountAsync(new AccountRequest { Account = null!, Id = "a" }, Stop) },
        { "owners[0]", l => l.PutAccountAsync(new AccountRequest { Account = "a", Owners = [null!] }, Stop) },
        { "meta.k", l => l.PutAccountAsync(new AccountRequest { Account = "a", Meta = Nothing }, Stop) },
        { "id", l => l.GetTransferAsync(null!, Stop) },
        { "id", l => l.GetHoldAsync(null!, Stop) },
        { "id", l => l.GetEntryAsync(null!, Stop) },
        { "account", l => l.GetAccountAsync(null!, cancellationToken: Stop) },
        { "account", l => l.ListEntriesAsync(null!, new EntryQuery(), Stop) },
        { "party", l => l.Billing.PutSellerAsync(new SellerRequest { Party = null!, TaxRates = [] }, Stop) },
        { "party.name", l => l.Billing.PutSellerAsync(
            new SellerRequest { Party = Walker with { Name = null! }, TaxRates = [] }, Stop) },
        { "party.country", l => l.Billing.PutSellerAsync(
            new SellerRequest { Party = Walker with { Country = null! }, TaxRates = [] }, Stop) },
        { "tax_rates", l => l.Billing.PutSellerAsync(
            new SellerRequest { Party = Walker, TaxRates = null! }, Stop) },
        { "tax_rates", l => l.Billing.PutSellerAsync(
            new SellerRequest { Party = Walker, TaxRates = [null!] }, Stop) },
        { "customer", l => l.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = null!, Party = Walker }, Stop) },
        { "party", l => l.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "dave", Party = null! }, Stop) },
        { "customer", l => l.Billing.GetCustomerAsync(null!, Stop) },
        { "customer", l => l.Billing.EraseCustomerAsync(null!, Stop) },
        { "customer", l => l.Billing.ChargeAsync(Charge(null!), Stop) },
        { "description", l => l.Billing.ChargeAsync(Charge("dave") with { Description = null! }, Stop) },
        { "[1].customer", l => l.Billing.ChargeBatchAsync(new[] { Charge("dave"), Charge(null!) }, Stop) },
        { "[1]", l => l.Billing.ChargeBatchAsync(new[] { Charge("dave"), null! }, Stop) },
        { "id", l => l.Billing.GetChargeAsync(null!, Stop) },
        { "customer", l => l.Billing.SubscribeAsync(Subscription(null!, "desk"), Stop) },
        { "description", l => l.Billing.SubscribeAsync(Subscription("dave", null!), Stop) },
        { "subscription", l => l.Billing.RepriceSubscriptionAsync(
            null!, new RepriceRequest { From = Day, Amount = Minor(5) }, Stop) },
        { "subscription", l => l.Billing.GetSubscriptionAsync(null!, Stop) },
        { "subscription", l => l.Billing.EndSubscriptionAsync(null!, Day, cancellationToken: Stop) },
        { "number", l => l.Billing.GetInvoiceAsync(null!, Stop) },
        { "invoice", l => l.Billing.CreditAsync(new CreditRequest { Invoice = null! }, Stop) },
        { "customer", l => l.Billing.PayAsync(new PaymentRequest { Amount = Five }, Stop) },
        { "customer", l => l.Billing.GetStatementAsync(null!, cancellationToken: Stop) },
    };

    private static Dictionary<string, string> Nothing => new() { ["k"] = null! };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Nothing_where_something_is_needed_is_refused_by_name(string field, Func<ILedger, Task> call)
    {
        await using var file = Ledger.InMemory();
        await using var client = fixture.Server.Client();
        foreach (var ledger in (ILedger[])[file, client])
        {
            var error = await Assert.ThrowsAsync<InvalidRequestException>(() => call(ledger));
            Assert.Equal((field, ledger.Name), (error.Field, ledger.Name));
        }
        Assert.Equal(0, (await file.GetInfoAsync(Stop)).Height);
    }

    private static TransferRequest Transfer(string from) => new() { From = from, To = "Alex", Amount = Five };

    private static ChargeRequest Charge(string customer) =>
        new() { Customer = customer, Description = "room", Amount = Five };

    private static SubscriptionRequest Subscription(string customer, string description) =>
        new() { Customer = customer, Description = description, Amount = Five, Start = Day };
}
