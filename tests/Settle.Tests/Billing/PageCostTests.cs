using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A page of a list of billing costs its own length, and the pages together are the list.</summary>
public sealed class PageCostTests
{
    private static readonly DateOnly Day = new(2026, 10, 1);

    [Theory]
    [InlineData(null)]
    [InlineData("c1")]
    public async Task A_page_of_open_charges_costs_its_own_length_however_many_are_open(string? customer)
    {
        foreach (var open in (int[])[1500, 15_000])
        {
            await using var store = new MemoryStore();
            await using var ledger = await OpenAsync(store);
            await ChargeAsync(ledger, open, customers: 3);
            string? after = null;
            for (var page = 0; page < 12; page++)
            {
                ledger.Reader.Work.Clear();
                var charges = await ledger.Billing.ListChargesAsync(
                    new ChargeQuery { Uninvoiced = true, Customer = customer, Limit = 30, After = after });
                after = charges.Next;
                Assert.Equal(30, charges.Items.Count);
                Assert.InRange(ledger.Reader.Work.Rows, 30, 100);
            }
        }
    }

    [Fact]
    public async Task Pages_go_on_where_they_were_when_the_last_charge_of_one_is_billed_meanwhile()
    {
        await using var store = new MemoryStore();
        await using var ledger = await OpenAsync(store);
        await ChargeAsync(ledger, 2000, customers: 3);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = Day, Customer = "c0" });
        var invoice = Assert.Single((await ledger.Billing.ListInvoicesAsync(new InvoiceQuery())).Items);
        await ledger.Billing.CreditAsync(new CreditRequest { Invoice = invoice.Number, Rebill = true });
        var all = await AllAsync(ledger, 1000);
        Assert.Equal(2000, all.Count);
        Assert.Equal(2000, all.Distinct().Count());
        Assert.Equal(all, await AllAsync(ledger, 7));
        var told = new List<string>();
        string? after = null;
        do
        {
            var page = await ledger.Billing.ListChargesAsync(
                new ChargeQuery { Uninvoiced = true, Limit = 90, After = after });
            told.AddRange(page.Items.Select(charge => charge.Id));
            after = page.Next;
            await ledger.Billing.WithdrawAsync(page.Items[^1].Id);
            ledger.Reader.Work.Clear();
        }
        while (after is not null);
        Assert.Equal(all, told);
    }

    [Fact]
    public async Task A_ledger_opened_again_lists_open_charges_as_before()
    {
        using var directory = new TemporaryDirectory();
        List<string> before;
        await using (var ledger = (LocalLedger)await Ledger.OpenAsync(directory.File("bank.db")))
        {
            await PrepareAsync(ledger);
            await ChargeAsync(ledger, 300, customers: 7);
            before = await AllAsync(ledger, 50);
        }
        await using var again = (LocalLedger)await Ledger.OpenAsync(directory.File("bank.db"));
        Assert.Equal(300, before.Count);
        Assert.Equal(before, await AllAsync(again, 50));
        await ChargeAsync(again, 10, customers: 7, first: 300);
        Assert.Equal(before, (await AllAsync(again, 50)).Take(300));
    }

    [Fact]
    public async Task The_newest_invoices_cost_a_page_and_all_pages_are_the_list_the_other_way_round()
    {
        await using var store = new MemoryStore();
        await using var ledger = await OpenAsync(store);
        await ChargeAsync(ledger, 400, customers: 400);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = Day });
        var oldestFirst = await InvoicesAsync(ledger, new InvoiceQuery { Limit = 1000 });
        Assert.Equal(400, oldestFirst.Count);
        Assert.Equal(oldestFirst.AsEnumerable().Reverse(),
            await InvoicesAsync(ledger, new InvoiceQuery { NewestFirst = true, Limit = 37 }));
        Assert.Equal(["2026-000008"], await InvoicesAsync(
            ledger, new InvoiceQuery { NewestFirst = true, Customer = "c7", Limit = 37 }));
        ledger.Reader.Work.Clear();
        var page = await ledger.Billing.ListInvoicesAsync(new InvoiceQuery { NewestFirst = true, Limit = 20 });
        Assert.Equal(oldestFirst[^1], page.Items[0].Number);
        Assert.InRange(ledger.Reader.Work.Rows, 20, 22);
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.ListInvoicesAsync(
            new InvoiceQuery { NewestFirst = true, After = Oldest(ledger) }));
        Assert.Equal("newest_first", refused.Field);
    }

    [Fact]
    public async Task What_has_expired_of_others_costs_a_reader_of_an_account_nothing()
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync(
            "bank", store, null, new LedgerOptions { Clock = clock }, default);
        await ledger.TransferAsync("@world", "dave", Money.Of(10));
        for (var i = 0; i < 500; i++)
            await ledger.HoldAsync(new HoldRequest
                { From = "@world", To = "shop", Amount = Money.Of(1), ExpiresIn = TimeSpan.FromDays(1) });
        await ledger.HoldAsync(new HoldRequest
            { From = "dave", To = "shop", Amount = Money.Of(4), ExpiresIn = TimeSpan.FromDays(1) });
        clock.Now += TimeSpan.FromDays(2);
        ledger.Reader.Work.Clear();
        var dave = await ledger.GetAccountAsync("dave");
        Assert.Equal(Money.Of(10, "USD"), dave!.Balances[0].Available);
        Assert.InRange(ledger.Reader.Work.Rows, 1, 10);
        var balances = await ledger.ListBalancesAsync(AsOf.Now);
        Assert.All(balances, each => Assert.Equal(each.Amount, each.Available));
    }

    private static string? Oldest(LocalLedger ledger) => ledger.Billing
        .ListInvoicesAsync(new InvoiceQuery { Limit = 1 }).GetAwaiter().GetResult().Next;

    private static async Task<LocalLedger> OpenAsync(MemoryStore store)
    {
        var ledger = await LocalLedger.OpenAsync("bank", store, null, new LedgerOptions(), default);
        await PrepareAsync(ledger);
        return ledger;
    }

    private static async Task PrepareAsync(LocalLedger ledger)
    {
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Settle Coworking", Country = "DE", VatId = "DE123456788" },
            TaxRates = ["19"], DefaultTax = "19",
        });
    }

    private static async Task ChargeAsync(LocalLedger ledger, int count, int customers, int first = 0)
    {
        for (var i = 0; i < customers && first == 0; i++)
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
                { Customer = $"c{i}", Party = new Party { Name = "Dave", Country = "DE" } });
        }
        foreach (var part in Enumerable.Range(first, count).Chunk(500))
        {
            var verdicts = await ledger.Billing.ChargeBatchAsync(Array.ConvertAll(part, i => new ChargeRequest
            {
                Id = $"{(i * 7919) % 100_003:D6}", Customer = $"c{i % customers}", Amount = Money.Of(1), Date = Day,
                Description = "desk",
            }));
            Assert.All(verdicts, verdict => Assert.True(verdict.IsSuccessful));
        }
    }

    private static async Task<List<string>> AllAsync(LocalLedger ledger, int limit)
    {
        var all = new List<string>();
        await foreach (var charge in ledger.Billing.AllChargesAsync(
            new ChargeQuery { Uninvoiced = true, Limit = limit })) all.Add(charge.Id);
        return all;
    }

    private static async Task<List<string>> InvoicesAsync(LocalLedger ledger, InvoiceQuery query)
    {
        var all = new List<string>();
        await foreach (var invoice in ledger.Billing.AllInvoicesAsync(query)) all.Add(invoice.Number);
        return all;
    }
}
