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

    /// <summary>The places of some entries; the others are not kept.</summary>
    public static List<int> Where(BlockDocument block, Func<RequestBatch, bool> isWanted)
    {
        var (scratch, found) = (new RequestBatch(), new List<int>());
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            scratch.Clear();
            var length = EntryReader.Read(block.Body.Span[at..], scratch);
            if (isWanted(scratch)) found.Add(at);
            at += length;
        }
        return found;
    }
}
