namespace Settle;

/// <summary>Which reminders to list.</summary>
public sealed record ReminderQuery
{
    /// <summary>Only those of this customer; null for all.</summary>
    public string? Customer { get; init; }

    /// <inheritdoc cref="PageQuery.Limit"/>
    public int Limit { get; init; } = 100;

    /// <inheritdoc cref="PageQuery.After"/>
    public string? After { get; init; }
}
