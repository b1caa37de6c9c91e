namespace Settle.Cli.Output;

/// <summary>
/// What <c>settle simulate --exhaustive</c> found of the algorithm published in 2014.
/// </summary>
internal sealed record PostsExplorationReport(string Protocol, long States, int Cases,
    double Seconds, string? Violation, IReadOnlyList<string> Steps);
