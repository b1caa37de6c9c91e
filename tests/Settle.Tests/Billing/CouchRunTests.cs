using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>The month's end on a ledger in a database, made by several at once.</summary>
[Collection<SharedCouch>]
public sealed class CouchRunTests(CouchFixture couch)
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Overlapping_runs_on_one_database_bill_each_charge_once(int runners)
    {
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync()) await MonthEnd.PrepareAsync(ledger, 20, 3);
        var ledgers = await Task.WhenAll(Enumerable.Range(0, runners).Select(_ => place.OpenAsync()));
        var runs = await Task.WhenAll(ledgers.Select((ledger, i) => ledger.Billing.InvoiceAsync(
            new InvoiceRunRequest
            {
                Id = $"r{i}", Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1),
            })));
        Assert.Equal(20, runs.Sum(run => run.Invoices.Count));
        foreach (var ledger in ledgers) await ledger.DisposeAsync();
        await using var again = await place.OpenAsync();
        await using var store = await place.OpenStoreAsync();
        await MonthEnd.AssertBilledOnceAsync(again, store);
        // What nobody may see any more is gone, and the invoice still has it.
        await again.Billing.EraseCustomerAsync("c1");
        Assert.True((await again.Billing.GetCustomerAsync("c1"))!.Erased);
        var invoice = (await again.Billing.ListInvoicesAsync(new InvoiceQuery { Customer = "c1" })).Items[0];
        Assert.Equal("Customer 1", (await again.Billing.GetInvoiceAsync(invoice.Number))!.Buyer.Name);
    }
}
