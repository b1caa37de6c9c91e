namespace Settle;

/// <summary>A request to remind customers of what is overdue.</summary>
public sealed record ReminderRunRequest
{
    /// <summary>
    /// The id of the run, at most 64 UTF-8 bytes; a run repeated with its id gives the same
    /// reminders. Null for a new one.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The date of the reminders; null for today in the seller's zone.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Only this customer; null for all customers.</summary>
    public string? Customer { get; init; }

    /// <summary>Whether to only show what the run would make.</summary>
    public bool DryRun { get; init; }
}
