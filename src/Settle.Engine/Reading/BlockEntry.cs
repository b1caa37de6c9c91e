namespace Settle.Reading;

/// <summary>Where one entry stands in its block.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Offset">Its first byte in the canonical body.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct BlockEntry(int Index, int Offset, int Length)
{
    public ChainEntry ToChainEntry(BlockDocument block) => new(
        new EntryPosition(block.Header.Height, Index), ChainTime.ToTime(block.Header.Time),
        block.Body.Slice(Offset, Length));
}
