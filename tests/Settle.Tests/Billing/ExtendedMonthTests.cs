using System.Globalization;
using System.Text;
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
    public Task Parts_of_a_month_add_up_to_its_price() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 249.00 from 2026-08-01 to 2026-08-10
        run r1 2026-08-10                              2026-000001 ann 80.32
        end desk 2026-08-20
        dry r2 2026-08-20                              2026-000002 ann 80.33
        run r2 2026-08-20                              2026-000002 ann 80.33
        end desk 2026-08-31
        run r3 2026-08-31                              2026-000003 ann 88.35
        credit g1 2026-000002 rebill                   C2026-000001 80.33
        end desk 2026-08-15
        amount desk:2026-08-11                         40.16 2026-08-15
        end desk 2026-08-31
        amount desk:2026-08-11                         80.33 2026-08-20
        restart
        run r4 2026-08-31                              2026-000004 ann 80.33
        run r5 2026-08-31                              nothing
        """);

    [Fact]
    public Task So_do_parts_at_a_price_of_one_and_of_a_month_that_begins_late() => BillingTable.RunAsync("""
        seller 0
        customer ann
        customer bob
        subscribe desk ann 2 x 5.50 less 1.00 from 2026-08-01 to 2026-08-01
        subscribe room bob 10.00 from 2026-08-11 to 2026-08-11
        run r1 2026-08-01                              2026-000001 ann 0.32
        end desk 2026-08-03
        run r2 2026-08-03                              2026-000002 ann 0.65
        end desk 2026-08-05
        run r3 2026-08-05                              2026-000003 ann 0.64
        end desk 2026-08-31
        run r4 2026-08-31 only ann                     2026-000004 ann 8.39
        run r5 2026-08-11                              2026-000005 bob 0.32
        end room 2026-08-13
        run r6 2026-08-13                              2026-000006 bob 0.65
        end room 2026-08-15
        run r7 2026-08-15                              2026-000007 bob 0.64
        end room 2026-08-31
        run r8 2026-08-31                              2026-000008 bob 5.16
        """);

    [Fact]
    public async Task A_month_that_is_billed_day_by_day_costs_no_more_than_its_price()
    {
        var table = new StringBuilder("seller 0\ncustomer ann\nsubscribe desk ann 0.16 from 2026-08-01 to 2026-08-01\n");
        var invoices = 0;
        for (var day = 1; day <= 31; day++)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"end desk 2026-08-{day:00}");
            // 16 cents in 31 days: one on every second day, beginning with the first.
            var result = day % 2 == 1 ? $"2026-{++invoices:000000} ann 0.01" : "nothing";
            table.AppendLine(CultureInfo.InvariantCulture, $"run r{day} 2026-08-{day:00}                 {result}");
        }
        Assert.Equal(16, invoices);
        await BillingTable.RunAsync(table.ToString());
    }

    [Fact]
    public Task An_end_says_what_was_withdrawn_or_credited_and_nothing_that_cannot_be_done() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-08-01
        run r1 2026-08-31                              2026-000001 ann 310.00
        credit g1 2026-000001 rebill                   C2026-000001 310.00
        withdraw desk:2026-08                          withdrawn
        end desk 2026-08-20
        end-warning                                    its charge desk:2026-08, to 2026-08-31 already, beyond its end, 2026-08-20, was withdrawn, so that no run bills these days; charge those that count by themselves
        run r2 2026-08-31                              nothing
        subscribe room ann 310.00 from 2026-08-01
        run r3 2026-08-31                              2026-000002 ann 310.00
        credit g2 2026-000002                          C2026-000002 310.00
        end room 2026-08-20
        end-warning                                    it was billed to 2026-08-31 already, beyond its end, 2026-08-20, by 2026-000002, which has a credit note; charge days that count, and that the credit note took back, by themselves
        credit g3 2026-000002 rebill                   already_credited
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
