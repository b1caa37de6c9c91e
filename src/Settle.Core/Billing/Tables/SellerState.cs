namespace Settle.Billing;

/// <summary>Who sends the invoices, as the newest entry about it says.</summary>
internal sealed record SellerState
{
    private const string Year = "{year}";
    private const int YearDigits = 4;

    /// <summary>The entry.</summary>
    public required EntryLocation Location { get; init; }

    /// <summary>The rates that charges may name.</summary>
    public required TaxTerm[] Rates { get; init; }

    /// <summary>The tax of charges that name none; null when they must name one.</summary>
    public required TaxTerm? DefaultTax { get; init; }

    /// <summary>What stands before the numbers, <c>{year}</c> included.</summary>
    public required string Series { get; init; }

    /// <summary>The first numbers of series, by what stands before them.</summary>
    public required IReadOnlyDictionary<string, int> FirstNumbers { get; init; }

    public required string Zone { get; init; }

    /// <summary>When and how customers are reminded; null for the usual way.</summary>
    public required DunningTerms? Dunning { get; init; }

    /// <summary>The number of the cash discounts that it offers; 0 for none.</summary>
    public required int Discounts { get; init; }

    /// <summary>The hash of the document with name and address.</summary>
    public required BlockHash Profile { get; init; }

    /// <summary>Whether a charge may name this tax.</summary>
    public bool Knows(TaxTerm tax) =>
        tax.Category != TaxCategory.Standard || Array.IndexOf(Rates, tax) >= 0;

    /// <summary>The first number of a series that has given none.</summary>
    public int FirstOf(string text) => FirstNumbers.GetValueOrDefault(text, 1);

    /// <summary>Whether a text can stand before a number, of an invoice or a credit note.</summary>
    /// <param name="series">What the seller calls its series, <c>{year}</c> included.</param>
    /// <param name="text">What stands before the digits.</param>
    public static bool Gives(string series, string text) => IsOf(series, text)
        || IsOf(NumberSeries.CreditPrefix + series, text);

    /// <summary>Whether a text can stand before the number of a quote.</summary>
    /// <inheritdoc cref="Gives"/>
    public static bool GivesQuotes(string series, string text) =>
        IsOf(NumberSeries.QuotePrefix + series, text);

    /// <summary>Whether a text can stand before the numbers of a series.</summary>
    /// <param name="series">What it is called, <c>{year}</c> included.</param>
    /// <param name="text">What stands before the digits.</param>
    /// <param name="comparison">Whether case counts.</param>
    public static bool IsOf(string series, string text,
        StringComparison comparison = StringComparison.Ordinal)
    {
        var at = series.IndexOf(Year, StringComparison.Ordinal);
        if (at < 0) return string.Equals(series, text, comparison);
        if (text.Length < at + YearDigits) return false;
        var year = text.Substring(at, YearDigits);
        return year.All(char.IsAsciiDigit)
            && string.Equals(
                series.Replace(Year, year, StringComparison.Ordinal), text, comparison);
    }

    /// <summary>What stands before the numbers of the quotes of a year.</summary>
    public string QuoteSeriesOf(int date) =>
        NumberSeries.QuotePrefix + SeriesOf(date, isCreditNote: false);

    /// <summary>What stands before the numbers of a year.</summary>
    public string SeriesOf(int date, bool isCreditNote)
    {
        var year = DateOnly.FromDayNumber(date).Year;
        var series = Series.Replace(Year,
            year.ToString("D4", CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        return isCreditNote ? NumberSeries.CreditPrefix + series : series;
    }
}
