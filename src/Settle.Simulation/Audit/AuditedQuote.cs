namespace Settle.Simulation;

/// <summary>A quote, and what was answered.</summary>
internal sealed record AuditedQuote(AuditedEntry Entry, IReadOnlyList<AuditedCharge> Lines)
{
    public AuditedBill Bill => Entry.Bill!;

    /// <summary>The answer that accepts or declines it; null while there is none.</summary>
    public AuditedEntry? Answer { get; set; }

    public string Status => Answer is null ? "open"
        : Answer.Bill!.Has("declined") ? "declined" : "accepted";
}
