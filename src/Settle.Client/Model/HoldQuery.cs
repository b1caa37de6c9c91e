namespace Settle;

/// <summary>Which open holds to list. A cursor keeps the filter it was made with.</summary>
public sealed record HoldQuery
{
    /// <summary>Only those that reserve this account's money or would pay it.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// Only those that expire before this time; those that never do are left out.
    /// </summary>
    public DateTimeOffset? EndsBefore { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
