using Settle.Stores;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A month of charges, and what must be true however its end went.</summary>
internal static class MonthEnd
{
    public static readonly DateOnly Through = new(2026, 10, 31);

    /// <summary>Charges of customers, some of them recurring, some of November.</summary>
    public static async Task PrepareAsync(ILedger ledger, int customers, int chargesEach)
    {
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
            Zone = "Europe/Berlin", TaxRates = ["19", "7"], DefaultTax = "19",
        });
        for (var customer = 0; customer < customers; customer++)
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
            {
                Customer = $"c{customer}", Party = new Party { Name = $"Customer {customer}", Country = "DE" },
            });
        }
        await ledger.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Subscription = "desk", Customer = "c0", Amount = Minor(31_00), Description = "membership",
            Start = new DateOnly(2026, 8, 17),
        });
        await ChargeAsync(ledger, "october", customers, chargesEach, new DateOnly(2026, 10, 5));
        await ChargeAsync(ledger, "november", customers, 1, new DateOnly(2026, 11, 5));
    }

    public static async Task ChargeAsync(
        ILedger ledger, string prefix, int customers, int chargesEach, DateOnly date)
    {
        var charges = Enumerable.Range(0, customers * chargesEach).Select(i => new ChargeRequest
        {
            Id = $"{prefix}-{i}", Customer = $"c{i % customers}", Amount = Minor(1000 + i), Date = date,
            Description = "meeting room", Tax = i % 2 == 0 ? null : "7", Prices = i % 3 == 0 ? PriceKind.Gross : PriceKind.Net,
        }).ToArray();
        Assert.All(await ledger.Billing.ChargeBatchAsync(charges),
            verdict => Assert.True(verdict.IsSuccessful));
    }

    /// <summary>
    /// Each charge up to the day is on exactly one invoice and no other is, numbers have no gaps, the books
    /// balance and agree with the invoices, the chain verifies.
    /// </summary>
    public static async Task AssertBilledOnceAsync(ILedger ledger, IStore store)
    {
        var billed = new List<string>();
        var numbers = new List<string>();
        Int128 amount = 0;
        foreach (var summary in await InvoicesAsync(ledger))
        {
            var invoice = (await ledger.Billing.GetInvoiceAsync(summary.Number))!;
            numbers.Add(invoice.Number);
            billed.AddRange(invoice.InvoicedCharges);
            amount += invoice.Amount.Units;
            Assert.StartsWith("Customer ", invoice.Buyer.Name, StringComparison.Ordinal);
            Assert.Equal((long)invoice.Net.Units, invoice.Lines.Sum(line => (long)line.Net.Units));
            Assert.Equal(invoice.Amount - invoice.Net - invoice.Tax, invoice.Rounding ?? invoice.Tax - invoice.Tax);
        }
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"2026-{number:D6}"), numbers);
        Assert.Equal(billed.Distinct(), billed);
        var charges = await ChargesAsync(ledger);
        Assert.Equal(charges.Where(charge => charge.Date <= Through).Select(charge => charge.Id).Order(),
            billed.Order());
        Assert.All(charges, charge => Assert.Equal(charge.Date <= Through, charge.Invoice is not null));
        var balances = await ledger.ListBalancesAsync();
        Assert.Equal(0, balances.Aggregate((Int128)0, (sum, balance) => sum + balance.Amount.Units));
        Assert.Equal(-amount, balances.Where(balance =>
            balance.Account.StartsWith("receivable:", StringComparison.Ordinal))
            .Aggregate((Int128)0, (sum, balance) => sum + balance.Amount.Units));
        var report = await LedgerVerification.VerifyAsync(store, null, TestContext.Current.CancellationToken);
        Assert.Empty(report.Faults);
    }

    public static async Task<List<InvoiceSummary>> InvoicesAsync(ILedger ledger)
    {
        var all = new List<InvoiceSummary>();
        for (string? after = null; ;)
        {
            var page = await ledger.Billing.ListInvoicesAsync(new InvoiceQuery { Limit = 7, After = after });
            all.AddRange(page.Items);
            if (page.Next is null) return all;
            after = page.Next;
        }
    }

    private static async Task<List<Charge>> ChargesAsync(ILedger ledger)
    {
        var all = new List<Charge>();
        for (string? after = null; ;)
        {
            var page = await ledger.Billing.ListChargesAsync(new ChargeQuery { Limit = 100, After = after });
            all.AddRange(page.Items);
            if (page.Next is null) return all;
            after = page.Next;
        }
    }

    /// <summary>All that a refused operation must leave as it is.</summary>
    public static async Task<string> BooksAsync(ILedger ledger)
    {
        var balances = (await ledger.ListBalancesAsync()).Where(balance => !balance.Amount.IsZero)
            .Select(balance => $"{balance.Account} {balance.Amount}");
        var invoices = (await InvoicesAsync(ledger))
            .Select(invoice => $"{invoice.Number} {invoice.Open} {invoice.Status}");
        var charges = (await ledger.Billing.ListChargesAsync(
            new ChargeQuery { Uninvoiced = true, Limit = 1000 })).Items.Select(charge => charge.Id);
        var subscriptions = (await ledger.Billing.ListSubscriptionsAsync(new PageQuery { Limit = 1000 })).Items
            .Select(subscription => $"{subscription.Id} {subscription.End}");
        return string.Join('\n', balances.Concat(invoices).Concat(charges).Concat(subscriptions));
    }
}
