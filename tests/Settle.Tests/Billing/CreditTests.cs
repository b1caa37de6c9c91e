using System.Globalization;
using System.Text;
using Xunit;

namespace Settle.Tests.Invoicing;

public sealed class CreditTests
{
    [Fact]
    public Task Parts_add_up_to_the_invoice_and_the_last_takes_the_rest() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 ann 3.33 tax 7 on 2026-10-05         3.33
        run r1 2026-10-31                              2026-000001 ann 15.46
        credit g1 2026-000001 5.00                     C2026-000001 5.00
        credit g1 2026-000001 5.00                     C2026-000001 5.00 again
        lines C2026-000001                             meeting room 1 x 3.24 = 3.24 S19, meeting room 1 x 1.07 = 1.07 S7
        credit g2 2026-000001 5.00                     C2026-000002 5.00
        credit g3 2026-000001 5.47                     exceeds_invoice
        credit g4 2026-000001                          C2026-000003 5.46
        credit g5 2026-000001                          already_credited
        invoice 2026-000001                            13.33 S19 10.00+1.90 S7 3.33+0.23 = 15.46 credited 0.00
        balance revenue                                0.00
        balance tax:S:19                               0.00
        balance tax:S:7                                0.00
        balance rounding                               0.00
        balance receivable:ann                         0.00
        uninvoiced                                     none
        """);

    [Fact]
    public Task Charges_open_again_only_when_asked_for() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 ann 2.00 gross on 2026-10-05         2.00
        run r1 2026-10-31                              2026-000001 ann 13.90
        credit g1 2026-000001 rebill                   C2026-000001 13.90
        invoice 2026-000001                            11.68 S19 11.68+2.22 = 13.90 credited 0.00
        lines C2026-000001                             c1 1 x 10 = 10.00 S19, c2 1 x 1.68 = 1.68 S19
        uninvoiced                                     c1, c2
        restart
        run r2 2026-10-31                              2026-000002 ann 13.90
        billed c1                                      2026-000002
        credit g2 2026-000002 1.00                     C2026-000002 1.00
        credit g3 2026-000002 rebill                   already_credited
        """);

    [Fact]
    public Task What_was_paid_of_a_credited_invoice_pays_the_next_one() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 11.90
        pay p1 2026-000001 11.90                       2026-000001 11.90
        credit g1 2026-000001                          C2026-000001 11.90
        balance receivable:ann                         11.90
        charge c2 ann 20.00 on 2026-10-05              20.00
        run r2 2026-10-31                              2026-000002 ann 23.80
        invoice 2026-000002                            20.00 S19 20.00+3.80 = 23.80 open 11.90
        """);

    // A dinar has three decimals, and EN 16931 allows two: this is 0.001 of 1.190.
    [Fact]
    public Task A_credit_note_that_nobody_may_send_gets_no_number() => BillingTable.RunAsync("""
        seller 19
        customer ann asset KWD
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 rate EUR/KWD=0.36@2026-10-30  2026-000001 ann 11.90
        credit g1 2026-000001 0.01                     breaks_rule
        credit g2 2026-000001 5.00                     C2026-000001 5.00
        credit g1 2026-000001                          C2026-000002 6.90
        invoice 2026-000001                            10.00 S19 10.00+1.90 = 11.90 credited 0.00
        """);

    [Fact]
    public Task An_amount_needs_no_rounding_where_net_and_tax_can_come_to_it() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 10.03 on 2026-10-05              10.03
        charge c2 ann 3.33 tax 7 on 2026-10-05         3.33
        run r1 2026-10-31                              2026-000001 ann 15.50
        credit g1 2026-000001 0.01                     C2026-000001 0.01
        invoice C2026-000001                           0.01 S7 0.01+0.00 = 0.01 paid 0.00
        credit g2 2026-000001                          C2026-000002 15.49
        balance rounding                               0.00
        balance tax:S:19                               0.00
        balance tax:S:7                                0.00
        """);

    // 0.16 with 19 % is 0.13 + 0.02 and a rounding of 0.01; 0.08 with 7 % is 0.07 and one of 0.01.
    [Fact]
    public Task An_amount_never_leaves_a_rounding_alone() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 0.16 gross on 2026-10-05         0.16
        run r1 2026-10-31                              2026-000001 ann 0.16
        credit g1 2026-000001 0.05                     C2026-000001 0.05
        credit g2 2026-000001 0.10                     C2026-000002 0.10
        invoice C2026-000002                           0.08 S19 0.08+0.01 rounding 0.01 = 0.10 paid 0.00
        credit g3 2026-000001                          C2026-000003 0.01
        invoice 2026-000001                            0.13 S19 0.13+0.02 rounding 0.01 = 0.16 credited 0.00
        balance rounding                               0.00
        balance revenue                                0.00
        balance tax:S:19                               0.00
        """);

    [Fact]
    public Task Whatever_amount_was_credited_the_rest_can_be()
    {
        var steps = new StringBuilder("seller 19 7\ncustomer ann\n");
        for (var i = 1; i < 24; i++)
        {
            steps.Append(CultureInfo.InvariantCulture, $"""
                charge a{i} ann 0.16 gross on 2026-10-05       0.16
                charge b{i} ann 0.08 tax 7 gross on 2026-10-05  0.08
                run r{i} 2026-10-31                            2026-{i:D6} ann 0.24
                credit g{i} 2026-{i:D6} {i / 100m:0.00}        C2026-{(2 * i) - 1:D6} {i / 100m:0.00}
                credit h{i} 2026-{i:D6}                        C2026-{2 * i:D6} {(24 - i) / 100m:0.00}

                """);
        }
        steps.Append("balance rounding   0.00\nbalance revenue   0.00");
        return BillingTable.RunAsync(steps.ToString());
    }

    [Fact]
    public Task An_invoice_that_does_not_exist_is_not_credited() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 11.90
        credit g1 2026-000002                          invoice_not_found
        credit g2 nothing                              invoice_not_found
        credit g3 2026-000001                          C2026-000001 11.90
        credit g4 C2026-000001                         invoice_not_found
        """);
}
