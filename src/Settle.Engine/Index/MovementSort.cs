using System.Buffers;

namespace Settle.Index;

/// <summary>
/// Orders movements by account, keeping the order of the chain within each. Rows are first dealt
/// into buckets that fit the processor's cache: a plain sort of a million rows is mostly cache
/// misses.
/// </summary>
internal static class MovementSort
{
    private const int BucketBits = 8;

    /// <summary>Takes one bucket's rows, in order.</summary>
    public delegate void TakeRows(ReadOnlySpan<MovementRow> rows);

    /// <summary>Gives the rows in their order, a bucket at a time.</summary>
    public static void ByAccount(MovementTable movements, TakeRows take)
    {
        var accountMax = 0;
        for (var chunk = 0; chunk < movements.ChunkCount; chunk++)
            foreach (ref readonly var row in movements.Chunk(chunk))
                accountMax = int.Max(accountMax, row.Account);
        var shift = int.Max(0, 32 - int.LeadingZeroCount(accountMax) - BucketBits);
        var dealt = ArrayPool<MovementRow>.Shared.Rent(int.Max(1, movements.Count));
        Span<int> ends = stackalloc int[1 << BucketBits];
        Deal(movements, shift, dealt, ends);
        ulong[] keys = [];
        MovementRow[] sorted = [];
        var start = 0;
        foreach (var end in ends)
        {
            var count = end - start;
            if (keys.Length < count)
                (keys, sorted) = (new ulong[count * 2], new MovementRow[count * 2]);
            Sort(dealt.AsSpan(start, count), sorted, keys.AsSpan(0, count));
            take(sorted.AsSpan(0, count));
            start = end;
        }
        ArrayPool<MovementRow>.Shared.Return(dealt);
    }

    private static void Deal(
        MovementTable movements, int shift, MovementRow[] dealt, Span<int> ends)
    {
        ends.Clear();
        for (var chunk = 0; chunk < movements.ChunkCount; chunk++)
            foreach (ref readonly var row in movements.Chunk(chunk)) ends[row.Account >> shift]++;
        var start = 0;
        foreach (ref var end in ends) (end, start) = (start, start + end);
        // From here on an "end" is where the bucket's next row goes; it stops at the bucket's end.
        for (var chunk = 0; chunk < movements.ChunkCount; chunk++)
            foreach (ref readonly var row in movements.Chunk(chunk))
                dealt[ends[row.Account >> shift]++] = new MovementRow(row);
    }

    private static void Sort(
        ReadOnlySpan<MovementRow> dealt, Span<MovementRow> sorted, Span<ulong> keys)
    {
        for (var i = 0; i < keys.Length; i++) keys[i] = (dealt[i].Key << 32) | (uint)i;
        keys.Sort();
        for (var i = 0; i < keys.Length; i++) sorted[i] = dealt[(int)(uint)keys[i]];
    }
}
