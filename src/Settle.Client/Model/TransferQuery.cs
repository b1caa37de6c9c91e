namespace Settle;

/// <summary>Which transfers to list. A cursor keeps the filter it was made with.</summary>
public sealed record TransferQuery
{
    /// <summary>Paying or receiving account.</summary>
    public string? Account { get; init; }

    /// <summary>Only those with this status; null for all.</summary>
    public EntryStatus? Status { get; init; }

    /// <summary>Decided at this time or later, by the time of the block.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Decided before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Only those whose value date is this day or later: see <see cref="AsOf.ValueDate"/>.
    /// </summary>
    public DateOnly? OnFrom { get; init; }

    /// <summary>Only those whose value date is this day or earlier.</summary>
    public DateOnly? OnTo { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
