namespace Settle;

/// <summary>Which quotes to list.</summary>
public sealed record QuoteQuery
{
    /// <summary>Only those to this customer; null for all.</summary>
    public string? Customer { get; init; }

    /// <summary>Only those of which this has become; null for all.</summary>
    public QuoteStatus? Status { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
