namespace Settle.Simulation;

/// <summary>What a client heard about one wish.</summary>
/// <param name="Kind">Whether it is a verdict.</param>
/// <param name="Reason">Why not, as the chain writes it; empty for successful.</param>
/// <param name="Block">Where it was decided.</param>
/// <param name="Replayed">Whether it had been decided before.</param>
internal sealed record Reply(
    ReplyKind Kind, string Reason = "", long Block = 0, bool Replayed = false)
{
    /// <summary>What a run said.</summary>
    public InvoiceRun? Run { get; init; }

    /// <summary>What a run of reminders said.</summary>
    public ReminderRun? Reminders { get; init; }

    /// <summary>What was said beside the verdict.</summary>
    public string Told { get; init; } = "";

    /// <summary>Whether there is nothing more to ask.</summary>
    public bool IsFinal => Kind is ReplyKind.Verdict or ReplyKind.Run or ReplyKind.Terms;

    public override string ToString() => Run is not null
        ? "made " + string.Join(", ", Run.Invoices.Select(i => $"{i.Number} of {i.Amount.Units}"))
            + string.Concat(Run.Parked.Select(p => $"; parked {p.Customer}: {p.Code}"))
        : Kind != ReplyKind.Verdict ? Kind.ToString() + Why
        : $"{(Reason.Length == 0 ? "successful" : Reason)} in block {Block}"
            + (Replayed ? ", as before" : "");

    private string Why => Reason.Length == 0 ? "" : $" ({Reason})";
}
