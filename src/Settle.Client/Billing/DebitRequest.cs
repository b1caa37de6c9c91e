namespace Settle;

/// <summary>
/// A request to collect what is due from customers with a mandate by SEPA direct debit. An invoice
/// is in one order at most, however often this is asked for.
/// </summary>
public sealed record DebitRequest
{
    /// <summary>
    /// The id of the run, at most 64 bytes; null for a new one. Repeating a run with its id shows
    /// what it made, and finishes it.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The last due date of the invoices that are collected.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>
    /// The day on which all of them are debited: a later day on which banks work. Null for each
    /// one's due date, or the first such day after it and after today.
    /// </summary>
    public DateOnly? Date { get; init; }

    /// <summary>Only shows what would be collected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }
}
