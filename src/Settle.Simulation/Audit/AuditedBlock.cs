namespace Settle.Simulation;

/// <summary>A block as the auditor reads it.</summary>
internal sealed record AuditedBlock(long Height, string Prev, string Hash, string ActualHash,
    DateTimeOffset Time, IReadOnlyList<AuditedEntry> Entries);
