namespace Settle.Simulation;

/// <summary>What a read may see.</summary>
/// <param name="Text">All that it tells, in short; it names no node.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Body">Makes the answer.</param>
internal sealed record Sight(string Text, int Status, Func<string> Body);
