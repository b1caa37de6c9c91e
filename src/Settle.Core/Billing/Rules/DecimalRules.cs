namespace Settle.Billing.Rules;

/// <summary>BR-DEC: amounts have two decimals at most.</summary>
internal static class DecimalRules
{
    public static void Check(EnInvoice invoice, Findings found)
    {
        if (invoice.Totals is { } totals) Totals(totals, found);
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            var path = new FieldPath("taxes", i);
            Two(invoice.Taxes[i].Net, "BR-DEC-19", path, "net (BT-116)", found);
            Two(invoice.Taxes[i].Tax, "BR-DEC-20", path, "tax (BT-117)", found);
        }
        for (var i = 0; i < invoice.Allowances.Count; i++)
        {
            var path = new FieldPath("allowances", i);
            Two(invoice.Allowances[i].Amount, "BR-DEC-01", path, "amount (BT-92)", found);
            Two(invoice.Allowances[i].Base, "BR-DEC-02", path, "base (BT-93)", found);
        }
        for (var i = 0; i < invoice.Charges.Count; i++)
        {
            var path = new FieldPath("charges", i);
            Two(invoice.Charges[i].Amount, "BR-DEC-05", path, "amount (BT-99)", found);
            Two(invoice.Charges[i].Base, "BR-DEC-06", path, "base (BT-100)", found);
        }
        for (var i = 0; i < invoice.Lines.Count; i++)
            Line(invoice.Lines[i], new FieldPath("lines", i), found);
    }

    private static void Totals(EnTotals totals, Findings found)
    {
        var path = new FieldPath("totals");
        Two(totals.Lines, "BR-DEC-09", path, "lines (BT-106)", found);
        Two(totals.Allowances, "BR-DEC-10", path, "allowances (BT-107)", found);
        Two(totals.Charges, "BR-DEC-11", path, "charges (BT-108)", found);
        Two(totals.Net, "BR-DEC-12", path, "net (BT-109)", found);
        Two(totals.Tax, "BR-DEC-13", path, "tax (BT-110)", found);
        Two(totals.Gross, "BR-DEC-14", path, "gross (BT-112)", found);
        Two(totals.TaxInTaxCurrency, "BR-DEC-15", path, "tax_in_tax_currency (BT-111)", found);
        Two(totals.Paid, "BR-DEC-16", path, "paid (BT-113)", found);
        Two(totals.Rounding, "BR-DEC-17", path, "rounding (BT-114)", found);
        Two(totals.Payable, "BR-DEC-18", path, "payable (BT-115)", found);
    }

    private static void Line(EnLine line, FieldPath path, Findings found)
    {
        Two(line.Net, "BR-DEC-23", path, "net (BT-131)", found);
        for (var i = 0; i < line.Allowances.Count; i++)
        {
            var within = path.Within("allowances", i);
            Two(line.Allowances[i].Amount, "BR-DEC-24", within, "amount (BT-136)", found);
            Two(line.Allowances[i].Base, "BR-DEC-25", within, "base (BT-137)", found);
        }
        for (var i = 0; i < line.Charges.Count; i++)
        {
            var within = path.Within("charges", i);
            Two(line.Charges[i].Amount, "BR-DEC-27", within, "amount (BT-141)", found);
            Two(line.Charges[i].Base, "BR-DEC-28", within, "base (BT-142)", found);
        }
    }

    private static void Two(decimal? amount, string rule, FieldPath path, string field,
        Findings found) =>
        found.Require(amount is null || amount.Value.Scale <= 2, rule, path, field,
            "has more than two decimals");
}
