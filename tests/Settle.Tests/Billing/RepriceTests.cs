using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Subscriptions that get another price, quantity or discount from a day on.</summary>
public sealed class RepriceTests
{
    [Fact]
    public Task In_the_middle_of_a_period_its_parts_are_charged_by_their_days() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01
        reprice desk 620.00 from 2026-10-16
        prices desk                                    310.00, 620.00 from 2026-10-16
        dry r1 2026-10-31                              2026-000001 ann 470.00
        run r1 2026-10-31                              2026-000001 ann 470.00
        periods 2026-000001                            desk:2026-10 2026-10-01 to 2026-10-15 (15 of 31), desk:2026-10-16 2026-10-16 to 2026-10-31 (16 of 31)
        restart
        run r2 2026-10-31                              nothing
        run r3 2026-11-30                              2026-000002 ann 620.00
        periods 2026-000002                            desk:2026-11 2026-11-01 to 2026-11-30
        """);

    [Fact]
    public Task What_is_billed_keeps_its_price_until_it_is_credited() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01
        run r1 2026-10-31                              2026-000001 ann 310.00
        reprice desk 620.00 from 2026-10-16            subscription_billed
        reprice desk 620.00 from 2026-10-31            subscription_billed
        reprice desk 620.00 from 2026-11-01
        run r2 2026-11-30                              2026-000002 ann 620.00
        reprice desk 930.00 from 2026-10-16            subscription_billed
        credit g1 2026-000001 rebill                   C2026-000001 310.00
        reprice desk 930.00 from 2026-10-16            subscription_billed
        credit g2 2026-000002 rebill                   C2026-000002 620.00
        reprice desk 930.00 from 2026-10-16
        amount desk:2026-10                            150.00 2026-10-15
        uninvoiced                                     desk:2026-10, desk:2026-11
        dry r3 2026-11-30                              2026-000003 ann 1250.00
        run r3 2026-11-30                              2026-000003 ann 1250.00
        periods 2026-000003                            desk:2026-10 2026-10-01 to 2026-10-15 (15 of 31), desk:2026-10-16 2026-10-16 to 2026-10-31 (16 of 31), desk:2026-11 2026-11-01 to 2026-11-30
        run r4 2026-11-30                              nothing
        """);

    [Fact]
    public Task An_announced_price_counts_from_its_day_in_whatever_order_they_are_announced() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-11-01
        reprice desk 400.00 from 2027-01-01 id v1
        reprice desk 350.00 from 2026-12-01 id v2
        reprice desk 410.00 from 2027-01-01 id v3
        reprice desk 400.00 from 2027-01-01 id v1      again
        prices desk                                    310.00, 350.00 from 2026-12-01, 410.00 from 2027-01-01
        run r1 2026-11-30                              2026-000001 ann 310.00
        run r2 2027-01-31                              2026-000002 ann 760.00
        reprice desk 500.00 from 2026-01-01 id v4      subscription_billed
        """);

    [Fact]
    public Task A_price_from_before_the_first_day_counts_from_the_first() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-16
        reprice desk 620.00 from 2026-01-01
        run r1 2026-10-31                              2026-000001 ann 320.00
        """);

    [Fact]
    public Task Quantity_and_discount_change_with_it() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 2 x 31.00 from 2026-10-01
        reprice desk 3 x 31.00 less 6.20 from 2026-10-11
        run r1 2026-10-31                              2026-000001 ann 78.80
        lines 2026-000001                              desk:2026-10 2 x 10 = 20.00 Z0, desk:2026-10-11 3 x 21 less 4.20 = 58.80 Z0
        reprice desk 30.00 from 2026-11-01
        run r2 2026-11-30                              2026-000002 ann 30.00
        lines 2026-000002                              desk:2026-11 1 x 30 = 30.00 Z0
        """);

    [Fact]
    public Task A_charge_whose_price_is_another_by_then_is_one_of_something() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 2 x 31.00 less 2.00 from 2026-10-01
        run r1 2026-10-31                              2026-000001 ann 60.00
        credit g1 2026-000001 rebill                   C2026-000001 60.00
        reprice desk 4 x 31.00 from 2026-10-01
        amount desk:2026-10                            124.00 2026-10-31
        run r2 2026-10-31                              2026-000002 ann 124.00
        lines 2026-000002                              desk:2026-10 1 x 124 = 124.00 Z0
        credit g2 2026-000002 line 1=0.5               C2026-000002 62.00
        credit g3 2026-000002 line 1=0.75              exceeds_line
        restart
        lines 2026-000002                              desk:2026-10 1 x 124 = 124.00 Z0
        """);

    [Fact]
    public Task A_whole_period_at_another_price_is_that_even_where_it_comes_to_a_cent_more() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 3 x 3.33 from 2026-10-01
        run r1 2026-10-31                              2026-000001 ann 9.99
        credit g1 2026-000001 rebill                   C2026-000001 9.99
        reprice desk 10.00 from 2026-10-01
        run r2 2026-10-31                              2026-000002 ann 10.00
        lines 2026-000002                              desk:2026-10 1 x 10 = 10.00 Z0
        credit g2 2026-000002 line 1=2                 exceeds_line
        """);

    [Fact]
    public Task Weeks_have_parts_too_and_an_end_counts_among_them() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe paper ann 70.00 every week from 2026-10-05
        reprice paper 140.00 from 2026-10-14
        run r1 2026-10-13                              2026-000001 ann 90.00
        run r2 2026-10-18                              2026-000002 ann 100.00
        periods 2026-000002                            paper:2026-10-14 2026-10-14 to 2026-10-18 (5 of 7)
        end paper 2026-10-20
        reprice paper 700.00 from 2026-10-20
        run r3 2026-10-31                              2026-000003 ann 120.00
        periods 2026-000003                            paper:2026-10-19 2026-10-19 to 2026-10-19 (1 of 7), paper:2026-10-20 2026-10-20 to 2026-10-20 (1 of 7)
        end paper 2026-10-25
        run r4 2026-10-31                              2026-000004 ann 500.00
        run r5 2026-10-31                              nothing
        """);

    [Fact]
    public Task A_period_that_was_withdrawn_keeps_its_price() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01
        run r1 2026-10-31                              2026-000001 ann 310.00
        credit g1 2026-000001 rebill                   C2026-000001 310.00
        withdraw desk:2026-10                          withdrawn
        reprice desk 620.00 from 2026-10-16            subscription_billed
        reprice desk 620.00 from 2026-11-01
        run r2 2026-11-30                              2026-000002 ann 620.00
        """);

    [Fact]
    public Task A_price_that_cannot_be_is_refused_and_changes_nothing() => BillingTable.RunAsync("""
        seller 0
        customer ann
        customer bob asset USD
        subscribe desk ann 310.00 from 2026-10-01
        subscribe room bob 310.00 from 2026-10-01
        reprice hall 10.00 from 2026-10-16             subscription_not_found
        reprice desk 10.00 less 10.00 from 2026-10-16  amount_out_of_range
        reprice desk 10.00 asset USD from 2026-10-16   asset_differs
        reprice room 10.00 asset EUR from 2026-10-16   asset_differs
        reprice room 10.00 asset USD from 2026-10-31
        reprice desk 0.00 from 2026-10-16              invalid amount
        reprice desk 10.00 from 1899-12-31             invalid from
        reprice desk 0 x 5 from 2026-10-16             invalid quantity
        run r1 2026-10-31                              2026-000001 ann 310.00, 2026-000002 bob 300.32
        """);
}
