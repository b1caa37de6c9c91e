namespace Settle.Wire;

/// <summary>What became of blocks that were handed over.</summary>
/// <param name="Taken">How many were not here before.</param>
internal sealed record SiteTaken(long Taken);
