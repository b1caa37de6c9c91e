namespace Settle.Simulation;

/// <summary>A grant that nobody has read yet, as the auditor sees it.</summary>
internal sealed record AuditedGrant(
    string From, string To, long Height, string Account, long Amount);
