using Settle.Billing;
using Xunit;

namespace Settle.Tests.Invoicing;

public sealed class CashDiscountTests
{
    // 2 % of 119.00 is 2.38: 2.00 of revenue and 0.38 of tax.
    [Fact]
    public Task Who_pays_early_and_less_the_discount_has_paid() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann 30d
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        offers 2026-000001                             2% by 11-11: 2.38 less, 116.62
        pay p1 2026-000001 116.62 on 2026-11-11        2026-000001 116.62, discount 2026-000001 2.38 (S19 2.00+0.38)
        pay p1 2026-000001 116.62 on 2026-11-11        2026-000001 116.62, discount 2026-000001 2.38 (S19 2.00+0.38) again
        invoice 2026-000001                            100.00 S19 100.00+19.00 = 119.00 paid 0.00
        balance receivable:ann                         0.00
        balance revenue                                98.00
        balance tax:S:19                               18.62
        balance @world                                 -116.62
        statement ann 2026-12-31                       11-01 invoice 2026-000001 119.00; 11-11 payment p1 -116.62; 11-11 cash_discount 2026-000001 -2.38 = 0.00 [0.00 0.00 0.00 0.00 0.00]
        """);

    [Fact]
    public Task Who_pays_late_or_too_little_owes_the_rest() => BillingTable.RunAsync("""
        seller 19 discount 3/7,2/14
        customer ann 30d
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 200.00 on 2026-11-05             200.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        offers 2026-000001                             3% by 11-08: 3.57 less, 115.43, 2% by 11-15: 2.38 less, 116.62
        pay p1 2026-000001 115.43 on 2026-11-09        2026-000001 115.43
        invoice 2026-000001                            100.00 S19 100.00+19.00 = 119.00 open 3.57
        pay p2 2026-000001 1.18 on 2026-11-10          2026-000001 1.18
        pay p3 2026-000001 0.01 on 2026-11-15          2026-000001 0.01, discount 2026-000001 2.38 (S19 2.00+0.38)
        run r2 2026-11-30 dated 2026-12-01             2026-000002 ann 238.00
        pay p4 2026-000002 233.23 on 2026-12-15        2026-000002 233.23
        pay p5 2026-000002 1.00 on 2026-12-16          2026-000002 1.00
        invoice 2026-000002                            200.00 S19 200.00+38.00 = 238.00 open 3.77
        balance revenue                                298.00
        balance tax:S:19                               56.62
        """);

    // 2 % of 226.00 is 4.52, in proportion to 119.00 and 107.00: 2.38 and 2.14.
    [Fact]
    public Task Each_rate_is_less_by_its_share() => BillingTable.RunAsync("""
        seller 19 7 discount 2/10
        customer ann
        charge c1 ann 100.00 tax 19 on 2026-10-05      100.00
        charge c2 ann 100.00 tax 7 on 2026-10-05       100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 226.00
        pay p1 ann 221.48 on 2026-11-03                2026-000001 221.48, discount 2026-000001 4.52 (S19 2.00+0.38 S7 2.00+0.14)
        balance revenue                                196.00
        balance tax:S:19                               18.62
        balance tax:S:7                                6.86
        balance receivable:ann                         0.00
        """);

    [Fact]
    public Task A_discount_without_a_net_of_its_own_has_a_rounding() => BillingTable.RunAsync("""
        seller 19 discount 3/10
        customer ann
        charge c1 ann 2.52 on 2026-10-05               2.52
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 3.00
        pay p1 2026-000001 2.91 on 2026-11-03          2026-000001 2.91, discount 2026-000001 0.09 (S19 0.08+0.02 rounding -0.01)
        balance rounding                               0.01
        balance revenue                                2.44
        balance tax:S:19                               0.46
        """);

    [Fact]
    public Task A_customer_has_a_discount_of_its_own_or_none() => BillingTable.RunAsync("""
        seller 0 discount 2/10
        customer ann discount 5/3
        customer bob discount none
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 bob 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00, 2026-000002 bob 100.00
        offers 2026-000001                             5% by 11-04: 5.00 less, 95.00
        offers 2026-000002                             
        seller 0
        pay p1 2026-000001 95.00 on 2026-11-04         2026-000001 95.00, discount 2026-000001 5.00 (Z0 5.00+0.00)
        pay p2 2026-000002 98.00 on 2026-11-04         2026-000002 98.00
        """);

    [Fact]
    public Task A_payment_of_the_oldest_invoices_takes_their_discounts_if_it_comes_to_them() => BillingTable.RunAsync("""
        seller 0 discount 2/10
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 100.00
        charge c2 ann 200.00 on 2026-11-01             200.00
        run r2 2026-11-01 dated 2026-11-02             2026-000002 ann 200.00
        pay p0 ann 1.00 on 2026-11-02                  2026-000001 1.00
        pay p1 ann 293.00 on 2026-11-05                2026-000001 97.00, 2026-000002 196.00, discount 2026-000001 2.00 (Z0 2.00+0.00), discount 2026-000002 4.00 (Z0 4.00+0.00)
        balance receivable:ann                         0.00
        charge c3 ann 100.00 on 2026-11-03             100.00
        run r3 2026-11-03 dated 2026-11-03             2026-000003 ann 100.00
        pay p2 ann 99.00 on 2026-11-05                 2026-000003 99.00
        """);

    [Fact]
    public Task A_payment_that_goes_back_takes_the_discount_along() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        pay p1 2026-000001 116.62 on 2026-11-03        2026-000001 116.62, discount 2026-000001 2.38 (S19 2.00+0.38)
        chargeback b1 p1 10.00 on 2026-11-05           2026-000001 10.00, discount 2026-000001 2.38 (S19 2.00+0.38)
        invoice 2026-000001                            100.00 S19 100.00+19.00 = 119.00 open 12.38
        balance revenue                                100.00
        balance tax:S:19                               19.00
        statement ann 2026-12-31                       11-01 invoice 2026-000001 119.00; 11-03 payment p1 -116.62; 11-03 cash_discount 2026-000001 -2.38; 11-05 chargeback b1 10.00; 11-05 cash_discount_lost 2026-000001 2.38 = 12.38 [0.00 0.00 12.38 0.00 0.00]
        pay p2 2026-000001 10.00 on 2026-11-06         2026-000001 10.00, discount 2026-000001 2.38 (S19 2.00+0.38)
        """);

    [Fact]
    public Task What_was_deducted_is_not_credited_again() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 on 2026-10-06              50.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 178.50
        credit g0 2026-000001 line 2 on 2026-11-02     C2026-000001 59.50
        pay p1 2026-000001 116.62 on 2026-11-03        2026-000001 116.62, discount 2026-000001 2.38 (S19 2.00+0.38)
        credit g1 2026-000001 rebill on 2026-11-04     already_credited
        credit g2 2026-000001 119.00 on 2026-11-04     exceeds_invoice
        credit g3 2026-000001 on 2026-11-04            C2026-000002 116.62
        lines C2026-000002                             c1 1 x 98 = 98.00 S19
        invoice 2026-000001                            150.00 S19 150.00+28.50 = 178.50 credited 0.00
        balance revenue                                0.00
        balance tax:S:19                               0.00
        balance receivable:ann                         116.62
        """);

    // What was owed after the discount is credited, and the charges are billed again as they were.
    [Fact]
    public Task What_was_paid_less_a_discount_can_be_billed_again() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 on 2026-10-06              50.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 178.50
        pay p1 2026-000001 174.93 on 2026-11-03        2026-000001 174.93, discount 2026-000001 3.57 (S19 3.00+0.57)
        credit g1 2026-000001 rebill on 2026-11-04     C2026-000001 174.93
        lines C2026-000001                             c1 1 x 98 = 98.00 S19, c2 1 x 49 = 49.00 S19
        balance revenue                                0.00
        balance tax:S:19                               0.00
        balance receivable:ann                         174.93
        uninvoiced                                     c1, c2
        run r2 2026-10-31 dated 2026-11-05             2026-000002 ann 178.50
        invoice 2026-000002                            150.00 S19 150.00+28.50 = 178.50 open 3.57
        restart
        balance receivable:ann                         -3.57
        statement ann 2026-12-31                       11-01 invoice 2026-000001 178.50; 11-03 payment p1 -174.93; 11-03 cash_discount 2026-000001 -3.57; 11-04 credit_note C2026-000001 -174.93; 11-05 invoice 2026-000002 178.50 = 3.57 [0.00 0.00 3.57 0.00 0.00]
        """);

    [Fact]
    public Task A_line_of_what_was_paid_less_a_discount_can_be_billed_again() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 on 2026-10-06              50.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 178.50
        pay p1 2026-000001 174.93 on 2026-11-03        2026-000001 174.93, discount 2026-000001 3.57 (S19 3.00+0.57)
        credit g1 2026-000001 line 2 rebill on 2026-11-04   C2026-000001 58.31
        uninvoiced                                     c2
        credit g2 2026-000001 line 2 rebill on 2026-11-04   already_credited
        run r2 2026-10-31 dated 2026-11-05             2026-000002 ann 59.50
        balance revenue                                148.00
        balance tax:S:19                               28.12
        balance receivable:ann                         -1.19
        """);

    [Fact]
    public Task A_discount_is_of_what_is_left_of_the_invoice() => BillingTable.RunAsync("""
        seller 19 discount 2/10
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31 dated 2026-11-01             2026-000001 ann 119.00
        credit g1 2026-000001 59.50 on 2026-11-02      C2026-000001 59.50
        pay p1 2026-000001 58.30 on 2026-11-03         2026-000001 58.30
        pay p2 2026-000001 0.01 on 2026-11-03          2026-000001 0.01, discount 2026-000001 1.19 (S19 1.00+0.19)
        restart
        balance revenue                                49.00
        pay p3 2026-000001 1.00 write-off              exceeds_invoice
        """);

    [Theory]
    [InlineData("2/10", "2/10")]
    [InlineData("2/14,3/7", "3/7,2/14")]
    [InlineData("0.5/0", "0.5/0")]
    [InlineData("none", "none")]
    public void Discounts_have_one_text(string typed, string text) =>
        Assert.Equal(text, DiscountTerms.Parse(typed).Text);

    [Theory]
    [InlineData("2")]
    [InlineData("2%/10")]
    [InlineData("0/10")]
    [InlineData("51/10")]
    [InlineData("2.125/10")]
    [InlineData("2/366")]
    [InlineData("2/-1")]
    [InlineData("2/7,3/14")]
    [InlineData("2/7,1/7")]
    [InlineData("5/1,4/2,3/3,2/4")]
    public void What_is_no_discount_is_refused(string typed)
    {
        var refused = Assert.Throws<InvalidRequestException>(() => DiscountTerms.Parse(typed));
        Assert.Equal("cash_discounts", refused.Field);
    }
}
