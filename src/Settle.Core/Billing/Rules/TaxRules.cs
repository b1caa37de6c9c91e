using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of the taxes, whatever their category.</summary>
internal static class TaxRules
{
    // What the official checkers let a tax be wrong by: less than one whole unit.
    private const decimal Slack = 1;

    public static void Check(EnInvoice invoice, Findings found)
    {
        found.Require(invoice.Taxes.Count > 0, "BR-CO-18", "taxes (BG-23)", "are missing");
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            var tax = invoice.Taxes[i];
            var path = new FieldPath("taxes", i);
            found.Require(tax.Net is not null, "BR-45", path, "net (BT-116)", "is missing");
            found.Require(tax.Tax is not null, "BR-46", path, "tax (BT-117)", "is missing");
            found.Require(tax.Category is not null, "BR-47", path, "category (BT-118)",
                "is missing");
            found.Require(tax.Rate is not null || tax.Category == "O", "BR-48", path,
                "rate (BT-119)", "is missing");
            CheckProduct(tax, "BR-CO-17", path, Decimals(invoice), found);
        }
    }

    /// <summary>Demands that a tax is its net times its rate, half a cent away from zero.</summary>
    public static void CheckProduct(EnTax tax, string rule, FieldPath path, int decimals,
        Findings found)
    {
        if (tax is not { Net: { } net, Tax: { } actual }) return;
        var expected =
            Math.Round(net * (tax.Rate ?? 0) / 100, decimals, MidpointRounding.AwayFromZero);
        if (actual == expected) return;
        found.Add(rule, path.Of("tax (BT-117)"), $"is {Findings.Text(actual)}; "
            + $"{Findings.Text(tax.Rate ?? 0)} % of {Findings.Text(net)} are "
            + Findings.Text(expected), Math.Abs(Math.Abs(actual) - Math.Abs(expected)) < Slack
            ? RuleSeverity.Inexact : RuleSeverity.Fatal);
    }

    /// <summary>To how many decimals an invoice is rounded: those of its currency, 2 at most.
    /// </summary>
    public static int Decimals(EnInvoice invoice) => Has(invoice.Currency)
        && Iso4217.TryGetScale(invoice.Currency!, out var scale) && scale < 2 ? scale : 2;
}
