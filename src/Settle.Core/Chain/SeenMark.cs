namespace Settle.Chain;

/// <summary>How far a chain has been read.</summary>
/// <param name="Height">The newest block that was read; 0 for none.</param>
/// <param name="Hash">Its hash; none at height 0.</param>
internal readonly record struct SeenMark(long Height, BlockHash Hash);
