namespace Settle.Cli.Output;

/// <summary>What <c>settle simulate --exhaustive</c> found in one case.</summary>
internal sealed record ExplorationReport(string Case, int States, long Orders, int Open,
    int Depth, double Seconds, bool IsComplete, string? Violation, IReadOnlyList<string> Steps);
