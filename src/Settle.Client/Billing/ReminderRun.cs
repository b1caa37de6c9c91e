namespace Settle;

/// <summary>What a run of reminders made, or would make.</summary>
public sealed record ReminderRun
{
    /// <summary>The id of the run.</summary>
    public required string Id { get; init; }

    /// <summary>The date of its reminders.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether this was a dry run, which makes nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }

    /// <summary>Its reminders, without seller and customer.</summary>
    public required IReadOnlyList<Reminder> Reminders { get; init; }

    /// <summary>The customers that could not be reminded.</summary>
    public required IReadOnlyList<ParkedCustomer> Parked { get; init; }
}
