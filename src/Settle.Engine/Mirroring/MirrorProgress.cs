namespace Settle;

/// <summary>The progress of a mirror.</summary>
/// <param name="Height">The newest block copied.</param>
/// <param name="HeightMax">The newest block to copy.</param>
public readonly record struct MirrorProgress(long Height, long HeightMax);
