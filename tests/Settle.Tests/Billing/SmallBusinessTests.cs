using Settle.Billing;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Sellers without VAT, and why something has none.</summary>
public sealed class SmallBusinessTests
{
    [Fact]
    public Task A_small_business_with_a_tax_number_bills_without_tax_and_says_why() => BillingTable.RunAsync("""
        seller small number 30/123/45678
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31                              2026-000001 ann 100.00
        parked r1
        reasons 2026-000001                            E The VAT exemption for small businesses applies (§ 19 UStG)
        credit g1 2026-000001 40.00                    C2026-000001 40.00
        reasons C2026-000001                           E The VAT exemption for small businesses applies (§ 19 UStG)
        seller small number 30/123/45678 19            invalid tax_rates
        seller 19
        charge c2 ann 100.00 on 2026-10-05             100.00
        run r2 2026-10-31                              2026-000002 ann 119.00
        reasons 2026-000001                            E The VAT exemption for small businesses applies (§ 19 UStG)
        """);

    [Fact]
    public Task Each_country_has_its_words() => BillingTable.RunAsync("""
        seller small number 12 country AT
        customer ann
        charge c1 ann 1.00 on 2026-10-05               1.00
        run r1 2026-10-31                              2026-000001 ann 1.00
        reasons 2026-000001                            E The VAT exemption for small businesses applies (§ 6 Abs. 1 Z 27 UStG)
        seller small number 12 country FR
        charge c2 ann 1.00 on 2026-10-05               1.00
        run r2 2026-10-31                              2026-000002 ann 1.00
        reasons 2026-000002                            E TVA non applicable, art. 293 B du CGI [VATEX-FR-FRANCHISE]
        seller small number 12 country IT
        charge c3 ann 1.00 on 2026-10-05               1.00
        run r3 2026-10-31                              2026-000003 ann 1.00
        reasons 2026-000003                            E The VAT exemption for small businesses applies (article 284 of Directive 2006/112/EC)
        seller small number 12 country US because own-words
        charge c4 ann 1.00 on 2026-10-05               1.00
        run r4 2026-10-31                              2026-000004 ann 1.00
        reasons 2026-000004                            E own-words
        """);

    [Theory]
    [InlineData("DE", "19")]
    [InlineData("DE", "exempt")]
    [InlineData("US", "out_of_scope")]
    [InlineData("CH", "8.1")]
    [InlineData("AT", "exempt")]
    public Task A_seller_with_a_tax_number_only_is_known_by_it(string country, string tax) => BillingTable.RunAsync($"""
        seller 19 8.1 number 30/123 country {country} default {tax}
        customer ann private
        charge c1 ann 100.00 on 2026-10-05             100.00
        dry r0 2026-10-31                              2026-000001 ann {Gross(tax)}
        run r1 2026-10-31                              2026-000001 ann {Gross(tax)}
        """);

    [Fact]
    public Task Who_has_no_number_at_all_is_parked() => BillingTable.RunAsync("""
        seller country US default out_of_scope
        customer ann private
        charge c1 ann 100.00 on 2026-10-05             100.00
        run r1 2026-10-31                              nothing
        parked r1                                      ann BR-CO-26
        """);

    [Fact]
    public Task A_reason_is_the_charges_or_else_the_sellers_or_else_the_usual() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer eve exempt
        charge c1 ann 1.00 tax exempt on 2026-10-05                             1.00
        run r1 2026-10-31                                                       2026-000001 ann 1.00
        reasons 2026-000001                                                     E Exempt from VAT
        seller 19 because school code VATEX-EU-132-1I
        charge c2 ann 1.00 tax exempt on 2026-10-05                             1.00
        run r2 2026-10-31                                                       2026-000002 ann 1.00
        reasons 2026-000002                                                     E school [VATEX-EU-132-1I]
        charge c3 ann 1.00 tax exempt because rent code VATEX-EU-135-1 on 2026-10-05   1.00
        run r3 2026-10-31                                                       2026-000003 ann 1.00
        reasons 2026-000003                                                     E rent [VATEX-EU-135-1]
        charge c4 ann 1.00 tax exempt because rent code VATEX-EU-135-1 on 2026-10-05   1.00
        charge c5 ann 1.00 tax exempt on 2026-10-05                             1.00
        charge c6 ann 1.00 on 2026-10-05                                        1.00
        run r4 2026-10-31                                                       2026-000004 ann 3.19
        reasons 2026-000004                                                     S , E rent; school
        charge c7 ann 1.00 because rent on 2026-10-05                           invalid exemption
        charge c7 ann 1.00 tax 19 because rent on 2026-10-05                    invalid exemption
        charge c7 ann 1.00 tax 0 code VATEX-EU-135-1 on 2026-10-05              invalid exemption_code
        charge c7 ann 1.00 tax exempt code VATEX-1 on 2026-10-05                invalid exemption_code
        charge c8 eve 1.00 on 2026-10-05                                        1.00
        run r5 2026-10-31                                                       2026-000005 eve 1.00
        reasons 2026-000005                                                     E school [VATEX-EU-132-1I]
        seller 19 code VATEX-1                                                  invalid party.exemption_code
        """);

    [Fact]
    public Task A_credit_note_has_the_reasons_of_what_it_credits() => BillingTable.RunAsync("""
        seller small number 30/123/45678
        customer ann
        charge c1 ann 100.00 on 2026-10-05             100.00
        charge c2 ann 50.00 tax exempt because school code VATEX-EU-132-1I on 2026-10-05   50.00
        run r1 2026-10-31                              2026-000001 ann 150.00
        reasons 2026-000001                            E The VAT exemption for small businesses applies (§ 19 UStG); school
        credit g1 2026-000001 line 1                   C2026-000001 100.00
        reasons C2026-000001                           E The VAT exemption for small businesses applies (§ 19 UStG)
        credit g2 2026-000001                          C2026-000002 50.00
        reasons C2026-000002                           E school [VATEX-EU-132-1I]
        charge c3 ann 100.00 on 2026-10-05             100.00
        charge c4 ann 50.00 tax exempt because school code VATEX-EU-132-1I on 2026-10-05   50.00
        run r2 2026-10-31                              2026-000002 ann 150.00
        credit g3 2026-000002 20.00                    C2026-000003 20.00
        reasons C2026-000003                           E The VAT exemption for small businesses applies (§ 19 UStG); school
        """);

    [Theory]
    [InlineData("reverse_charge", "VATEX-EU-G", "VATEX-EU-AE")]
    [InlineData("reverse_charge", "VATEX-EU-132-1I", "VATEX-FR-AE")]
    [InlineData("out_of_scope", "VATEX-EU-AE", "VATEX-EU-O")]
    [InlineData("out_of_scope", "VATEX-EU-IC", "VATEX-EU-79-C")]
    [InlineData("exempt", "VATEX-EU-AE", "VATEX-EU-135-1")]
    [InlineData("exempt", "VATEX-EU-O", "VATEX-EU-I")]
    [InlineData("intra_community", "VATEX-EU-G", "VATEX-EU-IC")]
    [InlineData("export", "VATEX-EU-IC", "VATEX-EU-G")]
    [InlineData("export", "VATEX-EU-D", "VATEX-EU-151-1A")]
    public Task A_code_that_contradicts_its_tax_is_refused(string tax, string wrong, string right) => BillingTable.RunAsync($"""
        seller 19
        customer ann
        charge c1 ann 1.00 tax {tax} code {wrong} on 2026-10-05     invalid exemption_code
        charge c1 ann 1.00 tax {tax} code {right} on 2026-10-05     1.00
        """);

    [Fact]
    public async Task It_says_which_tax_the_code_is_for()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Ann", Country = "DE", ExemptionCode = "VATEX-EU-AE" },
        }));
        Assert.Equal(("party.exemption_code", "party.exemption_code: 'VATEX-EU-AE' is a reason for reverse_charge, and contradicts "
            + "the tax, which is exempt; use a code for that, or none"), (fault.Field, fault.Message));
    }

    [Fact]
    public Task A_small_business_never_bills_VAT() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob
        charge c1 ann 100.00 on 2026-10-01             100.00
        charge c2 bob 100.00 on 2026-10-01             100.00
        run r1 2026-10-31 only bob                     2026-000001 bob 119.00
        seller small number 30/123/45678
        charge c3 ann 10.00 on 2026-10-02              10.00
        dry r2 2026-10-31                              nothing
        parked r2                                      ann unknown_tax_rate
        run r2 2026-10-31                              nothing
        parked r2                                      ann unknown_tax_rate
        credit g1 2026-000001 rebill                   C2026-000001 119.00
        run r2 2026-10-31                              nothing
        parked r2                                      ann unknown_tax_rate, bob unknown_tax_rate
        withdraw c1                                    withdrawn
        withdraw c2                                    withdrawn
        run r2 2026-10-31                              2026-000002 ann 10.00
        """);

    [Fact]
    public Task A_run_that_is_made_again_tells_its_invoice_whatever_the_next_one_lacks() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        charge c1 ann 10.00 tax 7 on 2026-10-05        10.00
        run r1 2026-10-31                              2026-000001 ann 10.70
        charge c2 ann 10.00 tax 7 on 2026-10-06        10.00
        seller 19
        run r1 2026-10-31                              2026-000001 ann 10.70 again
        run r2 2026-10-31                              nothing
        parked r2                                      ann unknown_tax_rate
        """);

    [Fact]
    public Task So_it_does_of_a_customer_with_two_invoices() => BillingTable.RunAsync("""
        seller 19 7
        customer ann
        customer bob
        charge c1 ann 10.00 tax 19 on 2026-10-05       10.00
        charge c2 ann 5.00 tax out_of_scope on 2026-10-05  5.00
        charge c3 bob 10.00 tax 19 on 2026-10-05       10.00
        run r1 2026-10-31                              2026-000001 ann 11.90, 2026-000002 bob 11.90, 2026-000003 ann 5.00
        charge c4 ann 10.00 tax 7 on 2026-10-06        10.00
        charge c5 bob 10.00 tax 7 on 2026-10-06        10.00
        seller 19
        run r1 2026-10-31                              2026-000001 ann 11.90 again, 2026-000002 bob 11.90 again, 2026-000003 ann 5.00 again
        uninvoiced                                     c4, c5
        """);

    [Fact]
    public Task A_rate_that_the_seller_has_no_more_is_not_billed() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob
        charge c1 ann 100.00 on 2026-10-01             100.00
        charge c2 ann 100.00 on 2026-11-01             100.00
        charge c3 bob 100.00 tax 0 on 2026-10-01       100.00
        seller 7
        dry r1 2026-10-31                              2026-000001 bob 100.00
        run r1 2026-10-31                              2026-000001 bob 100.00
        parked r1                                      ann unknown_tax_rate
        seller 7 19
        run r1 2026-10-31                              2026-000002 ann 119.00, 2026-000001 bob 100.00 again
        """);

    [Fact]
    public async Task A_customer_is_no_small_business()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var party = new Party { Name = "Ann", Country = "DE" };
        foreach (var (wrong, field) in new[] { (party with { SmallBusiness = true }, "small_business"),
            (party with { TaxCurrency = "EUR" }, "tax_currency"), (party with { Exemption = "so" }, "exemption") })
        {
            var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutCustomerAsync(
                new CustomerRequest { Customer = "ann", Party = wrong }));
            Assert.Equal("party." + field, fault.Field);
        }
    }

    [Fact]
    public void Paper_of_a_small_business_shows_no_tax_and_numbers_it()
    {
        var seller = Paper.Bill.Seller with { VatId = null, RegistrationId = null, SmallBusiness = true };
        var invoice = Paper.Examples.All["small business"];
        Assert.Equal(seller, invoice.Seller);
        var model = ElectronicInvoice.Of(invoice);
        Assert.Equal((seller.TaxNumber, seller.TaxNumber),
            (model.Seller!.TaxNumber, Assert.Single(model.Seller.Identifiers).Value));
        Assert.Equal(("E", "Es gilt die Steuerbefreiung für Kleinunternehmer (§ 19 UStG)"),
            (model.Taxes[0].Category, model.Taxes[0].Reason));
        var letter = Paper.LetterText.Of(invoice);
        Assert.Contains("Es gilt die Steuerbefreiung für Kleinunternehmer (§ 19 UStG).", letter, StringComparison.Ordinal);
        Assert.Contains("Steuernr. 215/5432/1234", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("USt.", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("0 %", letter, StringComparison.Ordinal);
    }

    private static string Gross(string tax) => tax switch { "19" => "119.00", "8.1" => "108.10", _ => "100.00" };
}
