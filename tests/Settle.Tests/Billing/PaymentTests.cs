using Xunit;

namespace Settle.Tests.Invoicing;

public sealed class PaymentTests
{
    [Fact]
    public Task A_debt_is_never_written_off_before_it_was_owed() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 10.00
        charge c2 ann 20.00 on 2026-10-06              20.00
        run r2 2026-10-31 dated 2026-11-10             2026-000002 ann 20.00
        pay w1 2026-000002 3.00 write-off on 2026-11-09  write_off_before_invoice
        pay w1 2026-000002 3.00 write-off on 2026-11-09  write_off_before_invoice again
        pay w2 ann 10.01 write-off on 2026-11-09       write_off_before_invoice
        pay w3 ann 10.00 write-off on 2026-10-30       write_off_before_invoice
        pay w4 ann 30.01 write-off on 2026-10-30       exceeds_invoice
        pay w5 ann 10.00 write-off on 2026-11-09       2026-000001 10.00
        pay p1 2026-000002 1.00 on 2026-10-01          2026-000002 1.00
        pay w6 2026-000002 3.00 write-off on 2026-11-10  2026-000002 3.00
        charge c3 ann 5.00 on 2026-10-06               5.00
        run r3 2026-10-31 dated 2026-12-24             2026-000003 ann 5.00
        pay w7 2026-000003 5.00 write-off              2026-000003 5.00
        statement ann 2026-12-23                       10-01 payment p1 -1.00; 10-31 invoice 2026-000001 10.00; 11-09 write_off w5 -10.00; 11-10 invoice 2026-000002 20.00; 11-10 write_off w6 -3.00 = 16.00 [0.00 16.00 0.00 0.00 0.00]
        """);

    [Fact]
    public Task Without_a_number_the_oldest_are_paid_first() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        charge c2 ann 20.00 on 2026-10-05              20.00
        run r2 2026-10-31                              2026-000002 ann 20.00
        charge c3 ann 30.00 on 2026-10-05              30.00
        run r3 2026-10-31                              2026-000003 ann 30.00
        pay p1 2026-000002 5.00                        2026-000002 5.00
        pay p2 ann 20.00                               2026-000001 10.00, 2026-000002 10.00
        pay p2 ann 20.00                               2026-000001 10.00, 2026-000002 10.00 again
        pay p3 ann 50.00                               2026-000002 5.00, 2026-000003 30.00, rest 15.00
        invoice 2026-000003                            30.00 Z0 30.00+0.00 = 30.00 paid 0.00
        charge c4 ann 10.00 on 2026-10-05              10.00
        run r4 2026-10-31                              2026-000004 ann 10.00
        invoice 2026-000004                            10.00 Z0 10.00+0.00 = 10.00 paid 0.00
        charge c5 ann 10.00 on 2026-10-05              10.00
        run r5 2026-10-31                              2026-000005 ann 10.00
        invoice 2026-000005                            10.00 Z0 10.00+0.00 = 10.00 open 5.00
        balance receivable:ann                         -5.00
        balance @world                                 -75.00
        """);

    [Fact]
    public Task Debts_are_given_up_and_wallets_pay_what_they_have() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        transfer t1 @world -> wallet 4.00
        pay p1 2026-000001 4.01 from wallet            insufficient_funds
        pay p2 2026-000001 4.00 from wallet            2026-000001 4.00
        pay p3 2026-000001 6.01 write-off              exceeds_invoice
        pay p4 2026-000001 6.00 write-off              2026-000001 6.00
        invoice 2026-000001                            10.00 Z0 10.00+0.00 = 10.00 written_off 0.00
        balance write-offs                             -6.00
        balance receivable:ann                         0.00
        pay p5 2026-000009 1.00                        invoice_not_found
        pay p6 eve 1.00                                unknown_customer
        pay p7 2026-000001 1.00 USD                    asset_differs
        credit g1 2026-000001 6.00                     exceeds_invoice
        """);

    [Fact]
    public Task A_statement_says_what_is_owed_and_for_how_long() => BillingTable.RunAsync("""
        seller 0
        customer ann 10d
        charge c1 ann 10.00 on 2026-08-05              10.00
        run r1 2026-08-31 dated 2026-09-01             2026-000001 ann 10.00
        charge c2 ann 20.00 on 2026-10-05              20.00
        run r2 2026-10-31 dated 2026-11-01             2026-000002 ann 20.00
        pay p1 2026-000001 4.00 on 2026-11-05          2026-000001 4.00
        statement ann 2026-11-05                       09-01 invoice 2026-000001 10.00; 11-01 invoice 2026-000002 20.00; 11-05 payment p1 -4.00 = 26.00 [20.00 0.00 6.00 0.00 0.00]
        statement ann 2026-10-01                       09-01 invoice 2026-000001 10.00 = 10.00 [0.00 10.00 0.00 0.00 0.00]
        """);

    [Fact]
    public Task An_erased_customer_stays_on_issued_invoices() => BillingTable.RunAsync("""
        seller 0
        customer ann id k1
        customer ann id k1                              again
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 10.00
        erase ann
        buyer 2026-000001                              ANN
        restart
        buyer 2026-000001                              ANN
        """);
}
