using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Billing;

/// <summary>The overview adds up what the lists have.</summary>
public sealed class OverviewTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_overview_is_the_sum_of_the_lists_and_stays_so()
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        var empty = await ledger.Billing.GetOverviewAsync(cancellationToken: Stop);
        Assert.Equal((12, 0m, "USD"), (empty.Months.Count, empty.Owed.Value, empty.Asset));
        await BillingServerFixture.PrepareAsync(ledger);
        var billing = ledger.Billing;
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var first = new DateOnly(today.Year, today.Month, 1);
        for (var month = 14; month >= 0; month--)
        {
            await billing.ChargeAsync(new ChargeRequest
            {
                Customer = month % 2 == 0 ? "dave" : "alex", Amount = Minor(1000 + month), Description = "x",
                Date = first.AddMonths(-month),
            }, Stop);
            var run = await billing.InvoiceAsync(new InvoiceRunRequest
            {
                Through = first.AddMonths(-month), Date = first.AddMonths(-month),
            }, cancellationToken: Stop);
            if (month % 3 == 0)
                await billing.PayAsync(new PaymentRequest
                {
                    Id = $"p-{month}", Invoice = run.Invoices[0].Number, Amount = run.Invoices[0].Amount,
                    Date = first.AddMonths(-month),
                }, Stop);
            if (month is 4) await billing.CreditAsync(new CreditRequest { Invoice = run.Invoices[0].Number, Date = first }, Stop);
            // Between, so that sums are gone on with.
            await CheckAsync();
        }
        await billing.ChargeAsync(new ChargeRequest { Customer = "dave", Amount = Minor(77), Description = "x", Date = first }, Stop);
        await billing.PayAsync(new PaymentRequest { Customer = "alex", Amount = Minor(9_000_00), Date = first }, Stop);
        await ledger.HoldAsync(new HoldRequest { From = "@world", To = "a", Amount = Money.Of(1), ExpiresIn = TimeSpan.FromDays(3) }, Stop);
        await CheckAsync();
        var overview = await billing.GetOverviewAsync(cancellationToken: Stop);
        Assert.Equal((1, 77L, 0), (overview.OpenCharges, (long)overview.ToInvoice.Units, overview.HoldsEndingToday));
        Assert.True(overview.Credit.Value > 0);

        async Task CheckAsync()
        {
            var overview = await billing.GetOverviewAsync(cancellationToken: Stop);
            var invoices = await billing.AllInvoicesAsync(new InvoiceQuery(), Stop).ToListAsync(Stop);
            var open = invoices.Where(invoice => invoice.Status == InvoiceStatus.Open).ToList();
            Assert.Equal((open.Sum(each => each.Open.Value), open.Count), (overview.Owed.Value, overview.OpenInvoices));
            var overdue = await billing.AllInvoicesAsync(new InvoiceQuery { Overdue = true, Limit = 2 }, Stop).ToListAsync(Stop);
            Assert.Equal(open.Where(each => each.Due < overview.Date), overdue);
            Assert.Equal((overdue.Sum(each => each.Open.Value), overdue.Count), (overview.Overdue.Value, overview.OverdueInvoices));
            var payments = await billing.AllPaymentsAsync(new PaymentQuery(), Stop).ToListAsync(Stop);
            Assert.Equal(12, overview.Months.Count);
            foreach (var month in overview.Months)
            {
                var last = month.Month.AddMonths(1).AddDays(-1);
                var of = await billing.AllInvoicesAsync(new InvoiceQuery { From = month.Month, To = last, Limit = 1 }, Stop)
                    .ToListAsync(Stop);
                Assert.Equal(invoices.Where(each => each.Date >= month.Month && each.Date <= last), of);
                Assert.Equal(of.Sum(each => each.Kind == InvoiceType.CreditNote ? -each.Amount.Value : each.Amount.Value), month.Billed.Value);
                Assert.Equal(payments.Where(each => each.Date >= month.Month && each.Date <= last).Sum(each => each.Amount.Value),
                    month.Received!.Value.Value);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Charges_are_listed_by_their_days(bool? isUninvoiced)
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 100), ("alex", 200));
        for (var day = 1; day < 20; day++)
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = "dave", Amount = Minor(day), Description = "x", Date = new DateOnly(2026, 10, day),
            }, Stop);
        var query = new ChargeQuery { Uninvoiced = isUninvoiced };
        var all = await ledger.Billing.AllChargesAsync(query, Stop).ToListAsync(Stop);
        var some = await ledger.Billing.AllChargesAsync(query with
        {
            From = new DateOnly(2026, 10, 3), To = new DateOnly(2026, 10, 12), Limit = 4,
        }, Stop).ToListAsync(Stop);
        Assert.Equal(all.Where(each => each.Date.Day is >= 3 and <= 12).Select(each => each.Id), some.Select(each => each.Id));
        Assert.NotEmpty(some);
    }
}
