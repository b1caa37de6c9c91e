using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Subscriptions of several pieces, with a discount.</summary>
public sealed class QuantityTests
{
    [Fact]
    public Task A_whole_period_is_quantity_times_price_less_the_discount_and_parts_have_their_share() => BillingTable.RunAsync("""
        seller 19
        customer ann
        subscribe desk ann 3 x 20.00 less 5.00 from 2026-10-16
        run r1 2026-10-31                              2026-000001 ann 33.78
        lines 2026-000001                              desk:2026-10 3 x 10.3233333333 less 2.58 = 28.39 S19
        periods 2026-000001                            desk:2026-10 2026-10-16 to 2026-10-31 (16 of 31)
        run r2 2026-11-30                              2026-000002 ann 65.45
        lines 2026-000002                              desk:2026-11 3 x 20 less 5.00 = 55.00 S19
        amount desk:2026-11                            55.00 2026-11-30
        restart
        run r3 2026-11-30                              nothing
        """);

    [Fact]
    public Task A_discount_on_an_amount_is_shown_too() => BillingTable.RunAsync("""
        seller 19
        customer ann
        subscribe desk ann 119.00 gross less 11.90 every quarter from 2026-07-01 to 2026-11-15
        run r1 2026-09-30                              2026-000001 ann 107.10
        lines 2026-000001                              desk:2026-07-01 1 x 100 less 10.00 = 90.00 S19
        run r2 2026-12-31                              2026-000002 ann 53.55
        lines 2026-000002                              desk:2026-10-01 1 x 50 less 5.00 = 45.00 S19
        """);

    [Fact]
    public Task Fractions_and_prices_of_less_than_a_cent_are_rounded_once() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe paper ann 1000.5 x 0.0125 every week from 2026-10-05 to 2026-10-13
        run r1 2026-10-18                              2026-000001 ann 16.08
        lines 2026-000001                              paper:2026-10-05 1000.5 x 0.0125 = 12.51 Z0, paper:2026-10-12 1000.5 x 0.0035682159 = 3.57 Z0
        """);

    [Fact]
    public Task Its_lines_are_credited_by_quantity_and_billed_again_by_their_days() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 4 x 31.00 from 2026-10-01
        run r1 2026-11-30                              2026-000001 ann 248.00
        credit g1 2026-000001 line 1=1                 C2026-000001 31.00
        lines C2026-000001                             desk:2026-10 1 x 31 = 31.00 Z0
        end desk 2026-11-15
        credit g2 2026-000001 line 2 rebill            C2026-000002 124.00
        amount desk:2026-11                            62.00 2026-11-15
        run r2 2026-11-30                              2026-000002 ann 62.00
        lines 2026-000002                              desk:2026-11 4 x 15.5 = 62.00 Z0
        """);

    [Fact]
    public Task What_would_come_to_nothing_is_refused() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 10.00 less 10.00 from 2026-10-01        amount_out_of_range
        subscribe desk ann 2 x 0 from 2026-10-01                   amount_out_of_range
        subscribe desk ann 0 x 5 from 2026-10-01                   invalid quantity
        subscribe desk ann 2 x 5 unit PCE from 2026-10-01          invalid unit
        subscribe desk ann 2 x 5 unit HUR less 9.99 from 2026-10-01
        run r1 2026-10-31                                          2026-000001 ann 0.01
        """);
}
