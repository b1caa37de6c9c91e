using System.Globalization;
using Settle.Local;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Random months on a real ledger and on the naive one, which must agree to the cent.</summary>
public sealed class NaiveBillingTests
{
    private static readonly string?[] Taxes = [null, "19", "7", "8.1", "0", "exempt"];
    private static readonly string[] Customers = ["ann", "bob", "cy"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_invoice_credit_and_payment_is_what_the_naive_one_says(int seed)
    {
        var random = new Random(seed);
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("naive", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await BeginAsync(ledger);
        var naive = new NaiveBilling();
        var charged = new List<string>();
        for (var step = 0; step < 150; step++)
        {
            var what = random.Next(10);
            if (what < 5) await ChargeAsync(ledger, naive, charged, random, step);
            else if (what < 7) await RunAsync(ledger, naive, charged, random, step);
            else if (what < 9) await CreditAsync(ledger, naive, random, step);
            else await PayAsync(ledger, naive, charged, random, step);
        }
        await AssertSameAsync(ledger, naive);
        var report = await LedgerVerification.VerifyAsync(store, null, TestContext.Current.CancellationToken);
        Assert.Empty(report.Faults);
    }

    private static async Task BeginAsync(LocalLedger ledger)
    {
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
            TaxRates = ["19", "7", "8.1"], DefaultTax = "19",
        });
        foreach (var customer in Customers)
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
                { Customer = customer, Party = new Party { Name = customer, Country = "DE" } });
        }
    }

    private static async Task ChargeAsync(LocalLedger ledger, NaiveBilling naive, List<string> charged,
        Random random, int step)
    {
        var customer = Customers[random.Next(Customers.Length)];
        var requests = Enumerable.Range(0, random.Next(1, 6)).Select(i => new ChargeRequest
        {
            Id = $"{step}-{i}", Customer = customer, Description = "x", Amount = Minor(random.Next(1, 5000)),
            Date = new DateOnly(2026, 1, 1).AddDays(random.Next(60)),
            Tax = Taxes[random.Next(Taxes.Length)], Prices = random.Next(2) == 0 ? PriceKind.Gross : null,
        }).ToArray();
        Assert.All(await ledger.Billing.ChargeBatchAsync(requests), verdict => Assert.True(verdict.IsSuccessful));
        foreach (var request in requests) naive.Charge(request);
        if (!charged.Contains(customer)) charged.Add(customer);
    }

    private static async Task RunAsync(LocalLedger ledger, NaiveBilling naive, List<string> charged,
        Random random, int step)
    {
        var through = new DateOnly(2026, 1, 1).AddDays(random.Next(60));
        var request = new InvoiceRunRequest { Id = $"r{step}", Through = through, Date = new DateOnly(2026, 3, 1) };
        var dry = await ledger.Billing.InvoiceAsync(request with { DryRun = true });
        var run = await ledger.Billing.InvoiceAsync(request);
        var expected = naive.Run(through, charged);
        Assert.Equal(expected.Select(invoice => (invoice.Number, invoice.Customer, invoice.Amount)),
            run.Invoices.Select(invoice => (invoice.Number, invoice.Customer, (decimal)invoice.Amount.Units)));
        Assert.Equal(run.Invoices.Select(invoice => (invoice.Number, invoice.Amount, invoice.Tax)),
            dry.Invoices.Select(invoice => (invoice.Number, invoice.Amount, invoice.Tax)));
        foreach (var invoice in expected) await AssertTaxesAsync(ledger, invoice);
    }

    private static async Task AssertTaxesAsync(LocalLedger ledger, NaiveInvoice naive)
    {
        var invoice = (await ledger.Billing.GetInvoiceAsync(naive.Number))!;
        Assert.Equal(naive.Charges.Select(charge => charge.Id), invoice.InvoicedCharges);
        Assert.Equal((long)invoice.Net.Units, invoice.Lines.Sum(line => (long)line.Net.Units));
        Assert.InRange(long.Abs((long)(invoice.Rounding?.Units ?? 0)), 0, naive.Taxes.Count);
        foreach (var tax in invoice.Taxes)
        {
            Assert.Equal(NaiveBilling.Round((decimal)tax.Net.Units * tax.Rate / 100), (decimal)tax.Tax.Units);
            var rate = tax.Category == "E" ? "exempt" : tax.Rate.ToString("0.####", CultureInfo.InvariantCulture);
            if (naive.Taxes[rate] is { } expected) Assert.Equal(expected, (decimal)tax.Tax.Units);
            Assert.Equal((long)tax.Net.Units, invoice.Lines.Where(line =>
                (line.Category, line.Rate) == (tax.Category, tax.Rate)).Sum(line => (long)line.Net.Units));
        }
    }

    private static async Task CreditAsync(LocalLedger ledger, NaiveBilling naive, Random random, int step)
    {
        if (naive.Invoices.Count == 0) return;
        var invoice = naive.Invoices.Values.ElementAt(random.Next(naive.Invoices.Count));
        var left = invoice.Amount - invoice.Credited;
        var isWhole = random.Next(3) == 0;
        var isRebill = isWhole && random.Next(2) == 0;
        var amount = isWhole ? left : random.Next(1, (int)left + 2);
        var request = new CreditRequest
        {
            Id = $"g{step}", Invoice = invoice.Number, Amount = isWhole ? null : Minor((long)amount),
            Rebill = isRebill, Date = new DateOnly(2026, 3, 1),
        };
        var refusal = invoice.Credited > 0 && (left == 0 || isRebill) ? RefusalCode.AlreadyCredited
            : amount > left ? RefusalCode.ExceedsInvoice : RefusalCode.None;
        if (refusal != RefusalCode.None)
        {
            var error = await Assert.ThrowsAsync<RejectedException>(() => ledger.Billing.CreditAsync(request));
            Assert.Equal(refusal, error.Refusal);
            return;
        }
        var note = await ledger.Billing.CreditAsync(request);
        naive.CreditNote(invoice, amount);
        if (isRebill) naive.Rebill(invoice);
        Assert.Equal(($"C2026-{naive.CreditNotes:D6}", amount), (note.Number, (decimal)note.Amount.Units));
        Assert.Equal(note.Amount.Units, note.Net.Units + note.Tax.Units + (note.Rounding?.Units ?? 0));
        Assert.All(note.Taxes, tax => Assert.Equal(NaiveBilling.Round((decimal)tax.Net.Units * tax.Rate / 100), (decimal)tax.Tax.Units));
    }

    private static async Task PayAsync(
        LocalLedger ledger, NaiveBilling naive, List<string> charged, Random random, int step)
    {
        var customer = Customers[random.Next(Customers.Length)];
        if (!charged.Contains(customer)) charged.Add(customer);
        var amount = random.Next(1, 30_000);
        await ledger.Billing.PayAsync(new PaymentRequest { Id = $"p{step}", Customer = customer, Amount = Minor(amount) });
        naive.Pay(customer, amount);
    }

    private static async Task AssertSameAsync(LocalLedger ledger, NaiveBilling naive)
    {
        var all = await MonthEnd.InvoicesAsync(ledger);
        Assert.Equal(naive.Invoices.Values.Select(invoice => (invoice.Number, invoice.Open)),
            all.Where(invoice => invoice.Kind == InvoiceType.Invoice)
                .Select(invoice => (invoice.Number, (decimal)invoice.Open.Units)));
        var open = await ledger.Billing.ListChargesAsync(new ChargeQuery { Uninvoiced = true, Limit = 1000 });
        Assert.Equal(naive.Open.Order(), open.Items.Select(charge => charge.Id).Order());
        // Of each invoice that is credited wholly, the parts add up to it: per rate, net and tax.
        foreach (var invoice in naive.Invoices.Values.Where(invoice => invoice.Credited == invoice.Amount))
        {
            var whole = (await ledger.Billing.GetInvoiceAsync(invoice.Number))!;
            var parts = new List<Invoice>();
            foreach (var note in all.Where(note => note.Corrects == invoice.Number))
                parts.Add((await ledger.Billing.GetInvoiceAsync(note.Number))!);
            foreach (var tax in whole.Taxes)
            {
                var same = parts.SelectMany(part => part.Taxes)
                    .Where(part => (part.Category, part.Rate) == (tax.Category, tax.Rate)).ToList();
                Assert.Equal(((long)tax.Net.Units, (long)tax.Tax.Units), (same.Sum(part => (long)part.Net.Units), same.Sum(part => (long)part.Tax.Units)));
            }
            Assert.Equal((long)(whole.Rounding?.Units ?? 0), parts.Sum(part => (long)(part.Rounding?.Units ?? 0)));
        }
        foreach (var customer in Customers)
        {
            var owed = naive.Invoices.Values.Where(invoice => invoice.Customer == customer)
                .Sum(invoice => invoice.Open) - naive.Credit.GetValueOrDefault(customer);
            var statement = await ledger.Billing.GetStatementAsync(customer, to: new DateOnly(2999, 1, 1));
            Assert.Equal(owed, (decimal)statement!.Closing.Units);
            var age = statement.Ageing;
            Assert.Equal(Int128.Max(0, statement.Closing.Units),
                (age.Current + age.Days30 + age.Days60 + age.Days90 + age.Older).Units);
        }
    }
}
