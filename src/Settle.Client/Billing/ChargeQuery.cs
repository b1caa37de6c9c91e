namespace Settle;

/// <summary>Which charges to list.</summary>
public sealed record ChargeQuery
{
    /// <summary>Only this customer's.</summary>
    public string? Customer { get; init; }

    /// <summary>True for those that no invoice bills, false for those that one does.</summary>
    public bool? Uninvoiced { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
