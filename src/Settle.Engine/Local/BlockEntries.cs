using Settle.Chain;

namespace Settle.Local;

/// <summary>The entries of one block, with their places.</summary>
internal static class BlockEntries
{
    public static IEnumerable<BlockEntry> Of(BlockDocument block)
    {
        var scratch = new RequestBatch();
        var index = 0;
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++, index++)
        {
            scratch.Clear();
            var length = EntryReader.Read(block.Body.Span[at..], scratch);
            yield return new BlockEntry(index, at, length);
            at += length;
        }
    }
}
