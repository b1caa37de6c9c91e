namespace Settle;

/// <summary>Which of an account's movements to list.</summary>
public sealed record EntryQuery
{
    /// <summary>
    /// Only those whose value date is this day or later: see <see cref="AsOf.ValueDate"/>.
    /// </summary>
    public DateOnly? OnFrom { get; init; }

    /// <summary>Only those whose value date is this day or earlier.</summary>
    public DateOnly? OnTo { get; init; }

    /// <summary>Only those that were recorded at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those that were recorded before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
