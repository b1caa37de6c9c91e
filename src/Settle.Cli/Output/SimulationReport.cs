namespace Settle.Cli.Output;

/// <summary>What <c>settle simulate</c> found.</summary>
internal sealed record SimulationReport(string Protocol, ulong Seed, long Schedules,
    double PerSecond, long Steps, string? Violation, string? Again, IReadOnlyList<string> Trace);
