namespace Settle.Billing.Rules;

/// <summary>What an invoice's file shows and its terms do not.</summary>
internal sealed record EnSyntax
{
    /// <summary>The names of elements that hold nothing.</summary>
    public IReadOnlyList<string> EmptyElements { get; init; } = [];

    /// <summary>What charge indicators say that is neither true nor false.</summary>
    public IReadOnlyList<string> Indicators { get; init; } = [];

    /// <summary>
    /// How many tax totals there are in the invoice's currency, or with subtotals.
    /// </summary>
    public int TaxTotals { get; init; }

    /// <summary>Whether one of them has to be there.</summary>
    public bool NeedsTaxTotal { get; init; }

    /// <summary>How many other tax totals there are.</summary>
    public int OtherTaxTotals { get; init; }

    /// <summary>The lines within lines that have not just one tax.</summary>
    public int LinesWithoutTax { get; init; }

    /// <summary>Whether it has lines within lines where they may not be.</summary>
    public bool HasForbiddenLines { get; init; }
}
