using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Quotes, and the charges that they become (B24).</summary>
public sealed class QuoteTests
{
    [Fact]
    public Task A_quote_books_nothing_and_is_billed_once_it_is_accepted() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        quote q1 ann 100.00 40.00/7 3x9.99 on 2026-10-05 until 2026-11-30   Q2026-000001 197.46 open
        quote q1 ann 100.00 40.00/7 3x9.99 on 2026-10-05 until 2026-11-30   Q2026-000001 197.46 open again
        quote q2 ann 5.00 on 2026-10-05                Q2026-000002 5.95 open
        balance receivable:ann                         0.00
        uninvoiced                                     c1
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 11.90
        withdraw q1:1 w1                               charge_not_open
        accept a1 Q2026-000001 on 2026-11-20           Q2026-000001 accepted
        accept a1 Q2026-000001 on 2026-11-20           Q2026-000001 accepted again
        accept a2 Q2026-000001 on 2026-11-20           quote_accepted
        decline a3 Q2026-000001 on 2026-11-20          quote_accepted
        uninvoiced                                     q1:1, q1:2, q1:3
        amount q1:1                                    100.00 2026-11-20
        run r0 2026-11-19 dated 2026-11-19             nothing
        withdraw q1:2 w2                               withdrawn
        dry r2 2026-11-30 dated 2026-11-30             2026-000002 ann 154.66
        run r2 2026-11-30 dated 2026-11-30             2026-000002 ann 154.66
        quoted 2026-000002                             Q2026-000001
        quoted 2026-000001                             none
        billed q1:1                                    2026-000002
        amount q1:1                                    100.00 2026-11-20
        credit g1 2026-000002 on 2026-12-01 rebill     C2026-000001 154.66
        amount q1:1                                    100.00 2026-11-20
        restart
        run r3 2026-12-31 dated 2026-12-31             2026-000003 ann 154.66
        amount q1:3                                    29.97 2026-11-20
        accept a4 Q2026-000001 on 2026-12-31           quote_accepted
        quotes                                         Q2026-000002 open, Q2026-000001 accepted
        """);

    [Fact]
    public Task A_series_whose_numbers_look_like_those_of_quotes_is_refused_whatever_came_between() => BillingTable.RunAsync("""
        seller 19 series R-
        customer ann
        quote q1 ann 10.00 on 2026-10-05               QR-000001 11.90 open
        seller 19 series A-
        seller 19 series QR-                           invalid series
        seller 19 series qr-                           invalid series
        seller 19 series R-
        seller 19 series QB-
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             QB-000001 ann 11.90
        seller 19 series A-
        seller 19 series B-                            invalid series
        """);

    [Fact]
    public Task What_has_expired_or_was_declined_is_not_accepted() => BillingTable.RunAsync("""
        today 2026-11-22
        seller 19
        customer ann
        customer bob asset USD
        quote q1 ann 100.00 on 2026-11-22 until 2026-12-07   Q2026-000001 119.00 open
        quote q2 bob 100.00 on 2026-11-22 until 2026-12-07   Q2026-000002 119.00 open
        quote q3 ann 100.00 on 2026-11-22              Q2026-000003 119.00 open
        quote q4 ann 100.00 on 2026-11-22 until 2026-11-21   invalid valid_until
        quote q4 ann on 2026-11-22                     invalid lines
        accept a0 Q2026-000001 on 2026-11-21           answer_before_quote
        today 2026-12-08
        quotes                                         Q2026-000003 open, Q2026-000002 expired, Q2026-000001 expired
        accept a1 Q2026-000001                         quote_expired
        uninvoiced                                     none
        accept a2 Q2026-000001 on 2026-12-07           Q2026-000001 accepted
        accept a3 Q2026-000002 late                    Q2026-000002 accepted
        decline a4 Q2026-000003                        Q2026-000003 declined
        decline a4 Q2026-000003                        Q2026-000003 declined again
        decline a5 Q2026-000003                        quote_declined
        accept a6 Q2026-000003 late                    quote_declined
        accept a7 Q2026-000009                         quote_not_found
        accept a8 2026-000001                          quote_not_found
        uninvoiced                                     q1:1, q2:1
        run r1 2026-12-31 dated 2026-12-31 rate EUR/USD=1.25@2026-12-31   2026-000001 ann 119.00, 2026-000002 bob 119.00
        quote q5 ann 1.00 on 2027-01-02                Q2027-000001 1.19 open
        """);

    [Fact]
    public Task A_quote_has_the_taxes_that_its_invoice_will_have() => BillingTable.RunAsync("""
        seller 19 7
        customer ann reverse_charge
        customer bob
        quote q1 ann 100.00 on 2026-10-05              Q2026-000001 100.00 open
        quote q2 bob 9.99/7 5.00/19 gross on 2026-10-05   Q2026-000002 14.99 open
        quote q5 ann 100.00 7.00/out_of_scope on 2026-10-05   Q2026-000003 107.00 open
        offered Q2026-000003                           AE 100.00, O 7.00
        quote q6 ann 7.00/out_of_scope on 2026-10-05   Q2026-000004 7.00 open
        offered Q2026-000004                           O 7.00
        quote q3 bob 5.00/21 on 2026-10-05             unknown_tax_rate
        quote q3 bob 5.00/21 on 2026-10-05             unknown_tax_rate again
        quote q4 eve 5.00 on 2026-10-05                unknown_customer
        accept a1 Q2026-000001 on 2026-10-06           Q2026-000001 accepted
        accept a2 Q2026-000002 on 2026-10-06           Q2026-000002 accepted
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 100.00, 2026-000002 bob 14.99
        """);

    [Fact]
    public Task None_is_made_or_accepted_for_a_customer_whose_name_was_erased() => BillingTable.RunAsync("""
        seller 19
        customer ann
        quote q1 ann 5.00 on 2026-10-05                Q2026-000001 5.95 open
        quote q2 ann 5.00 on 2026-10-05                Q2026-000002 5.95 open
        quote q3 ann 5.00 on 2026-10-05                Q2026-000003 5.95 open
        accept a3 Q2026-000003 on 2026-10-06           Q2026-000003 accepted
        erase ann
        quote q4 ann 5.00 on 2026-10-05                invalid customer
        quote q1 ann 5.00 on 2026-10-05                Q2026-000001 5.95 open again
        accept a1 Q2026-000001 on 2026-10-06           invalid customer
        accept a3 Q2026-000003 on 2026-10-06           Q2026-000003 accepted again
        decline a2 Q2026-000002                        Q2026-000002 declined
        customer ann
        accept a1 Q2026-000001 on 2026-10-06           Q2026-000001 accepted
        quote q4 ann 5.00 on 2026-10-05                Q2026-000004 5.95 open
        """);

    [Fact]
    public Task A_line_for_nothing_is_billed_with_the_others() => BillingTable.RunAsync("""
        seller 19
        customer ann
        quote q1 ann 100.00 2x0 on 2026-10-05          Q2026-000001 119.00 open
        accept a1 Q2026-000001 on 2026-10-06           Q2026-000001 accepted
        uninvoiced                                     q1:1, q1:2
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 119.00
        charges r1                                     2
        credit g1 2026-000001 on 2026-10-31 rebill     C2026-000001 119.00
        restart
        uninvoiced                                     q1:1, q1:2
        run r2 2026-10-31 dated 2026-10-31             2026-000002 ann 119.00
        charges r2                                     2
        """);

    [Fact]
    public Task A_subscription_may_have_the_name_of_a_quote() => BillingTable.RunAsync("""
        seller 19
        customer ann
        quote desk ann 100.00 on 2026-10-05            Q2026-000001 119.00 open
        subscribe desk ann 31.00 from 2026-10-01
        accept a1 Q2026-000001 on 2026-10-06           Q2026-000001 accepted
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 155.89
        credit g1 2026-000001 on 2026-10-31 rebill     C2026-000001 155.89
        end desk 2026-10-10
        amount desk:1                                  100.00 2026-10-06
        amount desk:2026-10                            10.00 2026-10-10
        restart
        run r2 2026-10-31 dated 2026-10-31             2026-000002 ann 130.90
        quoted 2026-000002                             Q2026-000001
        run r3 2026-12-31 dated 2026-12-31             nothing
        """);

    [Fact]
    public Task An_id_is_of_one_quote_for_ever() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge q2:2 ann 1.00 on 2026-10-05             1.00
        quote q1 ann 100.00 50.00 on 2026-10-05        Q2026-000001 178.50 open
        quote q1 ann 100.00 51.00 on 2026-10-05        id_reused amount
        quote q1 ann 100.00 on 2026-10-05              id_reused lines
        quote q1 ann 100.00 50.00 1.00 on 2026-10-05   id_reused lines
        quote q1 ann 100.00 50.00 on 2026-10-05 until 2026-10-30   id_reused valid_until
        quote q2 ann 1.00 1.00 on 2026-10-05           id_reused description
        uninvoiced                                     q2:2
        quotes                                         Q2026-000001 open
        """);
}
