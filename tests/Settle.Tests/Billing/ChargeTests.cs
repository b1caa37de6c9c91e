using Xunit;

namespace Settle.Tests.Invoicing;

public sealed class ChargeTests
{
    [Fact]
    public Task A_discount_is_taken_off_an_amount_as_off_a_price() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 less 2.00 on 2026-10-05    8.00
        charge c1 ann 10.00 less 2.00 on 2026-10-05    8.00 again
        charge c1 ann 10.00 less 1.00 on 2026-10-05    id_reused discount
        charge c1 ann 8.00 on 2026-10-05               id_reused amount
        charge c2 ann 1.000 x 10.00 less 2.00 on 2026-10-05    8.00
        charge c3 ann 10.00 less 10.01 on 2026-10-05   amount_out_of_range
        charge c4 ann 11.90 less 1.19 gross on 2026-10-05      10.71
        run r1 2026-10-31                              2026-000001 ann 29.75
        lines 2026-000001                              c1 1 x 10 less 2.00 = 8.00 S19, c2 1 x 10 less 2.00 = 8.00 S19, c4 1 x 10 less 1.00 = 9.00 S19
        """);

    [Fact]
    public Task A_charge_is_withdrawn_until_an_invoice_bills_it() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 ann 20.00 on 2026-10-05              20.00
        withdraw nothing w1                            charge_not_found
        withdraw c1 w2                                 withdrawn
        withdraw c1 w2                                 withdrawn again
        withdraw c1 w3                                 charge_not_open
        withdraw c1                                    withdrawn again
        uninvoiced                                     c2
        restart
        uninvoiced                                     c2
        run r1 2026-10-31                              2026-000001 ann 23.80
        withdraw c2 w4                                 charge_not_open
        credit g1 2026-000001 rebill                   C2026-000001 23.80
        withdraw c2 w4                                 charge_not_open again
        withdraw c2 w5                                 withdrawn
        run r2 2026-10-31                              nothing
        billed c2                                      no
        """);

    [Fact]
    public Task What_is_out_of_scope_is_billed_on_an_invoice_of_its_own() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob reverse_charge
        charge d1 ann 500.00 tax out_of_scope on 2026-10-01    500.00
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge d2 bob 50.00 tax out_of_scope on 2026-10-01     50.00
        charge c2 bob 10.00 on 2026-10-05              10.00
        dry r1 2026-10-31                              2026-000001 ann 119.00, 2026-000002 bob 10.00, 2026-000003 ann 500.00, 2026-000004 bob 50.00
        run r1 2026-10-31                              2026-000001 ann 119.00, 2026-000002 bob 10.00, 2026-000003 ann 500.00, 2026-000004 bob 50.00
        parked r1
        run r1 2026-10-31                              2026-000001 ann 119.00 again, 2026-000002 bob 10.00 again, 2026-000003 ann 500.00 again, 2026-000004 bob 50.00 again
        lines 2026-000003                              d1 1 x 500 = 500.00 O0
        lines 2026-000002                              c2 1 x 10 = 10.00 AE0
        lines 2026-000004                              d2 1 x 50 = 50.00 O0
        """);

    [Fact]
    public Task What_an_invoice_could_not_show_is_refused_when_it_is_charged() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 2.000 x 10.00 unit PCE on 2026-10-05     invalid unit
        charge c2 ann 2.000 x 10.00 unit HUR on 2026-10-05     20.00
        """);

    [Fact]
    public Task A_free_line_of_another_tax_is_credited_with_the_others() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 1.000 x 0.00 tax 7 on 2026-10-05         0.00
        charge c3 ann 1.000 x 0.00 tax exempt on 2026-10-05    0.00
        run r1 2026-10-31                              2026-000001 ann 119.00
        credit g1 2026-000001                          C2026-000001 119.00
        invoice C2026-000001                           100.00 S19 100.00+19.00 S7 0.00+0.00 E0 0.00+0.00 = 119.00 paid 0.00
        lines C2026-000001                             c1 1 x 100 = 100.00 S19, c2 1 x 0 = 0.00 S7, c3 1 x 0 = 0.00 E0
        """);

    [Fact]
    public Task What_was_paid_before_an_invoice_stands_on_it() => BillingTable.RunAsync("""
        seller 19
        customer ann
        pay p1 ann 100.00                              rest 100.00
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31                              2026-000001 ann 119.00
        prepaid 2026-000001                            100.00
        pay p2 ann 19.00                               2026-000001 19.00
        prepaid 2026-000001                            100.00
        """);
}
