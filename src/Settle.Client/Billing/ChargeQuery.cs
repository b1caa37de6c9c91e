namespace Settle;

/// <summary>Which charges to list.</summary>
public sealed record ChargeQuery
{
    /// <summary>Only this customer's.</summary>
    public string? Customer { get; init; }

    /// <summary>
    /// True for charges that no invoice bills, false for billed ones; null for all.
    /// </summary>
    public bool? Uninvoiced { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
