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
                totals.Paid, totals.Rounding, totals.Payable])
            {
                Amount(amount, found, new Place("totals"), "amount (BG-22)");
            }
        }
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            var place = new Place("taxes", i);
            Amount(invoice.Taxes[i].Net, found, place, "net (BT-116)");
            Amount(invoice.Taxes[i].Tax, found, place, "tax (BT-117)");
            Rate(invoice.Taxes[i].Rate, found, place, "rate (BT-119)");
        }
        Each(invoice.Allowances, new Place("allowances"), found);
        Each(invoice.Charges, new Place("charges"), found);
        for (var i = 0; i < invoice.Lines.Count; i++)
            Line(invoice.Lines[i], new Place("lines", i), found);
    }

    private static void Line(EnLine line, Place place, Findings found)
    {
        Amount(line.Net, found, place, "net (BT-131)");
        Amount(line.Price, found, place, "price (BT-146)");
        Amount(line.GrossPrice, found, place, "gross_price (BT-148)");
        Rate(line.Rate, found, place, "rate (BT-152)");
        Quantity(line.Quantity, found, place, "quantity (BT-129)");
        Quantity(line.PriceBase, found, place, "price_base (BT-149)");
        foreach (var allowance in line.Allowances) Amount(allowance.Amount, found, place, "BT-136");
        foreach (var charge in line.Charges) Amount(charge.Amount, found, place, "BT-141");
    }

    private static void Each(IReadOnlyList<EnAllowance> allowances, Place place, Findings found)
    {
        for (var i = 0; i < allowances.Count; i++)
        {
            Amount(allowances[i].Amount, found, place with { Index = i }, "amount");
            Amount(allowances[i].Base, found, place with { Index = i }, "base");
            Rate(allowances[i].Rate, found, place with { Index = i }, "rate");
        }
    }

    private static void Amount(decimal? number, Findings found, Place place, string field) =>
        found.Require(number is null || Math.Abs(number.Value) < AmountMax, "SETTLE-02", place,
            field, "has more than 16 digits before the point");

    private static void Quantity(decimal? number, Findings found, Place place, string field) =>
        found.Require(number is null || Math.Abs(number.Value) < QuantityMax, "SETTLE-02", place,
            field, "has more than 11 digits before the point");

    private static void Rate(decimal? number, Findings found, Place place, string field) =>
        found.Require(number is null || Math.Abs(number.Value) < RateMax, "SETTLE-02", place,
            field, "is 1 000 percent or more");
}
