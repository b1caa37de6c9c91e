namespace Settle.Simulation;

/// <summary>A charge that a credit note opens again, as the auditor reads it.</summary>
internal sealed record AuditedReopening(
    string Id, long Amount, string Date, string Tax, bool IsGross);
