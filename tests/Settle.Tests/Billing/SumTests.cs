using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What an invoice comes to.</summary>
public sealed class SumTests
{
    [Fact]
    public Task Tax_is_on_the_sum_of_the_lines_of_its_rate() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 0.05 on 2026-10-05               0.05
        charge c2 ann 0.05 on 2026-10-05               0.05
        charge c3 ann 0.05 tax 7 on 2026-10-05         0.05
        charge c4 ann 0.30 tax exempt on 2026-10-05    0.30
        run r1 2026-10-31                              2026-000001 ann 0.47
        invoice 2026-000001                            0.45 S19 0.10+0.02 S7 0.05+0.00 E0 0.30+0.00 = 0.47 open 0.47
        """);

    [Fact]
    public Task Half_a_cent_goes_away_from_zero() => BillingTable.RunAsync("""
        seller 5
        customer ann
        charge c1 ann 0.50 on 2026-10-05               0.50        # 0.025 is 0.03, not 0.02
        run r1 2026-10-31                              2026-000001 ann 0.53
        charge c2 ann 1 x 0.005 on 2026-10-05          0.01
        charge c3 ann 2.5 x 39.90 less 0.75 on 2026-10-05  99.00
        charge c4 ann 3 x 0.333333 on 2026-10-05       1.00
        """);

    [Fact]
    public Task Gross_prices_come_to_what_was_agreed() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 0.99 gross on 2026-10-05         0.99
        charge c2 ann 0.99 gross on 2026-10-05         0.99
        charge c3 ann 0.99 gross on 2026-10-05         0.99
        run r1 2026-10-31                              2026-000001 ann 2.97
        invoice 2026-000001                            2.50 S19 2.50+0.48 rounding -0.01 = 2.97 open 2.97
        lines 2026-000001                              c1 1 x 0.84 = 0.84 S19, c2 1 x 0.83 = 0.83 S19, c3 1 x 0.83 = 0.83 S19
        balance rounding                               -0.01
        charge c4 ann 107.00 tax 7 gross on 2026-10-05  107.00
        charge c5 ann 100.00 on 2026-10-05             100.00
        run r2 2026-10-31                              2026-000002 ann 226.00
        invoice 2026-000002                            200.00 S19 100.00+19.00 S7 100.00+7.00 = 226.00 open 226.00
        """);

    [Fact]
    public Task A_treatment_replaces_the_tax_of_every_line() => BillingTable.RunAsync("""
        seller 19 7
        customer ann reverse_charge
        charge c1 ann 119.00 gross on 2026-10-05       119.00
        charge c2 ann 100.00 tax 7 on 2026-10-05       100.00
        run r1 2026-10-31                              2026-000001 ann 200.00
        invoice 2026-000001                            200.00 AE0 200.00+0.00 = 200.00 open 200.00
        lines 2026-000001                              c1 1 x 100 = 100.00 AE0, c2 1 x 100 = 100.00 AE0
        """);

    [Fact]
    public Task A_line_shows_its_quantity_price_and_discount() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 2.5 x 39.90 less 0.75 on 2026-10-05        99.00
        charge c2 ann 2 x 59.50 less 11.90 gross on 2026-10-06   107.10
        run r1 2026-10-31                              2026-000001 ann 224.91
        lines 2026-000001                              c1 2.5 x 39.9 less 0.75 = 99.00 S19, c2 2 x 50 less 10.00 = 90.00 S19
        """);
}
