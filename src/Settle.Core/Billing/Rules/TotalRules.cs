namespace Settle.Billing.Rules;

/// <summary>The rules of the totals: every sum is right to the cent.</summary>
internal static class TotalRules
{
    public static void Check(EnInvoice invoice, Findings found)
    {
        if (invoice.Totals is not { } totals)
        {
            // The official checkers say nothing where there are no totals at all.
            found.Add("SETTLE-03", "totals (BG-22)", "are missing", RuleSeverity.Fatal);
            return;
        }
        const string Missing = "is missing";
        found.Require(totals.Lines is not null, "BR-12", "totals.lines (BT-106)", Missing);
        found.Require(totals.Net is not null, "BR-13", "totals.net (BT-109)", Missing);
        found.Require(totals.Gross is not null, "BR-14", "totals.gross (BT-112)", Missing);
        found.Require(totals.Payable is not null, "BR-15", "totals.payable (BT-115)", Missing);
        Sum(totals.Lines, invoice.Lines.Sum(line => line.Net ?? 0), "BR-CO-10",
            "totals.lines (BT-106)", "the lines (BT-131)", found);
        Optional(totals.Allowances, invoice.Allowances, "BR-CO-11",
            "totals.allowances (BT-107)", "the allowances (BT-92)", found);
        Optional(totals.Charges, invoice.Charges, "BR-CO-12", "totals.charges (BT-108)",
            "the charges (BT-99)", found);
        if (totals.Lines is { } lines)
        {
            Sum(totals.Net, lines - (totals.Allowances ?? 0) + (totals.Charges ?? 0), "BR-CO-13",
                "totals.net (BT-109)", "lines, allowances and charges", found);
        }
        // Each of several totals has its own taxes; that there are several is found below.
        if (invoice.Taxes.Count > 0 && totals.TaxCount <= 1)
        {
            Sum(totals.Tax, invoice.Taxes.Sum(tax => tax.Tax ?? 0), "BR-CO-14",
                "totals.tax (BT-110)", "the taxes (BT-117)", found);
        }
        // CII need not give the tax where there is none; UBL says with its root what it is.
        var isWithoutTax = totals.TaxCount == 0 && invoice.IsCreditNote is null
            && totals.Gross == totals.Net;
        found.Require(totals.TaxCount == 1 || isWithoutTax, "BR-CO-15", "totals.tax (BT-110)",
            "has to be there once, in the invoice's currency");
        if (totals is { Net: { } net, Tax: { } tax })
        {
            // CII's official rule lets the tax be forgotten.
            Sum(totals.Gross, net + tax, "BR-CO-15", "totals.gross (BT-112)", "net and tax", found,
                invoice.IsCreditNote is null && totals.Gross == net);
        }
        if (totals.Gross is { } gross)
        {
            // What is paid for others is in the totals of XRechnung's extension only.
            Sum(totals.Payable, gross - (totals.Paid ?? 0) + (totals.Rounding ?? 0)
                + (totals.ThirdParty ?? 0), totals.ThirdParty is null ? "BR-CO-16" : "BR-DEX-09",
                "totals.payable (BT-115)", "gross, paid and rounding", found);
        }
    }

    private static void Optional(decimal? total, IReadOnlyList<EnAllowance> parts, string rule,
        string field, string what, Findings found)
    {
        if (parts.Count > 0 && total is null)
            found.Add(rule, field, $"is missing, though there are {what}", RuleSeverity.Fatal);
        Sum(total, parts.Sum(part => part.Amount ?? 0), rule, field, what, found);
    }

    // The official checkers round a sum to two decimals before they compare.
    private static void Sum(decimal? total, decimal expected, string rule, string field,
        string what, Findings found, bool isTolerated = false)
    {
        if (total is null || total == expected) return;
        found.Add(rule, field,
            $"is {Findings.Text(total)}; {what} come to {Findings.Text(expected)}",
            isTolerated || total == Math.Round(expected, 2, MidpointRounding.AwayFromZero)
                ? RuleSeverity.Inexact : RuleSeverity.Fatal);
    }
}
