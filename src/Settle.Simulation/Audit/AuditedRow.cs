namespace Settle.Simulation;

/// <summary>What an entry did to an account in one asset.</summary>
internal sealed record AuditedRow(string Id, long Height, string Asset, Int128 Balance);
