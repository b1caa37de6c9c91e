namespace Settle.Billing;

/// <summary>Who sends the invoices, and at which taxes.</summary>
internal sealed class SellerKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckPlace(batch, terms);
        CheckDiscounts(batch, terms);
        if (!terms.Dunning.IsEmpty) DunningTerms.Read(batch.Bytes(terms.Dunning).ToArray()).Check();
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
        var series = batch.Text(terms.Series);
        CheckSeries(series);
        CheckFirstNumbers(batch, terms, series);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var (billing, own) = (decider.Billing, batch.Text(terms.Series));
        foreach (var (series, first) in FirstNumbers(batch, terms))
        {
            var canBegin = SellerState.GivesQuotes(own, series) && decider.Follows(13)
                ? billing.CanBeginQuotes(series, first) : billing.CanBegin(series, first);
            if (!canBegin) return RefusalCode.SeriesBegun;
        }
        return RefusalCode.None;
    }

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
            FirstNumbers = FirstNumbers(batch, terms),
            Zone = batch.Text(terms.Zone),
            Dunning = terms.Dunning.IsEmpty ? null
                : DunningTerms.Read(batch.Bytes(terms.Dunning).ToArray()),
            Discounts = book.DiscountsOf(batch.Text(terms.CashDiscount)),
            Profile = BillingBook.HashOf(batch, terms.Profile),
        });
    }

    /// <summary>The first numbers, by what stands before them.</summary>
    private static Dictionary<string, int> FirstNumbers(
        RequestBatch batch, in BillingTerms terms) =>
        BillingJson.ReadTexts(batch.Bytes(terms.FirstNumbers)).Select(Encoding.UTF8.GetString)
            .Select(number => NumberSeries.TrySplit(number, out var series, out var first)
                ? (series, first) : throw BillingBook.Damaged("first number"))
            .ToDictionary(each => each.series, each => each.first, StringComparer.Ordinal);

    private static void CheckFirstNumbers(
        RequestBatch batch, in BillingTerms terms, string series)
    {
        const string Field = "first_numbers";
        var numbers = BillingJson.ReadTexts(batch.Bytes(terms.FirstNumbers));
        if (numbers.Count > Limits.FirstNumbersMax)
            throw new InvalidRequestException(Field, $"must be at most {Limits.FirstNumbersMax}");
        var begun = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in numbers.Select(Encoding.UTF8.GetString))
        {
            if (!NumberSeries.TrySplit(number, out var text, out var first)
                || first > Limits.FirstNumberMax)
            {
                throw Parse.Fault(Field, number,
                    $"is not a number of 1 to {Limits.FirstNumberMax} with its series, such as "
                    + Example(series));
            }
            if (!SellerState.Gives(series, text) && !SellerState.GivesQuotes(series, text))
            {
                throw Parse.Fault(Field, number,
                    $"is not a number of the series {(series.Length == 0 ? "''" : series)}: "
                    + $"write it as {Example(series)}, {NumberSeries.CreditPrefix}"
                    + $"{Example(series)} for credit notes, or {NumberSeries.QuotePrefix}"
                    + $"{Example(series)} for quotes");
            }
            if (!begun.Add(text))
                throw Parse.Fault(Field, number, $"begins the series {text} a second time");
        }
    }

    private static string Example(string series) => NumberSeries.Format(
        series.Replace("{year}", "2026", StringComparison.Ordinal), 1043);

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
