namespace Settle;

/// <summary>The progress of making an index again.</summary>
/// <param name="Height">The newest block read.</param>
/// <param name="HeightMax">The newest block there is.</param>
public readonly record struct OpeningProgress(long Height, long HeightMax);
