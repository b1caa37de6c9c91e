using Settle.Local;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

public sealed class ReminderTests
{
    // Due on 11 November; the usual levels are 7, 21 and 35 days, the last two for 2.50.
    [Fact]
    public Task An_invoice_reaches_each_level_once_and_what_it_costs_is_owed() => BillingTable.RunAsync("""
        seller 19
        customer ann 10d
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        dun d0 on 2026-11-17                           nothing
        dry-dun d1 on 2026-11-18                       2026-000001-R1 ann 119.00 (2026-000001 1 119.00)
        dun d1 on 2026-11-18                           2026-000001-R1 ann 119.00 (2026-000001 1 119.00)
        dun d1 on 2026-11-18                           2026-000001-R1 ann 119.00 (2026-000001 1 119.00) again
        dun d1 on 2026-11-19                           id_reused date
        dun d2 on 2026-12-01                           nothing
        dun d3 on 2026-12-02                           2026-000001-R2 ann 121.50 (2026-000001 2 119.00, fee 2.50)
        dun d4 on 2026-12-03                           nothing
        open 2026-000001-R2                            2.50 reminderfee
        balance reminder-fees                          2.50
        balance receivable:ann                         -121.50
        balance tax:S:19                               19.00
        statement ann 2026-12-10                       11-01 invoice 2026-000001 119.00; 12-02 reminder 2026-000001-R2 2.50 = 121.50 [0.00 121.50 0.00 0.00 0.00]
        dun d5 on 2026-12-16                           2026-000001-R3 ann 124.00 (2026-000001 3 119.00, 2026-000001-R2 0 2.50, fee 2.50)
        restart
        dun d3 on 2026-12-02                           2026-000001-R2 ann 121.50 (2026-000001 2 119.00, fee 2.50) again
        dun d6 on 2027-06-01                           nothing
        credit g1 2026-000001-R2                       invoice_not_found
        pay p1 ann 121.50 on 2026-12-20                2026-000001 119.00, 2026-000001-R2 2.50
        pay p2 2026-000001-R3 2.50 write-off           2026-000001-R3 2.50
        balance receivable:ann                         0.00
        """);

    [Fact]
    public Task A_disputed_invoice_is_not_reminded_of_until_it_is_released() => BillingTable.RunAsync("""
        seller 19
        customer ann 10d
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        charge c2 ann 10.00 on 2026-11-05              10.00
        run r2 2026-11-30 dated 2026-11-02             2026-000002 ann 11.90
        hold h1 2026-000001                            ann
        hold h1 2026-000001                            ann again
        hold h2 2026-000009                            invoice_not_found
        dun d1 on 2026-11-20                           2026-000002-R1 ann 11.90 (2026-000002 1 11.90)
        restart
        dun d2 on 2026-11-25                           nothing
        release h3 2026-000001                         ann
        dun d3 on 2026-11-25                           2026-000001-R1 ann 130.90 (2026-000001 1 119.00, 2026-000002 1 11.90)
        credit g1 2026-000001                          C2026-000001 119.00
        hold h4 C2026-000001                           invoice_not_found
        """);

    [Fact]
    public Task Whoever_pays_before_the_run_gets_no_reminder() => BillingTable.RunAsync("""
        seller 0
        customer ann 0d
        customer bob 0d
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 bob 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00, 2026-000002 bob 100.00
        pay p1 2026-000001 100.00 on 2026-11-20        2026-000001 100.00
        pay p2 2026-000002 40.00 on 2026-11-20         2026-000002 40.00
        dun d1 on 2026-11-20                           2026-000002-R1 bob 60.00 (2026-000002 1 60.00)
        chargeback b1 p1 on 2026-11-21                 2026-000001 100.00
        dun d1 on 2026-11-20                           2026-000001-R1 ann 100.00 (2026-000001 1 100.00); 2026-000002-R1 bob 60.00 (2026-000002 1 60.00) again
        """);

    [Fact]
    public Task A_first_run_that_is_late_leaves_as_much_time_to_the_next_level() => BillingTable.RunAsync("""
        seller 0 dun 5/15=4.00
        customer ann 0d
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00
        dun d1 on 2027-02-01                           2026-000001-R1 ann 100.00 (2026-000001 1 100.00)
        dun d2 on 2027-02-10                           nothing
        dun d3 on 2027-02-11                           2026-000001-R2 ann 104.00 (2026-000001 2 100.00, fee 4.00)
        """);

    [Fact]
    public Task One_letter_has_all_that_is_overdue_and_one_fee() => BillingTable.RunAsync("""
        seller 0 dun 5/15=4.00
        customer ann 0d
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00
        dun d1 on 2026-11-06                           2026-000001-R1 ann 100.00 (2026-000001 1 100.00)
        charge c2 ann 10.00 on 2026-11-05              10.00
        run r2 2026-11-30 dated 2026-11-07             2026-000002 ann 10.00
        charge c3 ann 1.00 on 2026-11-05               1.00
        run r3 2026-11-30 dated 2026-11-14             2026-000003 ann 1.00
        dun d2 on 2026-11-16                           2026-000001-R2 ann 115.00 (2026-000001 2 100.00, 2026-000002 1 10.00, 2026-000003 0 1.00, fee 4.00)
        dun d3 on 2026-11-25                           2026-000003-R1 ann 115.00 (2026-000001 2 100.00, 2026-000002 1 10.00, 2026-000003 1 1.00, 2026-000001-R2 0 4.00)
        """);

    [Fact]
    public Task Little_debts_credits_and_customers_that_want_none_get_no_reminder() => BillingTable.RunAsync("""
        seller 0 dun 5/15=4.00 minimum 20.00
        customer ann 0d
        customer bob 0d unreminded
        charge c1 ann 19.99 on 2026-10-05              19.99
        charge c2 bob 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 19.99, 2026-000002 bob 100.00
        dun d1 on 2026-12-01                           nothing
        charge c3 ann 50.00 on 2026-10-06              50.00
        run r2 2026-10-31 dated 2026-11-02             2026-000003 ann 50.00
        pay p1 2026-000003 50.00 on 2026-11-02         2026-000003 50.00
        credit g1 2026-000003 on 2026-11-03            C2026-000001 50.00
        charge c4 ann 80.00 on 2026-10-07              80.00
        dun d2 on 2026-12-01                           nothing
        customer bob 0d
        dun d3 on 2026-12-01 only bob                  2026-000002-R1 bob 100.00 (2026-000002 1 100.00)
        """);

    [Fact]
    public Task What_was_paid_too_much_counts() => BillingTable.RunAsync("""
        seller 0 dun 5=4.00
        customer ann 0d
        charge c1 ann 30.00 on 2026-10-05              30.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 30.00
        charge c2 ann 50.00 on 2026-10-06              50.00
        run r2 2026-10-31 dated 2026-11-02             2026-000002 ann 50.00
        pay p1 2026-000002 50.00 on 2026-11-02         2026-000002 50.00
        credit g1 2026-000002 20.00 on 2026-11-03      C2026-000001 20.00
        dun d1 on 2026-11-06                           2026-000001-R1 ann 14.00 (2026-000001 1 30.00, credit 20.00, fee 4.00)
        balance receivable:ann                         -14.00
        open 2026-000001-R1                            0.00 reminderfee
        """);

    [Fact]
    public Task A_business_pays_the_flat_fee_once_instead() => BillingTable.RunAsync("""
        seller 0 dun 5/15=4.00/25=8.00 flat 40.00
        customer ann 0d
        customer bob private 0d
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 bob 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00, 2026-000002 bob 100.00
        dun d1 on 2026-11-06                           2026-000001-R1 ann 100.00 (2026-000001 1 100.00); 2026-000002-R1 bob 100.00 (2026-000002 1 100.00)
        dun d2 on 2026-11-16                           2026-000001-R2 ann 140.00 (2026-000001 2 100.00, fee 40.00); 2026-000002-R2 bob 104.00 (2026-000002 2 100.00, fee 4.00)
        dun d3 on 2026-11-26                           2026-000001-R3 ann 140.00 (2026-000001 3 100.00, 2026-000001-R2 0 40.00); 2026-000002-R3 bob 112.00 (2026-000002 3 100.00, 2026-000002-R2 0 4.00, fee 8.00)
        """);

    [Fact]
    public Task Invoices_from_another_program_are_overdue_like_others() => BillingTable.RunAsync("""
        seller 0 dun 5=4.00
        customer ann
        opening RE-1 ann 50.00 on 2026-09-01 due 2026-09-15  50.00 of 50.00
        dun d1 on 2026-09-20                           RE-1-R1 ann 54.00 (RE-1 1 50.00, fee 4.00)
        opening RE-1-R1 ann 1.00 on 2026-09-01 due 2026-09-15  number_taken
        """);

    // Due on 1 December, collected on the next day of banks; the bank may answer until 16 December.
    [Fact]
    public Task What_a_bank_is_told_to_collect_is_reminded_of_once_the_bank_should_have_answered() => BillingTable.RunAsync("""
        today 2026-12-01
        seller 0 dun 5/15=4.00 creditor DE98ZZZ09999999999
        customer ann 0d mandate M-1
        charge c1 ann 100.00 on 2026-11-05             100.00
        run r1 2026-11-30 dated 2026-12-01             2026-000001 ann 100.00
        debit o1 2026-12-01                            12-02: 2026-000001 100.00 FRST
        dun d1 on 2026-12-16                           nothing
        dun d2 on 2026-12-17                           2026-000001-R1 ann 100.00 (2026-000001 1 100.00)
        debited 2026-000001                            2026-12-02
        restart
        dun d3 on 2026-12-27                           2026-000001-R2 ann 104.00 (2026-000001 2 100.00, fee 4.00)
        """);

    [Fact]
    public Task Nobody_is_charged_a_fee_for_a_letter_that_cannot_be_written() => BillingTable.RunAsync("""
        seller 0 dun 5=4.00
        customer ann 0d
        customer bob 0d
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 bob 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00, 2026-000002 bob 100.00
        dun d1 on 2026-11-06 only bob                  2026-000002-R1 bob 104.00 (2026-000002 1 100.00, fee 4.00)
        erase ann
        erase bob
        dry-dun d2 on 2026-11-06                       ann customer_erased
        dun d2 on 2026-11-06                           ann customer_erased
        balance receivable:ann                         -100.00
        dun d1 on 2026-11-06 only bob                  2026-000002-R1 bob 104.00 (2026-000002 1 100.00, fee 4.00) again
        customer ann 0d
        dun d3 on 2026-11-06                           2026-000001-R1 ann 104.00 (2026-000001 1 100.00, fee 4.00)
        """);

    [Fact]
    public Task Without_a_seller_nobody_is_reminded() => BillingTable.RunAsync("""
        customer ann
        dun d1 on 2026-09-20                           seller_missing
        seller 0
        dun d1 on 2026-09-20 only bob                  unknown_customer
        """);

    [Fact]
    public async Task A_reminder_is_found_and_listed_with_what_its_letter_needs()
    {
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("bank", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await RemindAsync(ledger);
        var reminder = (await ledger.Billing.GetReminderAsync("2026-000001-R1"))!;
        Assert.Equal("Bench GmbH", reminder.Seller!.Name);
        Assert.Equal("ANN", reminder.Buyer!.Name);
        Assert.Equal(new DateOnly(2026, 12, 8), reminder.Due);
        Assert.Equal("Bitte {total} bis {due}.", reminder.Texts!["de"]);
        Assert.True(reminder.IsLast);
        Assert.Null(await ledger.Billing.GetReminderAsync("2026-000001"));
        var first = await ledger.Billing.ListRemindersAsync(new ReminderQuery { Limit = 1 });
        Assert.Equal("2026-000002-R1", Assert.Single(first.Items).Number);
        Assert.Equal("2026-000001-R1", Assert.Single((await ledger.Billing.ListRemindersAsync(
            new ReminderQuery { Limit = 1, After = first.Next })).Items).Number);
        Assert.Equal("2026-000001-R1", Assert.Single((await ledger.Billing.ListRemindersAsync(
            new ReminderQuery { Customer = "ann" })).Items).Number);
        Assert.Empty((await ledger.Billing.ListRemindersAsync(new ReminderQuery { Customer = "nobody" })).Items);
        var invoice = (await ledger.Billing.ListInvoicesAsync(new InvoiceQuery())).Items[0];
        Assert.Equal(1, invoice.ReminderLevel);
        var seller = (await ledger.Billing.GetSellerAsync())!;
        Assert.Equal(("EUR", 5, 250), (seller.Dunning!.Asset, seller.Dunning.Levels[0].Days, (int)seller.Dunning.Levels[0].Fee!.Value.Units));
    }

    [Theory]
    [InlineData(0, 7, "de", "dunning.levels")]
    [InlineData(1, 0, "de", "dunning.levels[0].days")]
    [InlineData(2, 7, "de", "dunning.levels[1].days")]
    [InlineData(1, 7, "it", "dunning.levels[0].texts")]
    [InlineData(10, 7, "de", "dunning.levels")]
    public async Task Levels_that_make_no_sense_are_refused(int count, int days, string language, string field)
    {
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("bank", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await ledger.InitializeAsync("EUR");
        var levels = Enumerable.Repeat(new ReminderLevel
            { Days = days, Texts = new Dictionary<string, string> { [language] = "x" } }, count).ToList();
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutSellerAsync(
            Seller() with { Dunning = new DunningSettings { Levels = levels } }));
        Assert.Equal(field, refused.Field);
    }

    internal static async Task RemindAsync(ILedger ledger)
    {
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(Seller() with
        {
            Dunning = new DunningSettings
            {
                Levels =
                [
                    new ReminderLevel
                    {
                        Days = 5, Fee = Money.Of(2.5m),
                        Texts = new Dictionary<string, string> { ["de"] = "Bitte {total} bis {due}." },
                    },
                ],
            },
        });
        foreach (var (customer, at) in ((string, int)[])[("ann", 1), ("bob", 2)])
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
            {
                Customer = customer, TermsDays = 0,
                Party = new Party { Name = customer.ToUpperInvariant(), City = "Berlin", Country = "DE", Email = $"{customer}@example.com" },
            });
            await ledger.Billing.ChargeAsync(new ChargeRequest
                { Customer = customer, Amount = Money.Of(100m), Description = "desk", Date = new DateOnly(2026, 10, at) });
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 1) });
        await ledger.Billing.RemindAsync(new ReminderRunRequest { Id = "d1", Date = new DateOnly(2026, 12, 1) });
    }

    private static SellerRequest Seller() => new()
    {
        Party = new Party { Name = "Bench GmbH", City = "Köln", Country = "DE", VatId = "DE123456788", Email = "b@example.com", Language = "de" },
        TaxRates = ["19"], DefaultTax = "0",
    };
}
