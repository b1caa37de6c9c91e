namespace Settle.Simulation;

/// <summary>What a credit note takes back of a line, as the auditor reads it.</summary>
internal sealed record AuditedCredit(int Line, decimal Quantity, long Net);
