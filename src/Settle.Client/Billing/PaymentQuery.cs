namespace Settle;

/// <summary>
/// Which payments and write-offs, refunds or charge-backs to list. A cursor keeps the filter it
/// was made with.
/// </summary>
public sealed record PaymentQuery
{
    /// <summary>Only this customer's.</summary>
    public string? Customer { get; init; }

    /// <summary>The first day; null for the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; null for no end.</summary>
    public DateOnly? To { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
