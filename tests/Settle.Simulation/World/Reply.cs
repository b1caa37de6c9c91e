namespace Settle.Simulation;

/// <summary>What a client heard about one wish.</summary>
/// <param name="Kind">Whether it is a verdict.</param>
/// <param name="Reason">Why not, as the chain writes it; empty for successful.</param>
/// <param name="Block">Where it was decided.</param>
/// <param name="Replayed">Whether it had been decided before.</param>
internal sealed record Reply(
    ReplyKind Kind, string Reason = "", long Block = 0, bool Replayed = false)
{
    public override string ToString() => Kind != ReplyKind.Verdict ? Kind.ToString() + Why
        : $"{(Reason.Length == 0 ? "successful" : Reason)} in block {Block}"
            + (Replayed ? ", as before" : "");

    private string Why => Reason.Length == 0 ? "" : $" ({Reason})";
}
