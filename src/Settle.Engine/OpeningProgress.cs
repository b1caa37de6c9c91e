namespace Settle;

/// <summary>How far the rebuilding of an index has come.</summary>
/// <param name="Height">The newest block read.</param>
/// <param name="HeightMax">The newest block there is.</param>
public readonly record struct OpeningProgress(long Height, long HeightMax);
