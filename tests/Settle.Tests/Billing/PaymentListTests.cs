using System.Globalization;
using Settle.Billing;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>The lists of payments and of invoice runs say what the chain says.</summary>
public sealed class PaymentListTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Payments_are_filtered_as_a_reader_of_the_chain_would(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), rowsMax: 32);
        await new AskedAndRead(ledger, seed).LiveAsync(240);
        var random = new Random(seed);
        for (var day = 0; day < 20; day++)
        {
            await ledger.Billing.PayAsync(new PaymentRequest
            {
                Customer = "alex", Amount = Money.Of(1), Date = new DateOnly(2026, 10, 1 + random.Next(31)),
            });
        }
        var payments = (await PlainFold.OfAsync(ledger)).Entries
            .Where(entry => entry.Type == "payment" && entry.IsSuccessful).Reverse().ToList();
        Assert.True(payments.Count > 20);
        for (var i = 0; i < 100; i++)
        {
            var query = new PaymentQuery
            {
                Customer = random.Next(3) switch { 0 => "dave", 1 => "alex", _ => null },
                From = random.Next(2) == 0 ? null : new DateOnly(2026, 10, 1).AddDays(random.Next(30)),
                To = random.Next(2) == 0 ? null : new DateOnly(2026, 10, 31).AddDays(random.Next(30)),
                Limit = random.Next(1, 12),
            };
            var told = await Paged.PaymentsAsync(ledger, query);
            Assert.Equal(payments.Where(each => Matches(each, query)).Select(each => each.Id),
                told.Select(payment => payment.Id));
        }
    }

    [Fact]
    public async Task A_list_of_payments_does_not_read_what_is_between_them()
    {
        using var directory = new TemporaryDirectory();
        await using var store = new WatchedStore(new MemoryStore());
        await using (var made = await MemoryLedger.OpenAsync(store, directory.File("index"), rowsMax: 256))
        {
            await PrepareAsync(made);
            await made.Billing.PayAsync(new PaymentRequest { Id = "first", Customer = "dave", Amount = Money.Of(1) });
            for (var i = 0; i < 400; i++) await made.TransferAsync("@world", "Alex", Money.Of(1));
            await made.Billing.PayAsync(new PaymentRequest { Id = "last", Customer = "dave", Amount = Money.Of(1) });
        }
        await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), rowsMax: 256);
        var before = store.Reads;
        foreach (var customer in (string?[])[null, "dave"])
        {
            var page = await ledger.Billing.ListPaymentsAsync(new PaymentQuery { Customer = customer });
            Assert.Equal(["last", "first"], page.Items.Select(payment => payment.Id));
        }
        Assert.InRange(store.Reads - before, 0, 8);
    }

    [Fact]
    public async Task Days_in_the_wrong_order_and_another_filter_are_refused_by_name()
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger);
        for (var i = 0; i < 3; i++)
            await ledger.Billing.PayAsync(new PaymentRequest { Customer = "dave", Amount = Money.Of(1) });
        var day = new DateOnly(2026, 10, 5);
        await RefusedAsync("from", new PaymentQuery { From = day, To = day.AddDays(-1) });
        var next = (await ledger.Billing.ListPaymentsAsync(new PaymentQuery { Limit = 1 })).Next;
        await RefusedAsync("customer", new PaymentQuery { Customer = "dave", After = next });
        await RefusedAsync("from", new PaymentQuery { From = day, After = next });
        await RefusedAsync("to", new PaymentQuery { To = day, After = next });
        await RefusedAsync("limit", new PaymentQuery { Limit = 0 });

        async Task RefusedAsync(string field, PaymentQuery query) => Assert.Equal(field,
            (await Assert.ThrowsAsync<InvalidRequestException>(
                () => ledger.Billing.ListPaymentsAsync(query))).Field);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Runs_are_listed_newest_first_with_all_that_they_made(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        List<string> expected = [];
        for (var isOpenedAgain = false; ; isOpenedAgain = true)
        {
            await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), rowsMax: 32);
            if (!isOpenedAgain)
            {
                await new AskedAndRead(ledger, seed).LiveAsync(240);
                expected = await RunsOfInvoicesAsync(ledger);
                Assert.True(expected.Count > 1);
            }
            foreach (var limit in (int[])[1, 2, 1000])
                Assert.Equal(expected, (await Paged.RunsAsync(ledger, limit)).Select(Line));
            if (isOpenedAgain) return;
        }
    }

    [Theory]
    [InlineData("2026-10", "dave", "EUR", 1)]
    [InlineData("a:b", "c:d:EUR", "EUR", 1)]
    [InlineData("a", "b:2", "EUR", 12)]
    [InlineData("7", "7", "points", 7)]
    public void An_invoices_id_tells_its_run(string run, string customer, string asset, int part)
    {
        foreach (var longer in (string[])[customer, customer + new string('ü', 60)])
            Assert.Equal(run, RunIds.RunOf(RunIds.Of(run, longer, asset, part), longer, asset));
        Assert.Null(RunIds.RunOf("something else", customer, asset));
        Assert.Null(RunIds.RunOf($":{customer}:{asset}", customer, asset));
    }

    private static bool Matches(PlainEntry payment, PaymentQuery query)
    {
        var day = DateOnly.Parse(payment.Text("date")!, CultureInfo.InvariantCulture);
        return (query.Customer is null || payment.Text("customer") == query.Customer)
            && !(day < query.From) && !(day > query.To);
    }

    private static async Task<List<string>> RunsOfInvoicesAsync(LocalLedger ledger)
    {
        var invoices = new List<(string Run, Invoice Invoice)>();
        await foreach (var each in ledger.Billing.AllInvoicesAsync(new InvoiceQuery()))
        {
            if (each.Kind != InvoiceType.Invoice) continue;
            var invoice = (await ledger.Billing.GetInvoiceAsync(each.Number))!;
            invoices.Add((invoice.Id[..invoice.Id.IndexOf(':')], invoice));
        }
        return [.. invoices.GroupBy(each => each.Run).Reverse().Select(run => Line(new InvoiceRunSummary
        {
            Id = run.Key, Through = run.First().Invoice.Through, Date = run.First().Invoice.Date,
            Invoices = run.Count(), Charges = run.Sum(each => each.Invoice.InvoicedCharges.Count),
            Block = run.First().Invoice.Block,
        }))];
    }

    private static string Line(InvoiceRunSummary run) => run.ToString();

    private static async Task PrepareAsync(ILedger ledger)
    {
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "W", Country = "DE", Street = "L 5", PostalCode = "10969", City = "Berlin", VatId = "DE123456788" },
            Zone = "Europe/Berlin", TaxRates = ["19"], DefaultTax = "19",
        });
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "dave", Party = new Party { Name = "Dave", Country = "DE", Street = "R 1", PostalCode = "12051", City = "Berlin" },
        });
    }
}
