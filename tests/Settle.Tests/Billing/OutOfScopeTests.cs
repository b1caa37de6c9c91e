using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What is out of scope of VAT, such as a deposit, whoever the customer is.</summary>
public sealed class OutOfScopeTests
{
    [Theory]
    [InlineData("reverse_charge", "AE0")]
    [InlineData("exempt", "E0")]
    [InlineData("export", "G0")]
    [InlineData("intra_community", "K0")]
    public Task A_treatment_does_not_replace_it(string treatment, string tax) => BillingTable.RunAsync($"""
        seller 19
        customer ann {treatment}
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 tax out_of_scope on 2026-10-06  50.00
        dry r0 2026-10-31                              2026-000001 ann 100.00, 2026-000002 ann 50.00
        run r1 2026-10-31                              2026-000001 ann 100.00, 2026-000002 ann 50.00
        lines 2026-000001                              c1 1 x 100 = 100.00 {tax}
        lines 2026-000002                              c2 1 x 50 = 50.00 O0
        pay p1 ann 150.00 on 2026-11-09                2026-000001 100.00, 2026-000002 50.00
        chargeback b1 p1 fee 3.00 on 2026-11-09        2026-000002 50.00, 2026-000001 100.00
        run r2 2026-11-30                              2026-000003 ann 3.00
        lines 2026-000003                              b1 1 x 3 = 3.00 O0
        credit g1 2026-000002                          C2026-000001 50.00
        lines C2026-000001                             c2 1 x 50 = 50.00 O0
        """);

    [Fact]
    public Task Who_is_out_of_scope_altogether_has_one_invoice() => BillingTable.RunAsync("""
        seller 19
        customer ann out_of_scope
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 tax out_of_scope on 2026-10-06  50.00
        run r1 2026-10-31                              2026-000001 ann 150.00
        """);

    [Fact]
    public Task Who_cannot_get_one_invoice_gets_none_in_a_dry_run_too() => BillingTable.RunAsync("""
        seller 19
        customer ann private reverse_charge
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 tax out_of_scope on 2026-10-06  50.00
        dry r0 2026-10-31                              nothing
        parked r0                                      ann BR-AE-02
        run r1 2026-10-31                              nothing
        parked r1                                      ann BR-AE-02
        """);

    // 1.005 and 1.005 dinars are 2.01, but no line of an invoice can have three decimals.
    [Fact]
    public Task A_line_is_checked_even_if_the_sum_is_right() => BillingTable.RunAsync("""
        seller 0
        customer ann asset KWD
        charge c1 ann 10.05 on 2026-10-05              10.05
        charge c2 ann 10.05 on 2026-10-05              10.05
        dry r0 2026-10-31                              nothing
        run r1 2026-10-31                              nothing
        parked r1                                      ann BR-DEC-23
        """);
}
