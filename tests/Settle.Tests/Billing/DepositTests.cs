using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Deposit invoices, and the final ones that settle them (B23).</summary>
public sealed class DepositTests
{
    [Fact]
    public Task A_deposit_is_asked_for_paid_and_deducted_once() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        charge c1 ann 50.00 on 2026-10-05              50.00
        dry r0 2026-10-31 dated 2026-10-05             2026-000001 ann 59.50, 2026-000002 ann 119.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 59.50, 2026-000002 ann 119.00
        open 2026-000001                               59.50 invoice
        open 2026-000002                               119.00 deposit
        balance revenue                                50.00
        balance tax:S:19                               9.50
        balance deposit-invoices                       100.00
        balance deposit-tax:S:19                       19.00
        pay p1 2026-000002 119.00 on 2026-10-12        2026-000002 119.00
        balance tax:S:19                               28.50
        balance deposit-tax:S:19                       0.00
        charge c2 ann 300.00 on 2026-11-20             300.00
        dry r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000002   2026-000003 ann 357.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000002   2026-000003 ann 357.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000002   2026-000003 ann 357.00 again
        invoice 2026-000003                            300.00 S19 300.00+57.00 = 357.00 open 238.00
        prepaid 2026-000003                            119.00
        deposits 2026-000003                           2026-000002 119.00 (S19 100.00+19.00)
        settled 2026-000002                            2026-000003
        balance revenue                                350.00
        balance tax:S:19                               66.50
        balance deposit-invoices                       0.00
        balance receivable:ann                         -297.50
        charge c3 ann 300.00 on 2026-12-01             300.00
        run r3 2026-12-31 only ann dated 2026-12-31 settles 2026-000002   nothing
        parked r3                                      ann deposit_not_settleable
        credit g1 2026-000002 on 2026-12-31            deposit_settled
        statement ann 2026-12-31                       10-05 invoice 2026-000001 59.50; 10-05 deposit_invoice 2026-000002 119.00; 10-12 payment p1 -119.00; 11-30 invoice 2026-000003 357.00; 11-30 deposit_settled 2026-000002 -119.00 = 297.50 [0.00 238.00 0.00 59.50 0.00]
        restart
        pay p2 ann 297.50 on 2026-12-31                2026-000001 59.50, 2026-000003 238.00
        balance receivable:ann                         0.00
        """);

    [Fact]
    public Task Its_tax_is_due_by_as_much_as_is_paid() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge d1 ann 100.00 tax 19 deposit on 2026-10-05   100.00
        charge d2 ann 100.00 tax 7 deposit on 2026-10-05    100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 226.00
        pay p1 2026-000001 113.00 on 2026-10-12        2026-000001 113.00
        balance tax:S:19                               9.50
        balance tax:S:7                                3.50
        balance deposit-tax:S:19                       9.50
        chargeback b1 p1 13.00 on 2026-10-13           2026-000001 13.00
        balance tax:S:19                               8.41
        balance tax:S:7                                3.10
        run r2 2026-10-31 only ann dated 2026-11-01 settles 2026-000001   nothing
        pay p2 2026-000001 126.00 on 2026-10-14        2026-000001 126.00
        balance tax:S:19                               19.00
        balance tax:S:7                                7.00
        balance deposit-tax:S:7                        0.00
        chargeback b2 p2 on 2026-10-15                 2026-000001 126.00
        chargeback b3 p1 on 2026-10-15                 2026-000001 100.00
        balance tax:S:19                               0.00
        balance deposit-tax:S:19                       19.00
        balance receivable:ann                         -226.00
        """);

    [Fact]
    public Task Only_what_is_paid_is_settled_and_the_rest_is_credited() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        charge d2 bob 10.00 deposit on 2026-10-05      10.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00, 2026-000002 bob 11.90
        pay p1 2026-000001 59.50 on 2026-10-12         2026-000001 59.50
        pay p2 2026-000002 11.90 on 2026-10-12         2026-000002 11.90
        charge c1 ann 300.00 on 2026-11-20             300.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   nothing
        parked r2                                      ann deposit_not_settleable
        run r3 2026-11-30 only ann dated 2026-11-30 settles 2026-000002   nothing
        pay p3 2026-000001 59.50 write-off             deposit_not_written_off
        credit g1 2026-000001 59.50 on 2026-11-29      C2026-000001 59.50
        balance deposit-invoices                       60.00
        balance deposit-tax:S:19                       0.00
        balance tax:S:19                               11.40
        run r4 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   2026-000003 ann 357.00
        deposits 2026-000003                           2026-000001 59.50 (S19 50.00+9.50)
        invoice 2026-000003                            300.00 S19 300.00+57.00 = 357.00 open 297.50
        balance tax:S:19                               58.90
        balance revenue                                300.00
        """);

    [Fact]
    public Task A_deposit_that_is_credited_after_it_was_paid_is_the_customers_money() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        pay p1 2026-000001 119.00 on 2026-10-12        2026-000001 119.00
        credit g1 2026-000001 19.00 on 2026-10-13      C2026-000001 19.00
        balance tax:S:19                               15.97
        balance deposit-invoices                       84.03
        balance receivable:ann                         19.00
        credit g2 2026-000001 rebill on 2026-10-14     already_credited
        credit g3 2026-000001 on 2026-10-14            C2026-000002 100.00
        balance tax:S:19                               0.00
        balance deposit-invoices                       0.00
        balance receivable:ann                         119.00
        refund f1 ann 119.00 on 2026-10-15             credit 119.00
        """);

    [Fact]
    public Task A_final_invoice_that_is_credited_opens_its_deposits_again() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        pay p1 2026-000001 119.00 on 2026-10-12        2026-000001 119.00
        charge c1 ann 300.00 on 2026-11-20             300.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   2026-000002 ann 357.00
        pay p2 2026-000002 100.00 on 2026-12-01        2026-000002 100.00
        chargeback b1 p1 19.00 on 2026-12-02           2026-000001 19.00
        balance tax:S:19                               57.00
        credit g1 2026-000002 rebill on 2026-12-03     C2026-000001 357.00
        settled 2026-000001                            no
        balance revenue                                0.00
        balance tax:S:19                               15.97
        balance deposit-tax:S:19                       3.03
        balance deposit-invoices                       100.00
        balance receivable:ann                         81.00
        statement ann 2026-12-03                       10-05 deposit_invoice 2026-000001 119.00; 10-12 payment p1 -119.00; 11-30 invoice 2026-000002 357.00; 11-30 deposit_settled 2026-000001 -119.00; 12-01 payment p2 -100.00; 12-02 chargeback b1 19.00; 12-03 credit_note C2026-000001 -357.00; 12-03 deposit_reopened 2026-000001 119.00 = -81.00 [0.00 0.00 0.00 0.00 0.00]
        restart
        pay p3 2026-000001 19.00 on 2026-12-04         2026-000001 19.00
        run r3 2026-12-31 only ann dated 2026-12-31 settles 2026-000001   2026-000003 ann 357.00
        invoice 2026-000003                            300.00 S19 300.00+57.00 = 357.00 open 138.00
        balance tax:S:19                               57.00
        """);

    // Its work was done, so nobody can take it back with a credit note: it is a debt like any other.
    [Fact]
    public Task A_settled_deposit_whose_money_went_back_is_written_off() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        pay p1 2026-000001 119.00 on 2026-10-12        2026-000001 119.00
        charge c1 ann 300.00 on 2026-11-20             300.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   2026-000002 ann 357.00
        pay p2 2026-000002 238.00 on 2026-12-01        2026-000002 238.00
        chargeback b1 p1 on 2026-12-02                 2026-000001 119.00
        credit g1 2026-000001 on 2026-12-03            deposit_settled
        pay p3 2026-000001 19.00 write-off on 2026-12-03   2026-000001 19.00
        restart
        pay p4 ann 100.00 write-off on 2026-12-03      2026-000001 100.00
        open 2026-000001                               0.00 deposit
        balance write-offs                             -119.00
        balance receivable:ann                         0.00
        balance tax:S:19                               57.00
        credit g2 2026-000002 rebill on 2026-12-04     exceeds_invoice
        credit g3 2026-000002 357.00 on 2026-12-04     exceeds_invoice
        credit g4 2026-000002 on 2026-12-04            C2026-000001 238.00
        settled 2026-000001                            2026-000002
        balance write-offs                             -119.00
        balance receivable:ann                         238.00
        refund f1 ann 238.00 on 2026-12-05             credit 238.00
        balance receivable:ann                         0.00
        """);

    // The same run bills the customer's dollars, and what is settled there is nothing.
    [Fact]
    public Task A_deposit_is_settled_by_the_invoice_of_its_own_currency() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge d1 ann 100.00 EUR deposit on 2026-10-05   100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        pay p1 2026-000001 119.00 on 2026-10-12        2026-000001 119.00
        charge c1 ann 300.00 EUR on 2026-11-20         300.00
        charge c2 ann 10.00 USD on 2026-11-20          10.00
        dry r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001 rate EUR/USD=1.25@2026-11-27   2026-000002 ann 357.00, 2026-000003 ann 11.90
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001 rate EUR/USD=1.25@2026-11-27   2026-000002 ann 357.00, 2026-000003 ann 11.90
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001 rate EUR/USD=1.25@2026-11-27   2026-000002 ann 357.00 again, 2026-000003 ann 11.90 again
        settled 2026-000001                            2026-000002
        prepaid 2026-000003                            0.00
        charge c3 ann 10.00 USD on 2026-11-20          10.00
        run r3 2026-11-30 only ann dated 2026-11-30 settles 2026-000002 rate EUR/USD=1.25@2026-11-27   2026-000004 ann 11.90
        parked r3                                      ann nothing_to_invoice
        """);

    // 31.00 of the credit note is the customer's, as the deposit had brought it.
    [Fact]
    public Task A_part_of_a_final_invoice_that_is_credited_leaves_its_deposits_settled() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge d1 ann 119.00 deposit on 2026-10-05     119.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        pay p1 2026-000001 119.00 on 2026-10-12        2026-000001 119.00
        charge c1 ann 238.00 on 2026-11-20             238.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   2026-000002 ann 238.00
        credit g1 2026-000002 150.00 on 2026-12-01     C2026-000001 150.00
        balance receivable:ann                         31.00
        credit g2 2026-000002 on 2026-12-01            C2026-000002 88.00
        settled 2026-000001                            2026-000002
        balance receivable:ann                         119.00
        refund f1 ann 119.00 on 2026-12-02             credit 119.00
        """);

    [Fact]
    public Task A_final_invoice_deducts_no_more_than_it_comes_to() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        offers 2026-000001                             
        pay p1 2026-000001 119.00 on 2026-10-12        2026-000001 119.00
        charge c1 ann 99.99 on 2026-11-20              99.99
        dry r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   nothing
        parked r2                                      ann exceeds_invoice
        charge c2 ann 200.00 on 2026-11-21             200.00
        run r3 2026-11-30 dated 2026-11-30             2026-000002 ann 356.99
        warned r3                                      ann has paid a deposit (2026-000001) that 2026-000002 does not deduct; where it should, credit it so that its charges are billed again, and name the deposit that the next invoice settles
        credit g1 2026-000002 rebill on 2026-11-30     C2026-000001 356.99
        run r4 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   2026-000003 ann 356.99
        offers 2026-000003                             2% by 12-10: 4.76 less, 233.23
        pay p2 2026-000003 233.23 on 2026-12-05        2026-000003 233.23, discount 2026-000003 4.76 (S19 4.00+0.76)
        balance receivable:ann                         0.00
        """);

    // What had been paid too much pays a deposit invoice as well, and its tax is due at once.
    [Fact]
    public Task What_was_paid_before_pays_a_deposit() => BillingTable.RunAsync("""
        seller 19
        customer ann
        pay p0 ann 59.50 on 2026-10-01                 rest 59.50
        charge d1 ann 100.00 deposit on 2026-10-05     100.00
        run r1 2026-10-31 dated 2026-10-05             2026-000001 ann 119.00
        prepaid 2026-000001                            59.50
        balance tax:S:19                               9.50
        balance deposit-tax:S:19                       9.50
        pay p1 2026-000001 59.50 on 2026-10-06         2026-000001 59.50
        charge c1 ann 100.00 on 2026-11-01             100.00
        run r2 2026-11-30 only ann dated 2026-11-30 settles 2026-000001   2026-000002 ann 119.00
        open 2026-000002                               0.00 invoice
        balance receivable:ann                         0.00
        balance revenue                                100.00
        """);

    [Fact]
    public Task Only_billing_moves_money_on_the_accounts_of_deposits() => BillingTable.RunAsync("""
        seller 19
        transfer t1 @world -> deposit-invoices 1.00     billing_account
        transfer t2 @world -> deposit-tax:S:19 1.00     billing_account
        transfer t3 @world -> deposit-tax:2026 1.00
        """);

    [Fact]
    public Task What_somebody_had_on_such_an_account_before_can_be_taken_away() => BillingTable.RunAsync("""
        transfer t0 @world -> deposit-invoices 5.00
        transfer t1 @world -> revenue 7.00
        seller 19
        customer ann
        transfer t2 @world -> deposit-invoices 1.00     billing_account
        transfer t3 deposit-invoices -> savings 5.01    billing_account
        transfer t4 deposit-invoices -> revenue 1.00    billing_account
        transfer t5 deposit-invoices -> savings 3.00
        restart
        transfer t6 deposit-invoices -> savings 2.00
        transfer t7 deposit-invoices -> savings 0.01    billing_account
        transfer t8 revenue -> savings 7.00
        balance deposit-invoices                       0.00
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 11.90
        transfer t9 revenue -> savings 1.00             billing_account
        balance revenue                                10.00
        charge d1 ann 10.00 deposit on 2026-10-05      10.00
        run r2 2026-10-31 dated 2026-10-31             2026-000002 ann 11.90
        transfer ta deposit-invoices -> savings 1.00    billing_account
        """);
}
