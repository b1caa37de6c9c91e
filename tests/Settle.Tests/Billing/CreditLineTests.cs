using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Credit notes that name lines of their invoice.</summary>
public sealed class CreditLineTests
{
    private const string Invoice = """
        seller 19 7
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 ann 4 x 2.50 tax 7 on 2026-10-06     10.00
        charge c3 ann 3 x 1.11 on 2026-10-07           3.33
        run r1 2026-10-31                              2026-000001 ann 26.56
        """;

    [Fact]
    public Task A_line_is_credited_under_its_name_with_its_tax() => BillingTable.RunAsync(Invoice + """

        credit g1 2026-000001 line 2                   C2026-000001 10.70
        credit g1 2026-000001 line 2                   C2026-000001 10.70 again
        credit g1 2026-000001 line 1                   id_reused lines
        lines C2026-000001                             c2 4 x 2.5 = 10.00 S7
        invoice C2026-000001                           10.00 S7 10.00+0.70 = 10.70 paid 0.00
        invoice 2026-000001                            23.33 S19 13.33+2.53 S7 10.00+0.70 = 26.56 open 15.86
        balance tax:S:7                                0.00
        credit g2 2026-000001 line 2                   exceeds_line
        credit g3 2026-000001                          C2026-000002 15.86
        lines C2026-000002                             c1 1 x 10 = 10.00 S19, c3 3 x 1.11 = 3.33 S19
        credit g4 2026-000001 line 1                   already_credited
        balance revenue                                0.00
        balance tax:S:19                               0.00
        uninvoiced                                     none
        """);

    [Fact]
    public Task A_quantity_is_credited_at_its_price_and_never_more_than_is_left() => BillingTable.RunAsync(Invoice + """

        credit g1 2026-000001 line 2=1.5               C2026-000001 4.01
        lines C2026-000001                             c2 1.5 x 2.5 = 3.75 S7
        credit g2 2026-000001 line 2=2.6               exceeds_line
        credit g3 2026-000001 line 3=1 line 2=2.5      C2026-000002 8.01
        lines C2026-000002                             c2 2.5 x 2.5 = 6.25 S7, c3 1 x 1.11 = 1.11 S19
        credit g4 2026-000001 line 2                   exceeds_line
        credit g5 2026-000001 line 3                   C2026-000003 2.64
        restart
        credit g6 2026-000001 line 1                   C2026-000004 11.90
        invoice 2026-000001                            23.33 S19 13.33+2.53 S7 10.00+0.70 = 26.56 credited 0.00
        balance revenue                                0.00
        balance tax:S:19                               0.00
        balance tax:S:7                                0.00
        """);

    [Fact]
    public Task What_an_amount_took_of_a_line_is_not_credited_again() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 60.00 on 2026-10-05              60.00
        charge c2 ann 4 x 10.00 on 2026-10-06          40.00
        run r1 2026-10-31                              2026-000001 ann 100.00
        credit g1 2026-000001 10.00                    C2026-000001 10.00
        credit g2 2026-000001 line 2=2                 C2026-000002 18.00
        lines C2026-000002                             c2 2 x 9 = 18.00 Z0
        credit g3 2026-000001 line 1 line 2            C2026-000003 72.00
        lines C2026-000003                             c1 1 x 54 = 54.00 Z0, c2 2 x 9 = 18.00 Z0
        credit g4 2026-000001 line 1                   already_credited
        """);

    [Fact]
    public Task A_discount_goes_back_with_its_share() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 4 x 10.00 less 2.00 on 2026-10-05  38.00
        charge c2 ann 9.99 gross on 2026-10-06         9.99
        run r1 2026-10-31                              2026-000001 ann 55.21
        credit g1 2026-000001 line 1=1                 C2026-000001 11.31
        lines C2026-000001                             c1 1 x 10 less 0.50 = 9.50 S19
        credit g2 2026-000001 line 2=0.5               C2026-000002 5.00
        credit g3 2026-000001                          C2026-000003 38.90
        lines C2026-000003                             c1 3 x 10 less 1.50 = 28.50 S19, c2 0.5 x 8.38 = 4.19 S19
        balance tax:S:19                               0.00
        balance rounding                               0.00
        """);

    [Fact]
    public Task What_was_credited_before_is_no_discount() => BillingTable.RunAsync("""
        seller 0
        customer ann
        charge c1 ann 4 x 10.00 less 2.00 on 2026-10-05  38.00
        run r1 2026-10-31                              2026-000001 ann 38.00
        credit g1 2026-000001 0.62                     C2026-000001 0.62
        credit g2 2026-000001 line 1=2                 C2026-000002 18.69
        lines C2026-000002                             c1 2 x 10 less 1.00 before 0.31 = 18.69 Z0
        credit g3 2026-000001                          C2026-000003 18.69
        lines C2026-000003                             c1 2 x 10 less 1.00 before 0.31 = 18.69 Z0
        """);

    [Fact]
    public Task Lines_are_billed_again_only_when_asked_for() => BillingTable.RunAsync(Invoice + """

        credit g1 2026-000001 line 1                   C2026-000001 11.90
        uninvoiced                                     none
        credit g2 2026-000001 line 1 rebill            already_credited
        credit g3 2026-000001 line 2 line 3 rebill     C2026-000002 14.66
        uninvoiced                                     c2, c3
        billed c1                                      2026-000001
        billed c2                                      no
        withdraw c3                                    withdrawn
        billed c3                                      no
        restart
        run r2 2026-10-31                              2026-000002 ann 10.70
        billed c2                                      2026-000002
        credit g4 2026-000002 line 1=1 rebill          invalid rebill
        credit g5 2026-000002 line 1=1                 C2026-000003 2.68
        credit g6 2026-000002 line 1 rebill            already_credited
        """);

    [Fact]
    public Task Lines_that_are_not_there_are_not_credited() => BillingTable.RunAsync(Invoice + """

        credit g1 2026-000001 line 4                   line_not_found
        credit g2 2026-000001 line 0                   invalid lines[0].line
        credit g3 2026-000001 line 1=0                 invalid lines[0].quantity
        credit g4 2026-000001 line 1 line 1            invalid lines[1]
        credit g5 2026-000001 line 1=0.0000001         invalid lines[0].quantity
        credit g6 2026-000001 line 1 5.00              invalid amount
        credit g7 2026-000002 line 1                   invoice_not_found
        pay p1 2026-000001 20.00 write-off             2026-000001 20.00
        credit g8 2026-000001 line 1                   exceeds_invoice
        credit g9 2026-000001 line 3=1                 C2026-000001 1.32
        """);

    // 0.30 at 19 % is 0.057, ten times 0.03 would be 0.10: a tax is never more than what is left.
    [Fact]
    public Task Ten_small_lines_give_back_the_tax_of_their_sum() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10 x 0.03 on 2026-10-05          0.30
        run r1 2026-10-31                              2026-000001 ann 0.36
        credit g1 2026-000001 line 1=1                 C2026-000001 0.04
        credit g2 2026-000001 line 1=1                 C2026-000002 0.04
        credit g3 2026-000001 line 1=1                 C2026-000003 0.04
        credit g4 2026-000001 line 1=7                 C2026-000004 0.24
        balance tax:S:19                               0.00
        balance revenue                                0.00
        """);
}
