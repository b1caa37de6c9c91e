using Settle.Billing;
using Settle.Billing.Rules;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Billing.Rules;

/// <summary>
/// Each rule as one change to an invoice that is right, and what the checker says to it then.
/// </summary>
public sealed class EnRulesTests
{
    private static readonly EnInvoice Right = ElectronicInvoice.Of(new Bill()
        .Line("Desk", 2, 100m, discount: 1000).Line("Book", 1, 9.99m, "7").Make());

    private static readonly EnInvoice Authority =
        ElectronicInvoice.Of(new Bill { To = Examples.Authority }.Line("Desk", 1, 100m).Make());

    [Fact]
    public void An_invoice_that_is_right_breaks_no_rule()
    {
        Assert.Empty(EnRules.Check(Right));
        Assert.Empty(EnRules.Check(Authority));
    }

    [Fact]
    public void What_must_be_there_is_missed()
    {
        Breaks("BR-01", Right with { Specification = null });
        Breaks("BR-02", Right with { Number = " " });
        Breaks("BR-03", Right with { IssueDate = null });
        Breaks("BR-04", Right with { TypeCode = null });
        Breaks("BR-05", Right with { Currency = null });
        Breaks("BR-06", Right with { Seller = Right.Seller! with { Name = "" } });
        Breaks("BR-07", Right with { Buyer = Right.Buyer! with { Name = null } });
        Breaks("BR-08", Right with { Seller = Right.Seller! with { Address = null } });
        Breaks("BR-09", Right with { Seller = Right.Seller! with { Address = new() } });
        Breaks("BR-10", Right with { Buyer = Right.Buyer! with { Address = null } });
        Breaks("BR-11", Right with { Buyer = Right.Buyer! with { Address = new() } });
        Breaks("BR-16", Right with { Lines = [] });
        Breaks("BR-CO-18", Right with { Taxes = [] });
        Breaks("BR-CO-26", Right with
        {
            Seller = Right.Seller! with { VatId = null, Registration = null },
        });
        Breaks("BR-61", Right with { Payments = [new EnPayment { MeansCode = "58" }] });
        Breaks("SETTLE-03", Right with { Totals = null });
    }

    [Fact]
    public void What_a_line_must_have_is_missed()
    {
        Breaks("BR-21", First(line => line with { Id = null }));
        Breaks("BR-22", First(line => line with { Quantity = null }));
        Breaks("BR-23", First(line => line with { Unit = null }));
        Breaks("BR-24", First(line => line with { Net = null }));
        Breaks("BR-25", First(line => line with { Name = "" }));
        Breaks("BR-26", First(line => line with { Price = null }));
        Breaks("BR-27", First(line => line with { Price = -1 }));
        Breaks("BR-30", First(line => line with { Period = new("2026-10-02", "2026-10-01") }));
        Breaks("BR-CO-04", First(line => line with { Category = null }));
        Breaks("BR-42", First(line => line with
        {
            Allowances = [line.Allowances[0] with { Reason = null, ReasonCode = null }],
        }));
    }

    [Theory]
    [InlineData("BR-CO-10", 0.01)]
    [InlineData("BR-CO-10", -0.01)]
    public void The_sum_of_the_lines_is_right_to_the_cent(string rule, double wrong) =>
        Breaks(rule, Totals(t => t with { Lines = t.Lines + (decimal)wrong }));

    [Fact]
    public void Every_other_sum_is_right_to_the_cent()
    {
        Breaks("BR-CO-13", Totals(t => t with { Net = t.Net + 0.01m }));
        Breaks("BR-CO-14", Totals(t => t with { Tax = t.Tax - 0.01m }));
        Breaks("BR-CO-15", Totals(t => t with { Gross = t.Gross + 0.01m }));
        Breaks("BR-CO-16", Totals(t => t with { Payable = t.Payable - 0.01m }));
        Breaks("BR-CO-16", Totals(t => t with { Rounding = 0.01m }));
        Breaks("BR-S-08", Tax(t => t with { Net = t.Net + 0.01m }));
        Breaks("BR-S-09", Tax(t => t with { Tax = t.Tax + 0.01m }));
        Breaks("BR-CO-17", Tax(t => t with { Tax = t.Tax + 0.01m }));
        Breaks("PEPPOL-EN16931-R120", First(line => line with { Price = line.Price + 0.01m }));
    }

    [Fact]
    public void A_cent_that_the_official_checkers_tolerate_is_said_to_be_inexact()
    {
        var cent = Tax(t => t with { Tax = t.Tax + 0.01m });
        Assert.Equal(RuleSeverity.Inexact, Find("BR-S-09", cent).Severity);
        var euro = Tax(t => t with { Tax = t.Tax + 1m });
        Assert.Equal(RuleSeverity.Fatal, Find("BR-S-09", euro).Severity);
    }

    [Fact]
    public void Half_a_cent_is_rounded_away_from_zero()
    {
        // 0.50 at 19 % is 0.095.
        var invoice = ElectronicInvoice.Of(new Bill().Line("Pencil", 1, 0.5m).Make());
        Assert.Equal(0.10m, invoice.Taxes[0].Tax);
        Assert.Empty(EnRules.Check(invoice));
        Breaks("BR-S-09", invoice with { Taxes = [invoice.Taxes[0] with { Tax = 0.09m }] });
    }

    [Fact]
    public void Amounts_have_two_decimals_at_most()
    {
        Breaks("BR-DEC-09", Totals(t => t with { Lines = 1.234m }));
        Breaks("BR-DEC-18", Totals(t => t with { Payable = 1.000m }));
        Breaks("BR-DEC-20", Tax(t => t with { Tax = 1.234m }));
        Breaks("BR-DEC-23", First(line => line with { Net = 1.234m }));
        Breaks("BR-DEC-24", First(line => line with
        {
            Allowances = [line.Allowances[0] with { Amount = 1.234m }],
        }));
    }

    [Theory]
    [InlineData("S", "BR-S-05", 0)]
    [InlineData("Z", "BR-Z-05", 7)]
    [InlineData("E", "BR-E-05", 7)]
    [InlineData("AE", "BR-AE-05", 7)]
    [InlineData("K", "BR-IC-05", 7)]
    [InlineData("G", "BR-G-05", 7)]
    [InlineData("O", "BR-O-05", 0)]
    public void A_category_goes_with_its_rates(string category, string rule, int rate) =>
        Breaks(rule, First(line => line with { Category = category, Rate = rate }));

    [Theory]
    [InlineData("exempt", "BR-E-10")]
    [InlineData("reverse_charge", "BR-AE-10")]
    [InlineData("intra_community", "BR-IC-10")]
    [InlineData("export", "BR-G-10")]
    [InlineData("out_of_scope", "BR-O-10")]
    public void Where_there_is_no_tax_the_reason_is_given(string tax, string rule)
    {
        var invoice = ElectronicInvoice.Of(new Bill().Line("Desk", 1, 100m, tax).Make());
        Assert.Empty(EnRules.Check(invoice));
        var silent = invoice.Taxes[0] with { Reason = null, ReasonCode = null };
        Breaks(rule, invoice with { Taxes = [silent] });
        Breaks(rule.Replace("10", "09", StringComparison.Ordinal),
            invoice with { Taxes = [invoice.Taxes[0] with { Tax = 1 }] });
        Breaks(rule.Replace("10", "01", StringComparison.Ordinal),
            invoice with { Taxes = [invoice.Taxes[0], invoice.Taxes[0]] });
    }

    [Fact]
    public void Where_there_is_tax_no_reason_is_given() =>
        Breaks("BR-S-10", Tax(t => t with { Reason = "kindness" }));

    [Fact]
    public void Reverse_charge_and_supplies_in_the_Union_need_the_VAT_ids_of_both()
    {
        foreach (var (tax, rule) in new[] { ("reverse_charge", "BR-AE-02"),
            ("intra_community", "BR-IC-02") })
        {
            var invoice = ElectronicInvoice.Of(new Bill().Line("Desk", 1, 100m, tax).Make());
            Breaks(rule, invoice with { Buyer = invoice.Buyer! with { VatId = null } });
            Breaks(rule, invoice with
            {
                Seller = invoice.Seller! with { VatId = null, TaxNumber = null },
            });
        }
        var supply = ElectronicInvoice.Of(new Bill().Line("Desk", 1, 100m, "intra_community").Make());
        Breaks("BR-IC-11", supply with { Period = null });
        Breaks("BR-IC-12", supply with { DeliveryAddress = null });
    }

    [Fact]
    public void What_is_not_subject_to_VAT_stands_alone_and_names_no_VAT_id()
    {
        var mixed = ElectronicInvoice.Of(new Bill().Line("Deposit", 1, 100m, "out_of_scope")
            .Line("Desk", 1, 100m).Make());
        Breaks("BR-O-11", mixed);
        Breaks("BR-O-12", mixed);
        var alone = ElectronicInvoice.Of(new Bill().Line("Deposit", 1, 100m, "out_of_scope").Make());
        Breaks("BR-O-02", alone with { Buyer = alone.Buyer! with { VatId = "DE123456788" } });
    }

    [Fact]
    public void A_rate_of_a_line_that_has_no_tax_of_its_own_is_missed() =>
        Breaks("SETTLE-04", Right with { Taxes = [Right.Taxes[0]] });

    [Fact]
    public void Codes_are_those_of_their_lists()
    {
        Breaks("BR-CL-01", Right with { TypeCode = "999" });
        Breaks("BR-CL-01", Right with { TypeCode = "381" });
        Breaks("BR-CL-04", Right with { Currency = "EURO" });
        Breaks("BR-CL-14", Right with { Buyer = Right.Buyer! with { Address = new() { Country = "D" } } });
        Breaks("BR-CL-16", Right with { Payments = [new EnPayment { MeansCode = "999" }] });
        Breaks("BR-CL-17", Tax(t => t with { Category = "X" }));
        Breaks("BR-CL-18", First(line => line with { Category = "X" }));
        Breaks("BR-CL-22", Tax(t => t with { ReasonCode = "VATEX-XX" }));
        Breaks("BR-CL-23", First(line => line with { Unit = "HOURS" }));
        Breaks("BR-CL-25", Right with
        {
            Buyer = Right.Buyer! with { Endpoint = new("a@b.example", "MAIL") },
        });
        Breaks("BR-CO-09", Right with { Seller = Right.Seller! with { VatId = "123456789" } });
    }

    [Fact]
    public void German_authorities_ask_for_more()
    {
        Breaks("BR-DE-1", Authority with { Payments = [] });
        Breaks("BR-DE-2", Authority with { Seller = Authority.Seller! with { Contact = null } });
        Breaks("BR-DE-6", Contact(contact => contact with { Phone = null }));
        Breaks("BR-DE-7", Contact(contact => contact with { Email = null }));
        Breaks("BR-DE-8", Authority with
        {
            Buyer = Authority.Buyer! with { Address = Authority.Buyer.Address! with { City = null } },
        });
        Breaks("BR-DE-15", Authority with { BuyerReference = null });
        Breaks("PEPPOL-EN16931-R010", Authority with
        {
            Buyer = Authority.Buyer! with { Endpoint = null },
        });
        var others = Authority with { Specification = EnRules.Plain, BuyerReference = null };
        Assert.Empty(EnRules.Check(others));
    }

    [Fact]
    public void What_is_advice_only_is_a_warning()
    {
        Assert.Equal(RuleSeverity.Warning,
            Find("BR-DE-27", Contact(contact => contact with { Phone = "none" })).Severity);
        Assert.Equal(RuleSeverity.Warning, Find("BR-DE-19", Authority with
        {
            Payments = [new EnPayment { MeansCode = "58", Accounts = [new("DE00370400440532013000")] }],
        }).Severity);
    }

    [Fact]
    public void Absurd_numbers_are_told_and_not_summed() => Assert.All(EnRules.Check(
        First(line => line with { Quantity = 99_999_999_999_999m, Price = 79_000_000_000_000_000m })),
        violation => Assert.Equal("SETTLE-02", violation.Rule));

    [Fact]
    public void A_day_that_the_calendar_does_not_have_is_told() =>
        Breaks("SETTLE-01", Right with { DueDate = "2026-02-30" });

    [Fact]
    public void A_violation_names_the_field_and_says_what_to_do()
    {
        var violation = Find("BR-27", First(line => line with { Price = -1 }));
        Assert.Equal("lines[0].price (BT-146)", violation.Field);
        Assert.Equal("BR-27: lines[0].price (BT-146) is below zero; make the quantity negative, or "
            + "a credit note", violation.ToString());
    }

    [Theory]
    [InlineData("DE89370400440532013000", true)]
    [InlineData("DE89 3704 0044 0532 0130 00", true)]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("DE88370400440532013000", false)]
    [InlineData("de89370400440532013000", false)]
    [InlineData("DE89", false)]
    [InlineData("", false)]
    public void An_IBAN_is_known_by_its_check_digits(string iban, bool isValid) =>
        Assert.Equal(isValid, Iban.IsValid(iban));

    private static EnInvoice First(Func<EnLine, EnLine> change) =>
        Right with { Lines = [change(Right.Lines[0]), .. Right.Lines.Skip(1)] };

    private static EnInvoice Tax(Func<EnTax, EnTax> change) =>
        Right with { Taxes = [change(Right.Taxes[0]), .. Right.Taxes.Skip(1)] };

    [Fact]
    public void What_makes_an_invoice_invalid_is_listed_before_the_rest()
    {
        var found = new Findings(EnProfile.Plain);
        for (var i = 0; i < Limits.ViolationsMax + 5; i++)
            found.Add("A", "field", "is odd", RuleSeverity.Warning);
        found.Add("B", "field", "is wrong", RuleSeverity.Fatal);
        Assert.Equal(Limits.ViolationsMax, found.Violations.Count);
        Assert.Equal(6, found.Omitted);
        Assert.Equal("B", found.Violations[^1].Rule);
    }

    private static EnInvoice Totals(Func<EnTotals, EnTotals> change) =>
        Right with { Totals = change(Right.Totals!) };

    private static EnInvoice Contact(Func<EnContact, EnContact> change) => Authority with
    {
        Seller = Authority.Seller! with { Contact = change(Authority.Seller.Contact!) },
    };

    private static RuleViolation Find(string rule, EnInvoice invoice) =>
        Assert.Single(EnRules.Check(invoice), violation => violation.Rule == rule);

    private static void Breaks(string rule, EnInvoice invoice)
    {
        var found = EnRules.Check(invoice);
        Assert.True(found.Any(violation => violation.Rule == rule),
            $"{rule} was not found, but {string.Join(", ", found)}");
    }
}
