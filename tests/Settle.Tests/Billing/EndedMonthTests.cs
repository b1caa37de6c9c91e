using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Months of a subscription that ended, or went on, after they were charged.</summary>
public sealed class EndedMonthTests
{
    private const string October = """
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-09-01
        run r0 2026-09-30                              2026-000001 ann 310.00
        """;

    private const string Billed = """
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01
        run r1 2026-10-31                              2026-000001 ann 310.00
        """;

    [Fact]
    public Task A_month_that_is_billed_again_is_charged_by_the_days_before_its_end() => BillingTable.RunAsync(Billed + """

        end desk 2026-10-16
        credit g1 2026-000001 rebill                   C2026-000001 310.00
        uninvoiced                                     desk:2026-10
        amount desk:2026-10                            160.00 2026-10-16
        dry r2 2026-10-31                              2026-000002 ann 160.00
        run r2 2026-10-31                              2026-000002 ann 160.00
        lines 2026-000002                              desk:2026-10 1 x 160 = 160.00 Z0
        billed desk:2026-10                            2026-000002
        amount desk:2026-10                            160.00 2026-10-16
        restart
        lines 2026-000002                              desk:2026-10 1 x 160 = 160.00 Z0
        lines 2026-000001                              desk:2026-10 1 x 310 = 310.00 Z0
        run r3 2026-11-30                              nothing
        """);

    [Fact]
    public Task It_does_not_matter_whether_it_ended_before_or_after_the_credit() => BillingTable.RunAsync(Billed + """

        credit g1 2026-000001 rebill                   C2026-000001 310.00
        end desk 2026-10-16
        run r2 2026-10-31                              2026-000002 ann 160.00
        end desk 2026-10-20
        credit g2 2026-000002 rebill                   C2026-000002 160.00
        run r3 2026-10-31                              2026-000003 ann 200.00
        credit g3 2026-000003 line 1 rebill            C2026-000003 200.00
        end desk 2026-12-31
        run r4 2026-10-31                              2026-000004 ann 310.00
        run r5 2026-11-30                              2026-000005 ann 310.00
        """);

    [Fact]
    public Task A_month_without_a_day_is_billed_no_more() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01
        run r1 2026-12-31                              2026-000001 ann 930.00
        end desk 2026-11-15
        credit g1 2026-000001 rebill                   C2026-000001 930.00
        uninvoiced                                     desk:2026-10, desk:2026-11
        amount desk:2026-12                            0.00 2026-12-31
        run r2 2026-12-31                              2026-000002 ann 465.00
        run r3 2026-12-31                              nothing
        end desk 2026-12-10
        uninvoiced                                     desk:2026-12
        run r4 2026-12-31                              2026-000003 ann 255.00
        lines 2026-000003                              desk:2026-11-16 1 x 155 = 155.00 Z0, desk:2026-12 1 x 100 = 100.00 Z0
        """);

    [Fact]
    public Task A_month_that_began_in_the_middle_keeps_its_first_day() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-11
        run r1 2026-10-31                              2026-000001 ann 210.00
        end desk 2026-10-20
        credit g1 2026-000001 rebill                   C2026-000001 210.00
        run r2 2026-10-20                              2026-000002 ann 100.00
        """);

    [Fact]
    public Task A_month_that_no_invoice_billed_yet_follows_its_subscription_too() => BillingTable.RunAsync("""
        seller 19
        customer ann private reverse_charge
        subscribe desk ann 310.00 from 2026-10-01
        run r1 2026-10-31                              nothing
        parked r1                                      ann BR-AE-02
        end desk 2026-10-16
        amount desk:2026-10                            160.00 2026-10-16
        charge c1 ann 5.00 on 2026-10-05               5.00
        customer ann
        run r2 2026-10-31                              2026-000001 ann 196.35
        lines 2026-000001                              c1 1 x 5 = 5.00 S19, desk:2026-10 1 x 160 = 160.00 S19
        """);

    [Fact]
    public Task What_is_not_of_the_subscription_keeps_its_amount() => BillingTable.RunAsync(October + """

        charge desk:2026-10 ann 310.00 on 2026-10-31   310.00
        end desk 2026-10-16
        amount desk:2026-10                            310.00 2026-10-31
        """);
}
