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

    /// <summary>Only those of this day or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only those of this day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
