using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>The sample month that <c>settle demo</c> shows.</summary>
public sealed class CoworkingSampleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_charge_of_the_sample_is_on_one_invoice_that_breaks_no_rule()
    {
        using var folder = new TemporaryDirectory();
        await using var ledger =
            await Settle.Ledger.OpenAsync(folder.File("coworking.db"), cancellationToken: Stop);
        var run = await CoworkingSample.MakeAsync(ledger, Stop);
        Assert.Empty(run.Parked);
        Assert.Equal(14, run.Invoices.Count);
        Assert.Equal(80 + 11, run.Charges);
        var billed = new List<string>();
        foreach (var made in run.Invoices)
        {
            var invoice = (await ledger.Billing.GetInvoiceAsync(made.Number, Stop))!;
            billed.AddRange(invoice.InvoicedCharges);
            Assert.Empty(InvoicePaper.Check(invoice));
        }
        Assert.Equal(91, billed.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 14).Select(i => $"2026-{i:D6}"),
            run.Invoices.Select(invoice => invoice.Number).Order());
        var open = await ledger.Billing.ListChargesAsync(
            new ChargeQuery { Uninvoiced = true, Limit = 1000 }, Stop);
        Assert.Equal(6, open.Items.Count);

        var height = (await ledger.GetInfoAsync(Stop)).Height;
        var again = await CoworkingSample.MakeAsync(ledger, Stop);
        Assert.Equal(run.Invoices.Select(invoice => invoice.Number).Order(),
            again.Invoices.Select(invoice => invoice.Number).Order());
        Assert.Equal(height, (await ledger.GetInfoAsync(Stop)).Height);
    }
}
