using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Subscriptions whose periods are not months of the calendar.</summary>
public sealed class PeriodTests
{
    [Fact]
    public Task Weeks_begin_on_monday_and_the_first_and_the_last_are_charged_by_their_days() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 70.00 every week from 2026-10-07
        run r1 2026-10-18                              2026-000001 ann 120.00
        periods 2026-000001                            desk:2026-10-07 2026-10-07 to 2026-10-11 (5 of 7), desk:2026-10-12 2026-10-12 to 2026-10-18
        run r2 2026-10-24                              nothing
        end desk 2026-11-03
        dry r3 2026-10-31                              2026-000002 ann 70.00
        run r3 2026-10-31                              2026-000002 ann 70.00
        run r4 2026-11-30                              2026-000003 ann 90.00
        periods 2026-000003                            desk:2026-10-26 2026-10-26 to 2026-11-01, desk:2026-11-02 2026-11-02 to 2026-11-03 (2 of 7)
        restart
        run r5 2026-11-30                              nothing
        """);

    [Fact]
    public Task Quarters_are_those_of_the_calendar() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 920.00 every quarter from 2026-11-16 to 2027-02-14
        run r1 2026-12-30                              nothing
        run r2 2026-12-31                              2026-000001 ann 460.00
        periods 2026-000001                            desk:2026-11-16 2026-11-16 to 2026-12-31 (46 of 92)
        run r3 2027-03-31                              2026-000002 ann 460.00
        periods 2026-000002                            desk:2027-01-01 2027-01-01 to 2027-02-14 (45 of 90)
        run r4 2027-06-30                              nothing
        """);

    [Fact]
    public Task A_leap_year_has_a_day_more() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 366.00 every year from 2024-02-29
        run r1 2025-12-30                              2026-000001 ann 307.00
        periods 2026-000001                            desk:2024-02-29 2024-02-29 to 2024-12-31 (307 of 366)
        run r2 2025-12-31                              2026-000002 ann 366.00
        periods 2026-000002                            desk:2025-01-01 2025-01-01 to 2025-12-31
        """);

    [Fact]
    public Task A_year_can_begin_on_any_day() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 365.00 every year anchor 2024-02-29 from 2024-02-29
        subscribe room ann 365.00 every year anchor 2030-03-15 from 2025-03-01 to 2026-03-31
        run r1 2025-02-27                              2026-000001 ann 365.00
        run r2 2026-03-31                              2026-000002 ann 761.00
        periods 2026-000002                            room:2025-03-01 2025-03-01 to 2025-03-14 (14 of 365), desk:2025-02-28 2025-02-28 to 2026-02-27, room:2025-03-15 2025-03-15 to 2026-03-14, room:2026-03-15 2026-03-15 to 2026-03-31 (17 of 365)
        """);

    [Fact]
    public Task A_month_that_begins_on_the_31st_begins_on_the_last_day_of_shorter_ones() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 anchor 2026-01-31 from 2026-02-14
        run r1 2026-04-29                              2026-000001 ann 775.00
        periods 2026-000001                            desk:2026-02-14 2026-02-14 to 2026-02-27 (14 of 28), desk:2026-02-28 2026-02-28 to 2026-03-30, desk:2026-03-31 2026-03-31 to 2026-04-29
        """);

    [Fact]
    public Task Each_day_of_a_week_is_billed_once_whatever_its_end_does() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 70.00 every week from 2026-10-05 to 2026-10-07
        run r1 2026-10-31                              2026-000001 ann 30.00
        end desk 2026-10-20
        run r2 2026-10-11                              2026-000002 ann 40.00
        run r3 2026-10-31                              2026-000003 ann 90.00
        periods 2026-000003                            desk:2026-10-12 2026-10-12 to 2026-10-18, desk:2026-10-19 2026-10-19 to 2026-10-20 (2 of 7)
        end desk 2026-10-13
        end-warning                                    it is billed to 2026-10-20 already, beyond its end, 2026-10-13; to bill only the days that count, credit the invoice with rebill, and the next run bills it again
        credit g1 2026-000003 rebill                   C2026-000001 90.00
        uninvoiced                                     desk:2026-10-12
        run r4 2026-10-31                              2026-000004 ann 20.00
        end desk 2026-10-31
        restart
        dry r5 2026-10-31                              2026-000005 ann 180.00
        run r5 2026-10-31                              2026-000005 ann 180.00
        run r6 2026-10-31                              nothing
        """);

    [Fact]
    public Task What_is_asked_again_with_another_period_is_another_subscription() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 70.00 every week from 2026-10-05
        subscribe desk ann 70.00 every month from 2026-10-05        subscription_exists
        subscribe room ann 70.00 every unknown from 2026-10-05      invalid every
        subscribe room ann 70.00 anchor 1899-12-31 from 2026-10-05  invalid anchor
        """);
}
