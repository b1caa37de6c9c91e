using Settle.Billing;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>An invoice says for which days it charges.</summary>
public sealed class ServicePeriodTests
{
    [Fact]
    public Task A_membership_says_its_days_and_how_many_of_a_month_are_charged() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-16
        run r1 2026-10-31                              2026-000001 ann 160.00
        periods 2026-000001                            desk:2026-10 2026-10-16 to 2026-10-31 (16 of 31)
        end desk 2026-12-10
        run r2 2026-12-31                              2026-000002 ann 410.00
        periods 2026-000002                            desk:2026-11 2026-11-01 to 2026-11-30, desk:2026-12 2026-12-01 to 2026-12-10 (10 of 31)
        credit g1 2026-000002                          C2026-000001 410.00
        periods C2026-000001                           desk:2026-11 2026-11-01 to 2026-11-30, desk:2026-12 2026-12-01 to 2026-12-10 (10 of 31)
        """);

    [Fact]
    public Task A_month_that_is_billed_again_says_the_days_that_it_has_by_then() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-01
        run r1 2026-10-31                              2026-000001 ann 310.00
        periods 2026-000001                            desk:2026-10 2026-10-01 to 2026-10-31
        end desk 2026-10-15
        credit g1 2026-000001 rebill                   C2026-000001 310.00
        periods C2026-000001                           desk:2026-10 2026-10-01 to 2026-10-31
        run r2 2026-10-31                              2026-000002 ann 150.00
        periods 2026-000002                            desk:2026-10 2026-10-01 to 2026-10-15 (15 of 31)
        """);

    [Fact]
    public Task A_membership_of_one_day_is_for_that_day() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-31
        run r1 2026-10-31                              2026-000001 ann 10.00
        periods 2026-000001                            desk:2026-10 2026-10-31 to 2026-10-31 (1 of 31)
        """);

    [Fact]
    public Task A_charge_can_be_for_several_days() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 100.00 from 2026-10-01 on 2026-12-31      100.00
        charge c1 ann 100.00 from 2026-10-01 on 2026-12-31      100.00 again
        charge c1 ann 100.00 from 2026-10-02 on 2026-12-31      id_reused start
        charge c2 ann 10.00 on 2026-09-30                       10.00
        charge c3 ann 10.00 from 2026-11-01 on 2026-10-31       invalid start
        charge c3 ann 10.00 from 1899-12-31 on 2026-10-31       invalid start
        run r1 2026-11-30                                       2026-000001 ann 11.90
        run r2 2026-12-31                                       2026-000002 ann 119.00
        periods 2026-000001                                     c2 2026-09-30
        periods 2026-000002                                     c1 2026-10-01 to 2026-12-31
        credit g1 2026-000002 11.90                             C2026-000001 11.90
        periods C2026-000001                                    meeting room 2026-10-01 to 2026-12-31
        """);

    [Fact]
    public void An_electronic_invoice_has_the_days_of_each_line_and_of_all()
    {
        var invoice = new Paper.Bill().Line("Desk", 1, 160m, day: 31).Line("Coffee", 2, 2m, day: 5).Make();
        invoice = invoice with
        {
            Lines = [invoice.Lines[0] with
            {
                Start = new DateOnly(2026, 10, 16), ChargedDays = 16, MonthDays = 31,
            }, invoice.Lines[1]],
        };
        var model = ElectronicInvoice.Of(invoice);
        Assert.Equal(("2026-10-05", "2026-10-31"), (model.Period!.Start, model.Period.End));
        Assert.Equal([("2026-10-16", "2026-10-31"), ("2026-10-05", "2026-10-05")],
            model.Lines.Select(line => (line.Period!.Start, line.Period.End)));
        Assert.Equal(["16 von 31 Tagen", null], model.Lines.Select(line => line.Note));
        Assert.Empty(InvoicePaper.Check(invoice));
        var letter = Paper.LetterText.Of(invoice);
        Assert.Contains("05.10.2026 – 31.10.2026", letter, StringComparison.Ordinal);
        Assert.Contains("16.10.2026 – 31.10.2026\n16 von 31 Tagen", letter, StringComparison.Ordinal);
        Assert.Contains("05.10.2026\n", letter, StringComparison.Ordinal);
    }
}
