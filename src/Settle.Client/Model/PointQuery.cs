namespace Settle;

/// <summary>Which points of an account's history to read.</summary>
public sealed record PointQuery
{
    /// <summary>The asset; null for the ledger's default.</summary>
    public string? Asset { get; init; }

    /// <summary>
    /// The first day; null for 30 days before the last one, or for 12 months by months.
    /// </summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; null for today, in UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>How far the points are apart.</summary>
    public PointInterval By { get; init; } = PointInterval.Day;
}
