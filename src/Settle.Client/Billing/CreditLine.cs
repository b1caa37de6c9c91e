namespace Settle;

/// <summary>A line of an invoice that is to be credited.</summary>
public sealed record CreditLine
{
    /// <summary>Its place on the invoice, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>
    /// How much of it, more than 0 and at most what no credit note has taken back yet, with at most
    /// 6 decimals; null for all of that.
    /// </summary>
    public decimal? Quantity { get; init; }
}
