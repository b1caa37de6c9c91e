namespace Settle.Billing.Rules;

/// <summary>Keeps the numbers of an invoice so small that sums and products are exact.</summary>
internal static class NumberRules
{
    private const decimal AmountMax = 1e16m;
    private const decimal QuantityMax = 1e11m;
    private const decimal RateMax = 1000m;

    public static void Check(EnInvoice invoice, Findings found)
    {
        if (invoice.Totals is { } totals)
        {
            foreach (var amount in (ReadOnlySpan<decimal?>)[totals.Lines, totals.Allowances,
                totals.Charges, totals.Net, totals.Tax, totals.TaxInTaxCurrency, totals.Gross,
                totals.Paid, totals.ThirdParty, totals.Rounding, totals.Payable])
            {
                Amount(amount, found, new FieldPath("totals"), "amount (BG-22)");
            }
        }
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            var path = new FieldPath("taxes", i);
            Amount(invoice.Taxes[i].Net, found, path, "net (BT-116)");
            Amount(invoice.Taxes[i].Tax, found, path, "tax (BT-117)");
            Rate(invoice.Taxes[i].Rate, found, path, "rate (BT-119)");
        }
        Each(invoice.Allowances, new FieldPath("allowances"), found);
        Each(invoice.Charges, new FieldPath("charges"), found);
        for (var i = 0; i < invoice.Lines.Count; i++)
            Line(invoice.Lines[i], new FieldPath("lines", i), found);
    }

    private static void Line(EnLine line, FieldPath path, Findings found)
    {
        Amount(line.Net, found, path, "net (BT-131)");
        Amount(line.Price, found, path, "price (BT-146)");
        Amount(line.GrossPrice, found, path, "gross_price (BT-148)");
        Rate(line.Rate, found, path, "rate (BT-152)");
        Quantity(line.Quantity, found, path, "quantity (BT-129)");
        Quantity(line.PriceBase, found, path, "price_base (BT-149)");
        Amount(line.PriceDiscount, found, path, "price_discount (BT-147)");
        foreach (var allowance in line.Allowances) OfLine(allowance, "BT-136", found, path);
        foreach (var charge in line.Charges) OfLine(charge, "BT-141", found, path);
    }

    private static void OfLine(
        EnAllowance allowance, string term, Findings found, FieldPath path)
    {
        Amount(allowance.Amount, found, path, term);
        Amount(allowance.Base, found, path, "base");
        Amount(allowance.Percent, found, path, "percent");
    }

    private static void Each(IReadOnlyList<EnAllowance> allowances, FieldPath path, Findings found)
    {
        for (var i = 0; i < allowances.Count; i++)
        {
            Amount(allowances[i].Amount, found, path with { Index = i }, "amount");
            Amount(allowances[i].Base, found, path with { Index = i }, "base");
            Rate(allowances[i].Rate, found, path with { Index = i }, "rate");
            Amount(allowances[i].Percent, found, path with { Index = i }, "percent");
        }
    }

    private static void Amount(decimal? number, Findings found, FieldPath path, string field) =>
        found.Require(number is null || Math.Abs(number.Value) < AmountMax, "SETTLE-02", path,
            field, "has more than 16 digits before the point");

    private static void Quantity(decimal? number, Findings found, FieldPath path, string field) =>
        found.Require(number is null || Math.Abs(number.Value) < QuantityMax, "SETTLE-02", path,
            field, "has more than 11 digits before the point");

    private static void Rate(decimal? number, Findings found, FieldPath path, string field) =>
        found.Require(number is null || Math.Abs(number.Value) < RateMax, "SETTLE-02", path,
            field, "is 1 000 percent or more");
}
