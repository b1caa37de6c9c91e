using System.Runtime.CompilerServices;

namespace Settle.Reading;

/// <summary>The entries of one block, with their places.</summary>
internal static class BlockEntries
{
    // Whoever asks for one entry of a block often asks for others, one by one.
    private static readonly ConditionalWeakTable<BlockDocument, int[]> Offsets = [];

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

    /// <summary>The entry whose first byte is at an offset.</summary>
    public static BlockEntry At(BlockDocument block, int offset)
    {
        var offsets = Offsets.GetValue(block, each => [.. Of(each).Select(entry => entry.Offset)]);
        var length = EntryReader.Read(block.Body.Span[offset..], new RequestBatch());
        return new BlockEntry(Array.BinarySearch(offsets, offset), offset, length);
    }

    /// <summary>The entry whose first byte is at an offset, as it was decided.</summary>
    public static RecalledEntry Read(BlockDocument block, int offset)
    {
        var batch = new RequestBatch();
        EntryReader.Read(block.Body.Span[offset..], batch);
        return new RecalledEntry(batch, block.Header.Height)
        {
            Location = new EntryLocation(block.Header.Height, offset),
        };
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
