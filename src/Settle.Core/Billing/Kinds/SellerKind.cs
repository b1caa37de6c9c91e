namespace Settle.Billing;

/// <summary>Who sends the invoices, and at which taxes.</summary>
internal sealed class SellerKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckPlace(batch, terms);
        var rates = BillingJson.ReadTexts(batch.Bytes(terms.TaxRates));
        if (rates.Count > Limits.TaxRatesMax)
        {
            throw new InvalidRequestException(
                "tax_rates", $"must be at most {Limits.TaxRatesMax}");
        }
        foreach (var rate in rates)
        {
            if (!TaxTerm.TryParse(rate, out var tax)
                || tax.Category is not (TaxCategory.Standard or TaxCategory.Zero))
            {
                throw new InvalidRequestException("tax_rates",
                    "must be rates in percent such as 19 or 8.1, at most 100");
            }
        }
        if (!terms.DefaultTax.IsEmpty)
        {
            if (!TaxTerm.TryParse(batch.Bytes(terms.DefaultTax), out var tax))
                throw new InvalidRequestException("default_tax", TaxWords);
            var text = Encoding.ASCII.GetBytes(tax.Text);
            if (tax.Category == TaxCategory.Standard && !rates.Exists(
                rate => rate.AsSpan().SequenceEqual(text)))
                throw new InvalidRequestException("default_tax", "must be one of tax_rates");
        }
        CheckSeries(batch.Text(terms.Series));
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms) => RefusalCode.None;

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var rates = BillingJson.ReadTexts(batch.Bytes(terms.TaxRates))
            .Select(rate => TaxTerm.TryParse(rate, out var tax)
                ? tax : throw BillingBook.Damaged("rate"));
        book.Set(new SellerState
        {
            Location = location,
            Rates = [.. rates],
            DefaultTax = terms.DefaultTax.IsEmpty
                ? null : BillingBook.TaxOf(batch, terms.DefaultTax),
            Series = batch.Text(terms.Series),
            Zone = batch.Text(terms.Zone),
            Profile = BillingBook.HashOf(batch, terms.Profile),
        });
    }

    // Were a digit before the number, two series could give the same one.
    private static void CheckSeries(string series)
    {
        var utf8 = Encoding.UTF8.GetBytes(series);
        if (series.Length > 0) Texts.CheckName("series", utf8, Limits.SeriesBytesMax);
        var rest = series.Replace("{year}", "0000", StringComparison.Ordinal);
        if (rest.Length > 0 && char.IsAsciiDigit(rest[^1]))
            throw new InvalidRequestException("series", "must not end with a digit or {year}");
        if (rest.AsSpan().ContainsAny("{}"))
            throw new InvalidRequestException("series", "may have {year}, and no other braces");
    }
}
