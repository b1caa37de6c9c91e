namespace Settle.Billing;

/// <summary>Who sends the invoices, as the newest entry about it says.</summary>
internal sealed record SellerState
{
    /// <summary>The entry.</summary>
    public required EntryLocation Location { get; init; }

    /// <summary>The rates that charges may name.</summary>
    public required TaxTerm[] Rates { get; init; }

    /// <summary>The tax of charges that name none; null when they must name one.</summary>
    public required TaxTerm? DefaultTax { get; init; }

    /// <summary>What stands before the numbers, <c>{year}</c> included.</summary>
    public required string Series { get; init; }
    public required string Zone { get; init; }

    /// <summary>The hash of the document with name and address.</summary>
    public required BlockHash Profile { get; init; }

    /// <summary>Whether a charge may name this tax.</summary>
    public bool Knows(TaxTerm tax) =>
        tax.Category != TaxCategory.Standard || Array.IndexOf(Rates, tax) >= 0;

    /// <summary>What stands before the numbers of a year.</summary>
    public string SeriesOf(int date, bool isCreditNote)
    {
        var year = DateOnly.FromDayNumber(date).Year;
        var series = Series.Replace("{year}",
            year.ToString("D4", CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        return isCreditNote ? NumberSeries.CreditPrefix + series : series;
    }
}
