using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of Peppol BIS Billing 3, which XRechnung has taken over for the most part.
/// </summary>
internal static class PeppolRules
{
    private const string Missing = "is missing";
    private const string Prefix = "PEPPOL-EN16931-";
    private const decimal Slack = 0.02m;

    // Hungary's invoices are in whole forints.
    private const decimal ForintSlack = 0.5m;

    private static readonly string[] DirectDebits = ["49", "59"];

    public static void Check(EnInvoice invoice, EnProfile profile, Findings found)
    {
        found.Require(Has(invoice.Process), Prefix + "R001", "process (BT-23)", Missing);
        found.Require(invoice.TaxCurrency is null || invoice.TaxCurrency != invoice.Currency,
            Prefix + "R005", "tax_currency (BT-6)", "is the invoice's currency");
        found.Require(invoice.Buyer?.Endpoint is not null, Prefix + "R010", "buyer.email (BT-49)",
            Missing);
        found.Require(invoice.Seller?.Endpoint is not null, Prefix + "R020", "seller.email (BT-34)",
            Missing);
        if (profile == EnProfile.Peppol) CheckPeppolOnly(invoice, found);
        if (invoice.Syntax is { } syntax) CheckSyntax(invoice, syntax, found);
        for (var i = 0; i < invoice.Payments.Count; i++)
        {
            found.Require(!DirectDebits.Contains(invoice.Payments[i].MeansCode)
                || invoice.Payments[i].Mandate is not null, Prefix + "R061",
                new FieldPath("payments", i), "mandate (BT-89)", "is missing in a direct debit");
        }
        var slack = profile != EnProfile.Peppol && invoice.Currency == "HUF" ? ForintSlack : Slack;
        CheckAllowances(invoice.Allowances, new FieldPath("allowances"), slack, found);
        CheckAllowances(invoice.Charges, new FieldPath("charges"), slack, found);
        for (var i = 0; i < invoice.Lines.Count; i++)
            CheckLine(invoice, invoice.Lines[i], new FieldPath("lines", i), slack, found);
    }

    private static void CheckPeppolOnly(EnInvoice invoice, Findings found)
    {
        var isGerman = invoice.Seller?.Address?.Country == "DE"
            && invoice.Buyer?.Address?.Country == "DE";
        found.Require(invoice.Notes.Count <= 1 || isGerman, Prefix + "R002", "notes (BG-1)",
            "are more than one");
        found.Require(Has(invoice.BuyerReference) || Has(invoice.OrderReference), Prefix + "R003",
            "buyer_reference (BT-10), order (BT-13)", "are both missing");
    }

    private static void CheckSyntax(EnInvoice invoice, EnSyntax syntax, Findings found)
    {
        foreach (var name in syntax.EmptyElements)
            found.Add(Prefix + "R008", name, "holds nothing; leave it out", RuleSeverity.Fatal);
        foreach (var indicator in syntax.Indicators)
        {
            found.Add(Prefix + "R043", "allowances, charges (BG-20, BG-21, BG-27, BG-28)",
                $"have the charge indicator '{indicator}'; write true or false",
                RuleSeverity.Fatal);
        }
        found.Require(syntax.TaxTotals == 1 || (syntax.TaxTotals == 0 && !syntax.NeedsTaxTotal),
            Prefix + "R053", "totals.tax (BT-110)", "has to be there once, with the taxes");
        found.Require(syntax.OtherTaxTotals == (invoice.TaxCurrency is null ? 0 : 1),
            Prefix + "R054", "totals.tax_in_tax_currency (BT-111)", invoice.TaxCurrency is null
                ? "is given without its currency (BT-6)"
                : "has to be there once, in the currency for the tax office (BT-6)");
        if (invoice.TaxCurrency is null || (invoice.Totals?.Tax is null && !syntax.NeedsTaxTotal))
            return;
        found.Require(invoice.Totals is { Tax: { } tax, TaxInTaxCurrency: { } other }
            && ((tax <= 0 && other <= 0) || (tax >= 0 && other >= 0)), Prefix + "R055",
            "totals.tax_in_tax_currency (BT-111)", "does not have the sign of the tax (BT-110)");
    }

    private static void CheckLine(EnInvoice invoice, EnLine line, FieldPath path, decimal slack,
        Findings found)
    {
        found.Require(line.PriceUnit is null || line.PriceUnit == line.Unit, Prefix + "R130", path,
            "price_unit (BT-150)", "is not the line's unit");
        found.Require(Day(line.Period?.Start) is not { } start
            || Day(invoice.Period?.Start) is not { } first || start >= first, Prefix + "R110", path,
            "period.start (BT-134)", "is before the invoice's period");
        found.Require(Day(line.Period?.End) is not { } end
            || Day(invoice.Period?.End) is not { } last || end <= last, Prefix + "R111", path,
            "period.end (BT-135)", "is after the invoice's period");
        found.Require(!line.HasOtherDocument, Prefix + "R101", path, "document",
            "is not the invoiced object (130), the only one that a line may refer to");
        found.Require(!line.HasPriceCharge, Prefix + "R044", path, "price_discount (BT-147)",
            "is a charge; a price can have a discount only");
        if (line.GrossPrice is { } gross && line.Price != gross - (line.PriceDiscount ?? 0))
        {
            found.Add(Prefix + "R046", path.Of("price (BT-146)"),
                $"is {Findings.Text(line.Price)}; the gross price less its discount is "
                + Findings.Text(gross - (line.PriceDiscount ?? 0)), RuleSeverity.Fatal);
        }
        for (var i = 0; i < line.Allowances.Count; i++)
            CheckAllowance(line.Allowances[i], path.Within("allowances", i), slack, found);
        for (var i = 0; i < line.Charges.Count; i++)
            CheckAllowance(line.Charges[i], path.Within("charges", i), slack, found);
    }

    private static void CheckAllowances(IReadOnlyList<EnAllowance> allowances, FieldPath path,
        decimal slack, Findings found)
    {
        for (var i = 0; i < allowances.Count; i++)
            CheckAllowance(allowances[i], path with { Index = i }, slack, found);
    }

    private static void CheckAllowance(EnAllowance allowance, FieldPath path, decimal slack,
        Findings found)
    {
        if (allowance is { Percent: { } percent, Base: { } whole })
        {
            var expected = whole * percent / 100;
            if (Math.Abs((allowance.Amount ?? 0) - expected) > slack)
            {
                found.Add(Prefix + "R040", path.Of("amount"),
                    $"is {Findings.Text(allowance.Amount)}; "
                    + $"{Findings.Text(percent)} % of {Findings.Text(whole)} are "
                    + Findings.Text(expected), RuleSeverity.Fatal);
            }
        }
        found.Require(allowance.Percent is null || allowance.Base is not null, Prefix + "R041",
            path, "base", "is missing, though there is a percentage");
        found.Require(allowance.Base is null || allowance.Percent is not null, Prefix + "R042",
            path, "percent", "is missing, though there is a base");
    }
}
