using Xunit;

namespace Settle.Tests.Invoicing;

public sealed class MoneyBackTests
{
    [Fact]
    public Task A_bank_takes_a_payment_back_and_its_invoice_is_open_again() => BillingTable.RunAsync("""
        seller 19
        customer ann 10d
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        pay p1 2026-000001 119.00 on 2026-11-05        2026-000001 119.00
        chargeback b1 p1 fee 3.00 on 2026-11-09        2026-000001 119.00
        chargeback b1 p1 fee 3.00 on 2026-11-09        2026-000001 119.00 again
        chargeback b1 p1 fee 4.00 on 2026-11-09        id_reused fee
        chargeback b2 p1                               exceeds_payment
        invoice 2026-000001                            100.00 S19 100.00+19.00 = 119.00 open 119.00
        balance receivable:ann                         -119.00
        balance @world                                 0.00
        statement ann 2026-12-31                       11-01 invoice 2026-000001 119.00; 11-05 payment p1 -119.00; 11-09 chargeback b1 119.00 = 119.00 [0.00 0.00 119.00 0.00 0.00]
        uninvoiced                                     b1
        run r2 2026-11-30 dated 2026-12-01             2026-000002 ann 3.00
        lines 2026-000002                              b1 1 x 3 = 3.00 O0
        billed b1                                      2026-000002
        pay p2 ann 122.00                              2026-000001 119.00, 2026-000002 3.00
        """);

    [Fact]
    public Task A_fee_needs_a_seller_who_can_charge_it() => BillingTable.RunAsync("""
        customer ann
        pay p1 ann 15.00 on 2026-11-01                 rest 15.00
        chargeback b1 p1 5.00 fee 3.00 on 2026-11-02   seller_missing
        chargeback b2 p1 5.00 on 2026-11-02            credit 5.00
        seller 19
        chargeback b3 p1 5.00 fee 3.00 on 2026-11-02   credit 5.00
        uninvoiced                                     b3
        """);

    [Fact]
    public Task No_money_goes_back_before_it_was_paid() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 10.00
        pay p1 ann 15.00 on 2026-11-03                 2026-000001 10.00, rest 5.00
        chargeback b1 p1 fee 3.00 on 2026-11-02        money_back_before_payment
        chargeback b1 p1 fee 3.00 on 2026-11-02        money_back_before_payment again
        chargeback b2 p1 20.00 on 2020-01-01           money_back_before_payment
        refund b3 ann 1.00 of p1 on 2026-11-02         money_back_before_payment
        statement ann 2026-11-02                       11-01 invoice 2026-000001 10.00 = 10.00 [10.00 0.00 0.00 0.00 0.00]
        refund b4 ann 1.00 of p1 on 2026-11-03         credit 1.00
        chargeback b5 p1 on 2026-11-03                 2026-000001 10.00, credit 4.00
        """);

    [Fact]
    public Task What_was_paid_too_much_is_not_given_back_before_it_was_paid() => BillingTable.RunAsync("""
        seller 0
        customer ann
        pay p1 ann 10.00 on 2026-11-03                 rest 10.00
        refund b1 ann 1.00 on 2026-11-02               money_back_before_payment
        pay p2 ann 10.00 on 2026-11-01                 rest 10.00
        refund b2 ann 1.00 on 2026-10-31               money_back_before_payment
        restart
        refund b3 ann 20.00 on 2026-11-02              credit 20.00
        pay p3 ann 10.00 on 2026-12-24                 rest 10.00
        refund b4 ann 1.00 on 2026-12-23               money_back_before_payment
        refund b5 ann 1.00                             credit 1.00
        refund b6 ann 9.00 on 2026-12-24               credit 9.00
        """);

    [Fact]
    public Task Where_no_day_is_given_money_goes_back_today_or_on_the_day_of_its_payment() => BillingTable.RunAsync("""
        seller 0
        customer ann
        pay p1 ann 15.00 on 2026-12-24                 rest 15.00
        chargeback b1 p1 5.00                          credit 5.00
        refund b2 ann 5.00 of p1                       credit 5.00
        statement ann 2026-12-31                       12-24 payment p1 -15.00; 12-24 chargeback b1 5.00; 12-24 refund b2 5.00 = -5.00 [0.00 0.00 0.00 0.00 0.00]
        """);

    [Fact]
    public Task What_is_owed_beyond_all_invoices_is_due_at_once() => BillingTable.RunAsync("""
        seller 0
        customer ann
        pay p1 ann 60.00 on 2026-11-01                 rest 60.00
        refund b1 ann 60.00 on 2026-11-02              credit 60.00
        chargeback b2 p1 40.00 on 2026-11-05           credit 40.00
        chargeback b3 p1 20.00 on 2026-12-20           credit 20.00
        statement ann 2026-11-05                       11-01 payment p1 -60.00; 11-02 refund b1 60.00; 11-05 chargeback b2 40.00 = 40.00 [0.00 40.00 0.00 0.00 0.00]
        pay p2 ann 10.00 on 2026-12-21                 rest 10.00
        statement ann 2026-12-21                       11-01 payment p1 -60.00; 11-02 refund b1 60.00; 11-05 chargeback b2 40.00; 12-20 chargeback b3 20.00; 12-21 payment p2 -10.00 = 50.00 [0.00 20.00 30.00 0.00 0.00]
        """);

    [Fact]
    public Task A_part_that_is_taken_back_opens_a_part() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        charge c2 ann 20.00 on 2026-10-06              20.00
        run r2 2026-10-31                              2026-000002 ann 20.00
        pay p1 ann 35.00                               2026-000001 10.00, 2026-000002 20.00, rest 5.00
        chargeback b1 p1 9.00                          2026-000002 4.00, credit 5.00
        invoice 2026-000002                            20.00 Z0 20.00+0.00 = 20.00 open 4.00
        chargeback b2 p1 18.00                         2026-000002 16.00, 2026-000001 2.00
        chargeback b3 p1 8.01                          exceeds_payment
        chargeback b3 p1 8.01                          exceeds_payment again
        refund b4 ann 8.00 of p1                       2026-000001 8.00
        balance receivable:ann                         -30.00
        pay p2 ann 30.00                               2026-000001 10.00, 2026-000002 20.00
        restart
        chargeback b5 p1                               exceeds_payment
        chargeback b6 p2                               2026-000002 20.00, 2026-000001 10.00
        """);

    [Fact]
    public Task What_was_paid_too_much_is_given_back_once() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31                              2026-000001 ann 119.00
        refund b0 ann 1.00                             exceeds_credit
        pay p1 ann 169.00                              2026-000001 119.00, rest 50.00
        refund b1 ann 50.01                            exceeds_credit
        refund b2 ann 50.00                            credit 50.00
        refund b2 ann 50.00                            credit 50.00 again
        refund b3 ann 0.01                             exceeds_credit
        charge c2 ann 100.00 on 2026-10-05             100.00
        run r2 2026-10-31                              2026-000002 ann 119.00
        invoice 2026-000002                            100.00 S19 100.00+19.00 = 119.00 open 119.00
        balance receivable:ann                         -119.00
        """);

    [Fact]
    public Task A_payment_goes_back_to_where_it_came_from() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        transfer t1 @world -> wallet 10.00
        pay p1 2026-000001 10.00 from wallet           2026-000001 10.00
        balance wallet                                 0.00
        refund b1 ann 4.00 of p1                       2026-000001 4.00
        balance wallet                                 4.00
        refund b2 ann 1.00 of p1 to till               2026-000001 1.00
        balance till                                   1.00
        chargeback b3 p1                               2026-000001 5.00
        balance wallet                                 9.00
        close wallet
        pay p2 2026-000001 10.00                       2026-000001 10.00
        refund b4 ann 1.00 of p2 to wallet             account_closed
        """);

    [Fact]
    public Task A_payment_of_a_credited_invoice_comes_back_from_what_is_left_over() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31                              2026-000001 ann 119.00
        pay p1 2026-000001 119.00                      2026-000001 119.00
        credit g1 2026-000001                          C2026-000001 119.00
        refund b1 ann 119.00 of p1                     credit 119.00
        balance receivable:ann                         0.00
        refund b2 ann 1.00                             exceeds_credit
        """);

    [Fact]
    public Task A_left_over_that_paid_the_next_invoice_opens_it_again() => BillingTable.RunAsync("""
        seller 0
        customer ann
        pay p1 ann 30.00                               rest 30.00
        charge c1 ann 20.00 on 2026-10-05              20.00
        run r1 2026-10-31                              2026-000001 ann 20.00
        invoice 2026-000001                            20.00 Z0 20.00+0.00 = 20.00 paid 0.00
        chargeback b1 p1                               2026-000001 20.00, credit 10.00
        invoice 2026-000001                            20.00 Z0 20.00+0.00 = 20.00 open 20.00
        balance receivable:ann                         -20.00
        """);

    [Fact]
    public Task What_was_refunded_before_the_bank_took_it_is_owed_beyond_the_invoices() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        pay p1 ann 15.00                               2026-000001 10.00, rest 5.00
        refund b1 ann 5.00                             credit 5.00
        chargeback b2 p1                               2026-000001 10.00, credit 5.00
        balance receivable:ann                         -15.00
        refund b3 ann 0.01                             exceeds_credit
        pay p2 ann 15.00                               2026-000001 10.00, rest 5.00
        refund b4 ann 0.01                             exceeds_credit
        balance receivable:ann                         0.00
        """);

    [Fact]
    public Task Only_payments_that_brought_money_go_back() => BillingTable.RunAsync("""
        seller 0
        customer ann
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        pay p1 2026-000001 4.00 write-off              2026-000001 4.00
        pay p2 2026-000001 6.00                        2026-000001 6.00
        pay p3 nobody 6.00                             unknown_customer
        chargeback b1 p1                               payment_not_found
        chargeback b2 p3                               payment_not_found
        chargeback b3 nothing                          payment_not_found
        chargeback b4 c1                               payment_not_found
        refund b5 bob 6.00 of p2                       payment_not_found
        refund b6 nobody 6.00                          unknown_customer
        refund b7 ann 6.00 USD of p2                   asset_differs
        refund b8 ann 6.01 of p2                       exceeds_payment
        chargeback b9 p2 6.01                          exceeds_payment
        refund b10 ann 6.00 of p2 to receivable:ann    invalid to
        pay p4 ann 1.00 from revenue                   invalid from
        invoice 2026-000001                            10.00 Z0 10.00+0.00 = 10.00 written_off 0.00
        chargeback b11 p2                              2026-000001 6.00
        invoice 2026-000001                            10.00 Z0 10.00+0.00 = 10.00 open 6.00
        """);
}
