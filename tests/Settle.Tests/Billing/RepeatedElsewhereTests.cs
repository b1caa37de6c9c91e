using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Stores;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>
/// Who hears nothing asks again, perhaps elsewhere: the same id and content give the same answer, although
/// a name is kept with a salt that no two processes share.
/// </summary>
public sealed class RepeatedElsewhereTests
{
    [Fact]
    public async Task A_request_that_is_repeated_elsewhere_names_the_profile_that_was_kept()
    {
        await using var store = new MemoryStore();
        await using var first = await OpenAsync(store);
        await using var second = await OpenAsync(store);
        Assert.False((await first.Billing.PutSellerAsync(Seller)).Replayed);
        Assert.True((await second.Billing.PutSellerAsync(Seller)).Replayed);
        Assert.False((await first.Billing.PutCustomerAsync(Customer)).Replayed);
        Assert.True((await second.Billing.PutCustomerAsync(Customer)).Replayed);
        var other = Customer with { Party = Customer.Party with { Name = "Bob" } };
        var error = await Assert.ThrowsAsync<IdReusedException>(() => second.Billing.PutCustomerAsync(other));
        Assert.Equal("party", error.Field);
    }

    [Fact]
    public async Task A_run_that_is_repeated_through_another_day_makes_nothing()
    {
        await using var store = new MemoryStore();
        await using var ledger = await OpenAsync(store);
        await MonthEnd.PrepareAsync(ledger, 2, 1);
        var run = new InvoiceRunRequest { Id = "october", Through = MonthEnd.Through, Customer = "c0" };
        await ledger.Billing.InvoiceAsync(run);
        var height = ledger.State.Height;
        // The other customer has open charges, and the first one a membership of November.
        var error = await Assert.ThrowsAsync<IdReusedException>(() => ledger.Billing.InvoiceAsync(
            run with { Customer = null, Through = new DateOnly(2026, 11, 30) }));
        Assert.Equal(("october", "through"), (error.Id, error.Field));
        Assert.Equal(height, ledger.State.Height);
        Assert.All((await ledger.Billing.InvoiceAsync(run)).Invoices, invoice => Assert.True(invoice.Replayed));
    }

    [Theory]
    [InlineData("date")]
    [InlineData("note")]
    [InlineData("rates")]
    public async Task A_run_that_is_repeated_with_something_else_makes_nothing(string field)
    {
        await using var store = new MemoryStore();
        await using var ledger = await OpenAsync(store);
        await ledger.Billing.PutSellerAsync(Seller);
        foreach (var customer in (string[])["ann", "bob"])
        {
            await ledger.Billing.PutCustomerAsync(Customer with { Id = customer, Customer = customer, Asset = "GBP" });
            await ledger.Billing.ChargeAsync(new ChargeRequest
                { Customer = customer, Amount = Minor(5), Description = "coffee", Date = MonthEnd.Through });
        }
        var run = new InvoiceRunRequest
        {
            Id = "october", Through = MonthEnd.Through, Customer = "ann", Date = MonthEnd.Through,
            Rates = [Rate(0.9m)],
        };
        await ledger.Billing.InvoiceAsync(run);
        var height = ledger.State.Height;
        var other = run with { Customer = null };
        other = field switch
        {
            "date" => other with { Date = MonthEnd.Through.AddDays(1) },
            "note" => other with { Note = "late" },
            _ => other with { Rates = [Rate(0.8m)] },
        };
        var error = await Assert.ThrowsAsync<IdReusedException>(() => ledger.Billing.InvoiceAsync(other));
        Assert.Equal(("october", field), (error.Id, error.Field));
        Assert.Equal(height, ledger.State.Height);
        error = await Assert.ThrowsAsync<IdReusedException>(
            () => ledger.Billing.InvoiceAsync(run with { Customer = null }));
        Assert.Equal(("october", "customer"), (error.Id, error.Field));
        Assert.Equal(height, ledger.State.Height);
    }

    [Fact]
    public async Task An_amount_is_in_the_asset_of_a_customer_that_another_process_just_made()
    {
        await using var store = new MemoryStore();
        await using var first = await OpenAsync(store);
        await first.Billing.PutSellerAsync(Seller);
        await using var second = await OpenAsync(store);
        var yen = Money.Of(500);
        async Task<string> NextAsync(string name)
        {
            await first.Billing.PutCustomerAsync(Customer with { Id = name, Customer = name, Asset = "JPY" });
            return name;
        }

        var charge = await second.Billing.ChargeAsync(new ChargeRequest
            { Customer = await NextAsync("a"), Amount = yen, Description = "tea" });
        Assert.Equal(Money.Of(500, "JPY"), charge.Amount);
        var payment = await second.Billing.PayAsync(new PaymentRequest { Customer = await NextAsync("b"), Amount = yen });
        Assert.Equal(Money.Of(500, "JPY"), payment.Amount);
        var subscription = await second.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Subscription = "s", Customer = await NextAsync("c"), Amount = yen, Description = "desk",
            Start = MonthEnd.Through,
        });
        Assert.Equal(Money.Of(500, "JPY"), subscription.Amount);
        Assert.True(Assert.Single(await second.Billing.ChargeBatchAsync(new[] { new ChargeRequest
            { Id = "batch", Customer = await NextAsync("d"), Amount = yen, Description = "tea" } })).IsSuccessful);
        Assert.Equal(Money.Of(500, "JPY"), (await second.Billing.GetChargeAsync("batch"))!.Amount);
        var paid = await first.Billing.PayAsync(new PaymentRequest { Id = "paid", Customer = "a", Amount = yen });
        var refund = await second.Billing.RefundAsync(new RefundRequest
            { Customer = "a", Payment = paid.Id, Amount = Money.Of(50) });
        Assert.Equal(Money.Of(50, "JPY"), refund.Amount);
        paid = await first.Billing.PayAsync(new PaymentRequest { Id = "taken", Customer = "a", Amount = yen });
        var back = await second.Billing.ChargebackAsync(new ChargebackRequest
            { Payment = paid.Id, Amount = Money.Of(50), Fee = Money.Of(7) });
        Assert.Equal((Money.Of(50, "JPY"), Money.Of(7, "JPY")), (back.Amount, back.Fee));
    }

    [Fact]
    public async Task A_month_that_another_run_charges_meanwhile_up_to_another_end_is_not_parked()
    {
        await using var store = new MemoryStore();
        await using var racing = new FaultyStore(store);
        await using var first = await OpenAsync(store);
        await first.Billing.PutSellerAsync(Seller);
        await first.Billing.PutCustomerAsync(Customer);
        await first.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Subscription = "hall", Customer = "ann", Amount = Minor(31000), Description = "hall",
            Tax = "19", Start = new DateOnly(2026, 10, 1),
        });
        await using var second = await OpenAsync(racing);
        var run = new InvoiceRunRequest { Through = new DateOnly(2026, 10, 31) };
        racing.BeforeNextCreate = async () =>
        {
            await first.Billing.EndSubscriptionAsync("hall", new DateOnly(2026, 10, 15));
            Assert.Equal(15000, Assert.Single((await first.Billing.InvoiceAsync(run)).Invoices).Net.Units);
        };
        var other = await second.Billing.InvoiceAsync(run);
        Assert.Empty(other.Parked);
        Assert.Empty(other.Invoices);
    }

    private static ExchangeRate Rate(decimal rate) =>
        new() { Base = "EUR", Quote = "GBP", Rate = rate, Date = MonthEnd.Through };

    private static SellerRequest Seller { get; } = new()
    {
        Id = "seller", TaxRates = ["19"], DefaultTax = "19",
        Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
    };

    private static CustomerRequest Customer { get; } = new()
    {
        Id = "customer", Customer = "ann", Party = new Party { Name = "Ann", Country = "DE" },
    };

    private static Task<LocalLedger> OpenAsync(IStore store) => LocalLedger.OpenAsync("elsewhere", store, null,
        new LedgerOptions { SideDocuments = MemorySideDocuments.Of(store) },
        TestContext.Current.CancellationToken);
}
