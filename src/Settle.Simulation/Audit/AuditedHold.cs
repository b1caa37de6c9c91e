namespace Settle.Simulation;

/// <summary>Reserved money.</summary>
internal sealed record AuditedHold(
    string From, string To, string Asset, long Amount, DateTimeOffset? Expires)
{
    /// <summary>What ended it: captured, voided; empty for nothing yet.</summary>
    public string End { get; set; } = "";

    public bool IsOpen(DateTimeOffset now) => End.Length == 0 && !(Expires <= now);
}
