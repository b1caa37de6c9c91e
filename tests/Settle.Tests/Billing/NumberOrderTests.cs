using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Numbers and dates: what is refused, and what is warned of.</summary>
public sealed class NumberOrderTests
{
    [Fact]
    public Task A_credit_note_is_never_dated_before_its_invoice() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 11.90
        credit g1 2026-000001 on 2026-10-30            credit_before_invoice
        credit g1 2026-000001 on 2026-10-30            credit_before_invoice again
        credit g2 2026-000001 on 2026-10-31            C2026-000001 11.90
        """);

    [Fact]
    public Task Where_no_day_is_given_a_credit_note_is_dated_today_or_with_its_invoice() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2027-03-01             2027-000001 ann 11.90
        credit g1 2027-000001                          C2027-000001 11.90
        """);

    [Fact]
    public Task Numbers_out_of_the_order_of_their_dates_are_warned_of() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 11.90
        warned r1                                      no
        charge c2 ann 10.00 on 2026-10-05              10.00
        charge c3 bob 10.00 on 2026-10-05              10.00
        dry r2 2026-10-31 dated 2026-10-15             2026-000002 ann 11.90, 2026-000003 bob 11.90
        warned r2                                      2026-000002, dated 2026-10-15, follows 2026-000001, dated 2026-10-31: the numbers are out of the order of their dates
        run r2 2026-10-31 dated 2026-10-15             2026-000002 ann 11.90, 2026-000003 bob 11.90
        warned r2                                      2026-000002, dated 2026-10-15, follows 2026-000001, dated 2026-10-31: the numbers are out of the order of their dates
        charge c4 ann 10.00 on 2026-10-05              10.00
        run r3 2026-10-31 dated 2026-10-15             2026-000004 ann 11.90
        warned r3                                      no
        charge c5 ann 10.00 on 2026-10-05              10.00
        run r4 2026-10-31 dated 2025-10-15             2025-000001 ann 11.90
        warned r4                                      no
        """);
}
