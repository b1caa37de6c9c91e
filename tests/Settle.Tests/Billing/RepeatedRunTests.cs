using System.Text;
using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>An id of a run means one request: whatever else is asked for under it is refused.</summary>
public sealed class RepeatedRunTests
{
    private const string Begin = """
        today 2026-12-01
        seller 19 default 19 creditor DE98ZZZ09999999999
        customer ann mandate M-1
        customer bob mandate M-2
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 20.00 on 2026-10-05              20.00

        """;

    [Fact]
    public Task An_invoice_run_of_one_customer_is_not_that_of_another_one_or_of_all() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 only ann                     2026-000001 ann 11.90
        run r1 2026-10-31 only bob                     id_reused customer
        run r1 2026-10-31                              id_reused customer
        restart
        run r1 2026-10-31 only bob                     id_reused customer
        run r1 2026-10-31 only ann                     2026-000001 ann 11.90 again
        run r2 2026-10-31                              2026-000002 bob 23.80
        run r2 2026-10-31 only bob                     id_reused customer
        """);

    [Fact]
    public Task A_run_that_made_nothing_has_its_id_too() => BillingTable.RunAsync(Begin + """
        run r1 2026-09-30                              nothing
        run r1 2026-10-31                              id_reused through
        run r1 2026-09-30                              nothing
        dry r2 2026-09-30                              nothing
        run r2 2026-10-31                              2026-000001 ann 11.90, 2026-000002 bob 23.80
        dun r2 on 2026-12-01                           id_reused type
        """);

    [Fact]
    public Task Orders_to_a_bank_share_no_ids_with_invoices_and_reminders() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 dated 2026-11-28             2026-000001 ann 11.90, 2026-000002 bob 23.80
        debit r1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        debit r1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST again
        charge c3 ann 30.00 on 2026-10-05              30.00
        run sepa:r1 2026-10-31 dated 2026-11-28        2026-000003 ann 35.70
        debit r1:x 2026-12-31                          12-14: 2026-000003 35.70 RCUR
        debit r1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST again
        """);

    [Fact]
    public Task What_a_run_without_a_note_made_cannot_be_claimed_by_another_one() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 only ann dated 2026-11-28    2026-000001 ann 11.90
        forget run:r1
        run r1 2026-10-31 only bob dated 2026-11-28    id_reused customer
        run r1 2026-11-30 only ann dated 2026-11-28    id_reused through
        dun r1 on 2026-12-20                           id_reused type
        dun r1 on 2026-12-20 only bob                  id_reused type
        run r1 2026-10-31 only ann dated 2026-11-28    2026-000001 ann 11.90 again
        run r1 2026-10-31 dated 2026-11-28             2026-000001 ann 11.90 again, 2026-000002 bob 23.80
        dun d1 on 2026-12-20 only ann                  2026-000001-R1 ann 11.90 (2026-000001 1 11.90)
        forget run:d1
        dun d1 on 2026-12-20 only bob                  id_reused customer
        dun d1 on 2026-12-21 only ann                  id_reused date
        run d1 2026-10-31                              id_reused type
        dun d1 on 2026-12-20 only ann                  2026-000001-R1 ann 11.90 (2026-000001 1 11.90) again
        """);

    [Fact]
    public Task Orders_without_a_note_tell_what_they_can() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 dated 2026-11-28             2026-000001 ann 11.90, 2026-000002 bob 23.80
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        forget run:sepa:d1
        debit d1 2026-12-11                            id_reused through
        debit d1 2026-12-31 on 2027-01-05              id_reused date
        payout d1 from 2026-01-01                      id_reused type
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST again
        pay p1 ann 41.90                               2026-000001 11.90, rest 30.00
        refund f1 ann 20.00                            credit 20.00
        refund f2 ann 10.00                            credit 10.00
        payout o1 f1                                   12-02: f1 20.00
        forget run:sepa:o1
        payout o1 f2                                   id_reused refunds
        payout o1 from 2026-12-02                      id_reused from
        payout o1 f1                                   12-02: f1 20.00 again
        """);

    [Fact]
    public Task A_damaged_note_stops_the_run() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 only ann dated 2026-11-28    2026-000001 ann 11.90
        spoil run:r1
        run r1 2026-10-31 only ann dated 2026-11-28    store_corrupt
        spoil run:r2
        run r2 2026-10-31                              store_corrupt
        dun r2 on 2026-12-20                           store_corrupt
        spoil run:sepa:d1
        debit d1 2026-12-31                            store_corrupt
        uninvoiced                                     c2
        """);

    [Fact]
    public async Task A_damaged_note_is_named()
    {
        await using var store = new MemoryStore();
        await using var beside = new MemorySideDocuments();
        await using var ledger = await LocalLedger.OpenAsync("runs", store, null,
            new LedgerOptions { SideDocuments = beside }, TestContext.Current.CancellationToken);
        await MonthEnd.PrepareAsync(ledger, 2, 1);
        foreach (var (id, damage) in new[] { ("a", ""), ("b", "null"), ("c", "{}"), ("d", "[1]"), ("e", "{\"makes\":7}") })
        {
            await beside.CreateAsync(
                [new Document($"run:{id}", Encoding.UTF8.GetBytes(damage))], TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<StoreCorruptException>(() => ledger.Billing.InvoiceAsync(
                new InvoiceRunRequest { Id = id, Through = MonthEnd.Through }));
            Assert.StartsWith($"the document run:{id} beside the chain, which says what the run '{id}' was asked for",
                error.Message, StringComparison.Ordinal);
        }
        Assert.Empty((await ledger.Billing.ListInvoicesAsync(new InvoiceQuery())).Items);
    }

    [Fact]
    public Task A_run_of_reminders_of_one_customer_is_not_that_of_another_one_or_of_all() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 11.90, 2026-000002 bob 23.80
        dun d1 on 2026-12-10 only ann                  2026-000001-R1 ann 11.90 (2026-000001 1 11.90)
        dun d1 on 2026-12-10 only bob                  id_reused customer
        dun d1 on 2026-12-10                           id_reused customer
        dun d1 on 2026-12-11 only ann                  id_reused date
        dun d1 on 2026-12-10 only ann                  2026-000001-R1 ann 11.90 (2026-000001 1 11.90) again
        dun d2 on 2026-12-10                           2026-000002-R1 bob 23.80 (2026-000002 1 23.80)
        """);

    [Fact]
    public Task A_debit_of_another_day_is_another_run() => BillingTable.RunAsync(Begin + """
        run r1 2026-10-31 dated 2026-11-28             2026-000001 ann 11.90, 2026-000002 bob 23.80
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        debit d1 2026-12-11                            id_reused through
        debit d1 2026-12-31 on 2027-01-05              id_reused date
        payout d1 from 2026-01-01                      id_reused type
        restart
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST again
        debit d2 2026-11-30                            nothing
        debit d2 2026-12-31                            id_reused through
        """);

    [Fact]
    public Task A_payout_of_other_refunds_is_another_run() => BillingTable.RunAsync(Begin + """
        pay p1 ann 30.00                               rest 30.00
        refund f1 ann 20.00                            credit 20.00
        refund f2 ann 10.00                            credit 10.00
        payout o1 f1                                   12-02: f1 20.00
        payout o1 f2                                   id_reused refunds
        payout o1 f1 f2                                id_reused refunds
        payout o1 from 2026-01-01                      id_reused refunds
        payout o2 from 2026-01-01                      12-02: f2 10.00
        payout o2 from 2026-02-01                      id_reused from
        payout o2 from 2026-01-01                      12-02: f2 10.00 again
        """);

    [Fact]
    public async Task The_refusal_names_the_run_and_the_block_of_the_first_one()
    {
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("runs", store, null,
            new LedgerOptions { SideDocuments = MemorySideDocuments.Of(store) },
            TestContext.Current.CancellationToken);
        await MonthEnd.PrepareAsync(ledger, 2, 1);
        var run = new InvoiceRunRequest { Id = "october", Through = MonthEnd.Through, Customer = "c0" };
        var first = await ledger.Billing.InvoiceAsync(run);
        var error = await Assert.ThrowsAsync<IdReusedException>(
            () => ledger.Billing.InvoiceAsync(run with { Customer = "c1" }));
        Assert.Equal(("october", "customer", first.Invoices[0].Block), (error.Id, error.Field, error.Block));
    }
}
