using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What is due of customers with a mandate is collected, each invoice once.</summary>
public sealed class DebitTests
{
    private const string Begin = """
        today 2026-12-01
        seller 19 default 19 creditor DE98ZZZ09999999999
        customer ann mandate M-1
        customer bob mandate M-2 b2b
        customer cyd
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 20.00 on 2026-10-05              20.00
        charge c3 cyd 30.00 on 2026-10-05              30.00
        run r1 2026-10-31 dated 2026-11-28             2026-000001 ann 11.90, 2026-000002 bob 23.80, 2026-000003 cyd 35.70

        """;

    // Both are due on Saturday, 12 December.
    [Fact]
    public Task An_invoice_is_collected_once_on_the_day_that_it_is_due_or_the_next_one_of_banks() =>
        BillingTable.RunAsync(Begin + """
        would-debit d0 2026-12-31                      12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        debited 2026-000001                            no
        debit d9 2026-12-11                            nothing
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        debited 2026-000001                            2026-12-14
        debited 2026-000003                            no
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST again
        debit d2 2026-12-31                            nothing
        restart
        debit d3 2026-12-31                            nothing
        debited 2026-000002                            2026-12-14
        """);

    [Fact]
    public Task A_day_has_an_order_and_the_first_use_of_a_mandate_is_said_once() => BillingTable.RunAsync(Begin + """
        charge c4 ann 40.00 on 2026-10-06              40.00
        run r2 2026-10-31 dated 2026-11-30             2026-000004 ann 47.60
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST, 2026-000004 47.60 RCUR
        charge c5 ann 50.00 on 2026-11-02              50.00
        run r3 2026-11-02 dated 2026-12-01             2026-000005 ann 59.50
        debit d2 2026-12-31                            12-15: 2026-000005 59.50 RCUR
        customer ann mandate M-9
        charge c6 ann 60.00 on 2026-11-02              60.00
        run r4 2026-11-02 dated 2026-12-01             2026-000006 ann 71.40
        debit d3 2026-12-31                            12-15: 2026-000006 71.40 FRST
        """);

    [Fact]
    public Task What_is_overdue_is_collected_on_the_next_day_of_banks() => BillingTable.RunAsync(Begin + """
        today 2026-12-24
        debit d1 2026-12-31                            12-28: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        """);

    [Fact]
    public Task A_day_can_be_named_for_all() => BillingTable.RunAsync(Begin + """
        debit d1 2026-12-12 on 2026-12-18              12-18: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        """);

    [Fact]
    public Task Only_what_is_open_is_collected() => BillingTable.RunAsync(Begin + """
        pay p1 2026-000001 1.90                        2026-000001 1.90
        pay p2 2026-000002 23.80                       2026-000002 23.80
        debit d1 2026-12-31                            12-14: 2026-000001 10.00 FRST
        pay p3 2026-000001 10.00                       2026-000001 10.00
        debited 2026-000001                            no
        """);

    [Fact]
    public Task What_comes_back_is_open_again_and_not_collected_a_second_time() => BillingTable.RunAsync(Begin + """
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        today 2026-12-16
        pay p1 2026-000001 11.90                       2026-000001 11.90
        chargeback b1 p1                               2026-000001 11.90
        debited 2026-000001                            no
        open 2026-000001                               11.90 invoice
        debit d2 2026-12-31                            nothing
        """);

    [Fact]
    public Task What_a_bank_does_not_carry_out_can_be_ordered_again() => BillingTable.RunAsync(Begin + """
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        cancel d1:2026-12-14 2026-000002               2026-000002
        cancel d1:2026-12-14 2026-000002               2026-000002 again
        debited 2026-000002                            no
        debited 2026-000001                            2026-12-14
        debit d2 2026-12-31                            12-14: 2026-000002 23.80 FRST
        cancel d1:2026-12-14                           2026-000001, 2026-000002
        debit d3 2026-12-31                            12-14: 2026-000001 11.90 FRST
        """);

    [Fact]
    public Task What_was_paid_cannot_be_cancelled() => BillingTable.RunAsync(Begin + """
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 FRST, 2026-000002 23.80 FRST
        pay p1 2026-000001 11.90                       2026-000001 11.90
        cancel d1:2026-12-14 2026-000001               invalid items
        chargeback b1 p1                               2026-000001 11.90
        cancel d1:2026-12-14 2026-000001               invalid items
        cancel d1:2026-12-14 2026-000009               invalid items
        """);

    [Fact]
    public Task A_mandate_for_one_debit_is_used_once_and_an_old_one_not_at_all() => BillingTable.RunAsync("""
        today 2026-12-01
        seller 19 default 19 creditor DE98ZZZ09999999999
        customer ann mandate M-1 one_off
        customer bob mandate M-2 since 2023-12-13
        customer cyd mandate M-3 since 2023-12-14
        customer dan mandate M-4 since 2026-12-02
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 20.00 on 2026-10-05              20.00
        charge c3 cyd 30.00 on 2026-10-05              30.00
        charge c4 dan 40.00 on 2026-10-05              40.00
        run r1 2026-10-31 dated 2026-11-28             2026-000001 ann 11.90, 2026-000002 bob 23.80, 2026-000003 cyd 35.70, 2026-000004 dan 47.60
        debit d1 2026-12-31                            12-14: 2026-000001 11.90 OOFF, 2026-000003 35.70 FRST; 2026-000002 mandate_expired; 2026-000004 mandate_not_signed
        charge c5 ann 10.00 on 2026-11-02              10.00
        run r2 2026-11-02 dated 2026-12-01             2026-000005 ann 11.90
        debit d2 2026-12-31                            2026-000002 mandate_expired; 2026-000004 mandate_not_signed; 2026-000005 mandate_used
        """);

    // Its letter has asked for a transfer of all, and names no day of a debit.
    [Fact]
    public Task The_fee_of_a_reminder_is_not_collected() => BillingTable.RunAsync("""
        today 2026-12-01
        seller 0 creditor DE98ZZZ09999999999 dun 5=4.00
        customer ann 0d mandate M-1
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-11-20             2026-000001 ann 10.00
        dun d1 on 2026-12-01                           2026-000001-R1 ann 14.00 (2026-000001 1 10.00, fee 4.00)
        debit o1 2026-12-31                            12-02: 2026-000001 10.00 FRST
        debited 2026-000001-R1                         no
        """);

    // The debit of the newest order counts, not that of the newest invoice.
    [Fact]
    public Task A_mandate_that_was_used_for_an_older_invoice_is_used() => BillingTable.RunAsync("""
        today 2026-12-01
        seller 0 creditor DE98ZZZ09999999999
        customer ann 20d mandate M-1
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-11-30             2026-000001 ann 10.00
        customer ann 5d mandate M-1
        charge c2 ann 20.00 on 2026-10-05              20.00
        run r2 2026-10-31 dated 2026-11-30             2026-000002 ann 20.00
        debit o1 2026-12-10                            12-07: 2026-000002 20.00 FRST
        customer ann 5d mandate M-2 one_off
        debit o2 2026-12-31                            12-21: 2026-000001 10.00 OOFF
        charge c3 ann 30.00 on 2026-10-05              30.00
        run r3 2026-10-31 dated 2026-12-01             2026-000003 ann 30.00
        debit o3 2026-12-31                            2026-000003 mandate_used
        """);

    [Fact]
    public Task A_refund_is_paid_once() => BillingTable.RunAsync(Begin + """
        pay p1 2026-000001 11.90                       2026-000001 11.90
        pay p2 ann 30.00                               rest 30.00
        pay p3 cyd 50.00                               2026-000003 35.70, rest 14.30
        refund f1 ann 20.00                            credit 20.00
        refund f2 cyd 14.30                            credit 14.30
        refund f3 ann 11.90 of p1                      2026-000001 11.90
        payout o1 f1                                   12-02: f1 20.00
        payout o1 f1                                   12-02: f1 20.00 again
        payout o2 f1 f2                                f1 already_ordered; f2 account_not_reached
        payout o3 from 2026-12-01                      12-02: f3 11.90; f2 account_not_reached
        cancel o1:2026-12-02                           f1
        payout o4 from 2026-12-01                      12-02: f1 20.00; f2 account_not_reached
        """);

    [Fact]
    public Task What_cannot_be_ordered_is_refused_with_its_field() => BillingTable.RunAsync("""
        today 2026-12-01
        debit d1 2026-12-31                            seller_missing
        seller 19 default 19
        debit d1 2026-12-31                            invalid seller
        payout o1 from 2026-12-01                      invalid seller
        seller 19 default 19 creditor DE98ZZZ09999999999
        debit d1 2026-12-04 on 2026-12-05              invalid date
        debit d1 2026-12-01 on 2026-12-01              invalid date
        debit d1 2026-12-31 on 2026-12-09              invalid date
        payout o1 f9                                   invalid refunds
        payout o1 from 2026-12-01                      nothing
        """);
}
