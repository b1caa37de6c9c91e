using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of each line.</summary>
internal static class LineRules
{
    // What Peppol and XRechnung let a line be wrong by.
    private const decimal Slack = 0.02m;

    // XRechnung's for Hungary, whose invoices are in whole forints.
    private const decimal ForintSlack = 0.5m;

    private const string Missing = "is missing";

    public static void Check(EnInvoice invoice, Findings found)
    {
        var decimals = TaxRules.Decimals(invoice);
        var profile = EnProfiles.Of(invoice.Specification);
        var slack = invoice.Currency == "HUF" && EnProfiles.IsXRechnung(profile) ? ForintSlack
            : Slack;
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            var line = invoice.Lines[i];
            var path = new FieldPath("lines", i);
            CheckPresence(line, path, found);
            CheckItem(line, path, found);
            if (line.Period is { } period) CheckPeriod(period, path, found);
            CheckNet(line, path, decimals, (profile, slack), found);
        }
    }

    private static void CheckPresence(EnLine line, FieldPath path, Findings found)
    {
        found.Require(Has(line.Id), "BR-21", path, "id (BT-126)", Missing);
        found.Require(line.Quantity is not null, "BR-22", path, "quantity (BT-129)", Missing);
        found.Require(line.Unit is not null, "BR-23", path, "unit (BT-130)",
            "is missing; C62 are pieces");
        found.Require(line.Net is not null, "BR-24", path, "net (BT-131)", Missing);
        found.Require(Has(line.Name), "BR-25", path, "name (BT-153)", Missing);
        found.Require(line.Price is not null, "BR-26", path, "price (BT-146)", Missing);
        found.Require(line.Price is not < 0, "BR-27", path, "price (BT-146)",
            "is below zero; make the quantity negative, or a credit note");
        found.Require(line.GrossPrice is not < 0, "BR-28", path, "gross_price (BT-148)",
            "is below zero");
        found.Require(Has(line.Category), "BR-CO-04", path, "category (BT-151)", Missing);
    }

    private static void CheckItem(EnLine line, FieldPath path, Findings found)
    {
        foreach (var attribute in line.Attributes)
        {
            found.Require(attribute.Name is not null && attribute.Value is not null, "BR-54",
                path, "attributes (BG-32)", "have a name without a value, or a value without one");
        }
        found.Require(line.StandardItem is null || line.StandardItem.Scheme is not null, "BR-64",
            path, "standard_item (BT-157)", "has no scheme");
        foreach (var itemClass in line.Classes)
        {
            found.Require(itemClass.Scheme is not null, "BR-65", path, "class (BT-158)",
                "has no scheme");
        }
    }

    private static void CheckPeriod(EnPeriod period, FieldPath path, Findings found)
    {
        found.Require(DocumentRules.IsInOrder(period), "BR-30", path, "period.end (BT-135)",
            "is before the period's start (BT-134)");
        found.Require(period.Start is not null || period.End is not null, "BR-CO-20", path,
            "period (BG-26)", "has neither a start nor an end");
    }

    private static void CheckNet(EnLine line, FieldPath path, int decimals,
        (EnProfile Profile, decimal Slack) terms, Findings found)
    {
        var (profile, slack) = terms;
        if (line is not { Net: { } net, Quantity: { } quantity, Price: { } price }) return;
        var hasRule = EnProfiles.IsXRechnung(profile) || profile == EnProfile.Peppol;
        found.Require(line.PriceBase is not <= 0, "PEPPOL-EN16931-R121", path,
            "price_base (BT-149)", "is not above zero",
            hasRule ? RuleSeverity.Fatal : RuleSeverity.Inexact);
        if (line.PriceBase is <= 0) return;
        var product = quantity * price / (line.PriceBase ?? 1);
        var expected = Math.Round(product, decimals, MidpointRounding.AwayFromZero)
            + line.Charges.Sum(charge => charge.Amount ?? 0)
            - line.Allowances.Sum(allowance => allowance.Amount ?? 0);
        if (expected == net) return;
        found.Add("PEPPOL-EN16931-R120", path.Of("net (BT-131)"),
            $"is {Findings.Text(net)}; quantity, price, allowances and charges give "
            + Findings.Text(expected), !hasRule || Math.Abs(expected - net) <= slack
                ? RuleSeverity.Inexact
                : profile == EnProfile.Peppol ? RuleSeverity.Fatal : RuleSeverity.Warning);
    }
}
