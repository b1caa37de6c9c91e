namespace Settle.Chain;

/// <summary>The newest block known of those that a chain had and has no more.</summary>
internal readonly record struct LostBlock(long Height, BlockHash Hash);
