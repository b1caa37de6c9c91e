namespace Settle;

/// <summary>Which page of all balances.</summary>
public sealed record BalanceQuery
{
    /// <summary>The moment; now if absent. All pages are of the moment of the first.</summary>
    public AsOf At { get; init; }

    /// <summary>Only accounts whose names begin like this; null for all.</summary>
    public string? Prefix { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
