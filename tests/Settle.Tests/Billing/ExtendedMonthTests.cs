using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Months of a subscription that were billed in part, and whose end changed then.</summary>
public sealed class ExtendedMonthTests
{
    private const string Short = """
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-11
        run r1 2026-10-31                              2026-000001 ann 210.00
        end desk 2026-10-13
        credit g1 2026-000001 rebill                   C2026-000001 210.00
        run r2 2026-10-31                              2026-000002 ann 30.00
        """;

    [Fact]
    public Task Days_that_count_only_later_are_billed_by_the_next_run() => BillingTable.RunAsync(Short + """

        end desk 2026-11-30
        end-warning                                    none
        restart
        dry r3 2026-11-30                              2026-000003 ann 490.00
        uninvoiced                                     none
        run r3 2026-11-30                              2026-000003 ann 490.00
        periods 2026-000003                            desk:2026-10-14 2026-10-14 to 2026-10-31 (18 of 31), desk:2026-11 2026-11-01 to 2026-11-30
        restart
        run r4 2026-12-31                              nothing
        """);

    [Fact]
    public Task They_are_not_billed_before_the_last_of_them() => BillingTable.RunAsync(Short + """

        end desk 2026-10-20
        run r3 2026-10-19                              nothing
        run r4 2026-10-20                              2026-000003 ann 70.00
        end desk 2026-10-25
        run r5 2026-10-31                              2026-000004 ann 50.00
        periods 2026-000004                            desk:2026-10-21 2026-10-21 to 2026-10-25 (5 of 31)
        run r6 2026-10-31                              nothing
        """);

    [Fact]
    public Task Each_day_is_billed_once_whatever_is_credited_between() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01 to 2026-10-10
        run r1 2026-10-31                              2026-000001 ann 100.00
        end desk 2026-10-20
        run r2 2026-10-31                              2026-000002 ann 100.00
        end desk 2026-10-31
        run r3 2026-10-31                              2026-000003 ann 110.00
        end desk 2026-10-05
        credit g1 2026-000001 rebill                   C2026-000001 100.00
        credit g2 2026-000002 rebill                   C2026-000002 100.00
        amount desk:2026-10                            50.00 2026-10-05
        amount desk:2026-10-11                         0.00 2026-10-20
        run r4 2026-10-31                              2026-000004 ann 50.00
        end desk 2026-10-31
        restart
        uninvoiced                                     desk:2026-10-11
        run r5 2026-10-31                              2026-000005 ann 150.00
        periods 2026-000005                            desk:2026-10-06 2026-10-06 to 2026-10-10 (5 of 31), desk:2026-10-11 2026-10-11 to 2026-10-20 (10 of 31)
        run r6 2026-10-31                              nothing
        """);

    [Fact]
    public Task An_end_before_days_that_are_billed_has_a_warning() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-11
        run r1 2026-12-31                              2026-000001 ann 830.00
        end desk 2026-12-31
        end-warning                                    none
        end desk 2026-11-15
        end-warning                                    it is billed to 2026-12-31 already, beyond its end, 2026-11-15; to bill only the days that count, credit the invoice with rebill, and the next run bills it again
        credit g1 2026-000001 rebill                   C2026-000001 830.00
        run r2 2026-12-31                              2026-000002 ann 365.00
        end desk 2026-11-15
        end-warning                                    none
        end desk 2026-10-05
        end-warning                                    it ends before its first day, 2026-10-11, so that none of its days counts; it is billed to 2026-11-15 already, beyond its end, 2026-10-05; to bill only the days that count, credit the invoice with rebill, and the next run bills it again
        credit g2 2026-000002 rebill                   C2026-000002 365.00
        end desk 2026-10-05
        end-warning                                    it ends before its first day, 2026-10-11, so that none of its days counts
        run r3 2026-12-31                              nothing
        """);
}
