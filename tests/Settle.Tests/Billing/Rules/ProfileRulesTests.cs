using Settle.Billing;
using Settle.Billing.Rules;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Billing.Rules;

/// <summary>Which rules are whose: each profile is judged by its own.</summary>
public sealed class ProfileRulesTests
{
    private const string Peppol = EnRules.Plain + "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
    private const string Extension = EnRules.XRechnung + "#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0";
    private const string Vehicles = EnRules.XRechnung + "#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9";

    private static readonly EnInvoice Right = ElectronicInvoice.Of(new Bill().Line("Desk", 1, 100m).Make());

    private static readonly EnInvoice Authority =
        ElectronicInvoice.Of(new Bill { To = Examples.Authority }.Line("Desk", 1, 100m).Make());

    [Theory]
    [InlineData(EnRules.Plain, EnProfile.Plain)]
    [InlineData(EnRules.XRechnung, EnProfile.XRechnung)]
    [InlineData("urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3", EnProfile.XRechnung)]
    [InlineData(Extension, EnProfile.XRechnungExtension)]
    [InlineData(Vehicles, EnProfile.XRechnungCvd)]
    [InlineData(Peppol, EnProfile.Peppol)]
    [InlineData("urn:factur-x.eu:1p0:minimum", EnProfile.Minimum)]
    [InlineData("urn:factur-x.eu:1p0:basicwl", EnProfile.BasicWithoutLines)]
    [InlineData("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", EnProfile.Basic)]
    [InlineData("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", EnProfile.Extended)]
    [InlineData("urn:example", EnProfile.Other)]
    [InlineData(null, EnProfile.Other)]
    internal void A_profile_is_known_by_what_an_invoice_says(string? specification, EnProfile profile) =>
        Assert.Equal(profile, EnProfiles.Of(specification));

    [Fact]
    public void A_due_date_and_terms_are_no_longer_asked_for() =>
        Assert.Empty(EnRules.Check(Right with { DueDate = null, PaymentTerms = null }));

    [Theory]
    [InlineData("Zahlbar bis 14.11.2026", true)]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2.00#\n", true)]
    [InlineData("#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=100.50#\n#SKONTO#TAGE=14#PROZENT=2.00#\n", true)]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2.00#", false)]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2.00#\nthanks", true)]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2.00# thanks\n", false)]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2,00#\n", false)]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2.000#\n", false)]
    [InlineData("#Skonto#TAGE=14#PROZENT=2.00#\n", false)]
    [InlineData("#VERZUG#TAGE=14#PROZENT=2.00#\n", false)]
    [InlineData("# SKONTO#TAGE=14#PROZENT=2.00#\n", false)]
    public void A_cash_discount_is_written_as_XRechnung_wants_it(string terms, bool isRight)
    {
        Assert.Equal(isRight, !Rules(Authority with { PaymentTerms = terms }).Contains("BR-DE-18"));
        Assert.DoesNotContain("BR-DE-18", Rules(Right with { PaymentTerms = terms }));
    }

    [Fact]
    public void Peppols_rules_are_those_of_Peppol_and_XRechnung_only()
    {
        (string Rule, Func<EnInvoice, EnInvoice> Change)[] cases =
        [
            ("R001", each => each with { Process = null }),
            ("R005", each => each with { TaxCurrency = each.Currency, Totals = each.Totals! with { TaxInTaxCurrency = 19 } }),
            ("R008", each => each with { Syntax = new() { TaxTotals = 1, EmptyElements = ["Note"] } }),
            ("R040", each => Allowance(each, new() { Amount = 5, Base = 100, Percent = 10, Reason = "x" })),
            ("R041", each => Allowance(each, new() { Amount = 5, Percent = 5, Reason = "x" })),
            ("R042", each => Allowance(each, new() { Amount = 5, Base = 100, Reason = "x" })),
            ("R043", each => each with { Syntax = new() { TaxTotals = 1, Indicators = ["1"] } }),
            ("R044", each => Line(each, line => line with { HasPriceCharge = true })),
            ("R046", each => Line(each, line => line with { GrossPrice = line.Price + 2, PriceDiscount = 1 })),
            ("R053", each => each with { Syntax = new() { TaxTotals = 2 } }),
            ("R054", each => each with { Syntax = new() { TaxTotals = 1, OtherTaxTotals = 1 } }),
            ("R055", each => each with
            {
                TaxCurrency = "PLN", Totals = each.Totals! with { TaxInTaxCurrency = -80 },
                Syntax = new() { TaxTotals = 1, OtherTaxTotals = 1 },
            }),
            ("R061", each => each with { Payments = [new() { MeansCode = "59", HasDirectDebit = true }] }),
            ("R101", each => Line(each, line => line with { HasOtherDocument = true })),
            ("R130", each => Line(each, line => line with { PriceUnit = "KGM" })),
        ];
        foreach (var (rule, change) in cases)
        {
            var id = $"PEPPOL-EN16931-{rule}";
            Assert.Contains(id, Rules(change(Authority)));
            Assert.Contains(id, Rules(change(Right) with { Specification = Peppol }));
            Assert.DoesNotContain(id, Rules(change(Right)));
        }
    }

    [Fact]
    public void A_clean_vehicle_is_named_with_its_class_and_kind()
    {
        var vehicle = Line(Authority with
        {
            Specification = Vehicles, ContractReference = "C-1", TenderReference = "T-1",
        }, line => line with { Classes = [new("M1", "CVD")], Attributes = [new("cva", "clean")] });
        Assert.Empty(EnRules.Check(vehicle));
        Assert.Contains("BR-DE-CVD-01", Rules(vehicle with { ContractReference = null }));
        Assert.Contains("BR-DE-CVD-02", Rules(vehicle with { TenderReference = " " }));
        Assert.Contains("BR-DE-CVD-03", Rules(Line(vehicle, line => line with { Classes = [], Attributes = [] })));
        Assert.Contains("BR-DE-CVD-04", Rules(Line(vehicle, line => line with { Classes = [new("X9", "CVD")] })));
        Assert.Contains("BR-DE-CVD-05", Rules(Line(vehicle, line => line with { Attributes = [new("cva", "fast")] })));
        Assert.Contains("BR-DE-CVD-06-a", Rules(Line(vehicle, line => line with { Attributes = [] })));
        Assert.Contains("BR-DE-CVD-06-b", Rules(Line(vehicle, line => line with { Classes = [] })));
        Assert.Contains("BR-CL-13", Rules(vehicle with { Specification = EnRules.Plain }));
    }

    [Fact]
    public void The_extension_of_XRechnung_has_codes_and_a_sum_of_its_own()
    {
        var extended = Authority with
        {
            Specification = Extension,
            Buyer = Authority.Buyer! with { Endpoint = new("123", "XR01"), Registration = new("4", "XR02") },
            Attachments = [new("1", "application/xml", "a.xml")],
            Totals = Authority.Totals! with { ThirdParty = 10, Payable = Authority.Totals.Payable + 10 },
        };
        Assert.Empty(EnRules.Check(extended));
        Assert.Contains("BR-DEX-09", Rules(extended with { Totals = extended.Totals! with { ThirdParty = 11 } }));
        Assert.Contains("BR-DEX-07", Rules(extended with { Buyer = extended.Buyer! with { Endpoint = new("1", "XR99") } }));
        var plain = Rules(extended with { Specification = EnRules.XRechnung });
        Assert.Superset(new HashSet<string>(["BR-CL-24", "BR-CL-25", "BR-CL-11"]), plain.ToHashSet());
    }

    [Fact]
    public void What_leaves_lines_out_is_not_asked_for_them()
    {
        var without = Right with { Lines = [], Specification = "urn:factur-x.eu:1p0:basicwl" };
        Assert.Empty(EnRules.Check(without));
        var minimum = without with
        {
            Taxes = [], Specification = "urn:factur-x.eu:1p0:minimum",
            Buyer = new() { Name = "Dave" }, Totals = without.Totals! with { Lines = null },
        };
        Assert.Empty(EnRules.Check(minimum));
        Assert.Contains("BR-CO-15", Rules(minimum with { Totals = minimum.Totals! with { Gross = 1 } }));
        Assert.Contains("BR-16", Rules(without with { Specification = EnRules.Plain }));
    }

    [Fact]
    public void What_EXTENDED_does_in_its_own_way_is_not_fatal()
    {
        var extended = Right with
        {
            Specification = EnRules.Plain + "#conformant#urn:factur-x.eu:1p0:extended",
            Totals = Right.Totals! with { Lines = 99.99m },
        };
        Assert.All(EnRules.Check(extended), each => Assert.Equal(RuleSeverity.Warning, each.Severity));
        Assert.NotEmpty(EnRules.Check(extended));
        Assert.Contains(EnRules.Check(extended with { Number = null }),
            each => (each.Rule, each.Severity) == ("BR-02", RuleSeverity.Fatal));
    }

    private static List<string> Rules(EnInvoice invoice) =>
        [.. EnRules.Check(invoice).Select(violation => violation.Rule)];

    private static EnInvoice Allowance(EnInvoice invoice, EnAllowance allowance) =>
        Line(invoice, line => line with { Allowances = [allowance] });

    private static EnInvoice Line(EnInvoice invoice, Func<EnLine, EnLine> change) =>
        invoice with { Lines = [change(invoice.Lines[0]), .. invoice.Lines.Skip(1)] };
}
