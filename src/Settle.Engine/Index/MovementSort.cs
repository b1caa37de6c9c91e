using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>
/// Orders movements by stream, keeping the order of the chain within each, mostly without a
/// comparison: rows are dealt by the upper bits of the account's number into buckets that fit the
/// processor's cache, then by the lower ones; the few accounts with several streams are sorted.
/// Keeps its arrays for the next table.
/// </summary>
internal sealed class MovementSort
{
    private const int BucketBits = 9;
    private const int AccountBitsMin = 8;
    private const int AccountBitsMax = 12;

    private Movement[] _dealt = [];
    private Movement[] _sorted = [];
    private int[] _ends = [];
    private int[] _endsInBucket = [];
    private ulong[] _keys = [];

    /// <summary>Gives the rows in their order, a bucket at a time.</summary>
    public void ByStream(MovementTable movements, Action<ReadOnlySpan<MovementRow>> take)
    {
        var accountMax = 0;
        for (var chunk = 0; chunk < movements.ChunkCount; chunk++)
            foreach (ref readonly var row in movements.Chunk(chunk))
                accountMax = int.Max(accountMax, row.Account);
        var bits = 32 - int.LeadingZeroCount(accountMax);
        var shift = int.Clamp(bits - BucketBits, AccountBitsMin, AccountBitsMax);
        Deal(movements, shift, (accountMax >> shift) + 1);
        if (_endsInBucket.Length < 1 << shift) _endsInBucket = new int[1 << shift];
        var start = 0;
        foreach (var end in _ends.AsSpan(0, (accountMax >> shift) + 1))
        {
            var bucket = Sort(_dealt.AsSpan(start, end - start), shift);
            take(MemoryMarshal.Cast<Movement, MovementRow>(bucket));
            start = end;
        }
    }

    private void Deal(MovementTable movements, int shift, int buckets)
    {
        if (_dealt.Length < movements.Count) _dealt = new Movement[movements.Count];
        if (_ends.Length < buckets) _ends = new int[buckets];
        var ends = _ends.AsSpan(0, buckets);
        ends.Clear();
        for (var chunk = 0; chunk < movements.ChunkCount; chunk++)
            foreach (ref readonly var row in movements.Chunk(chunk)) ends[row.Account >> shift]++;
        ToStarts(ends);
        for (var chunk = 0; chunk < movements.ChunkCount; chunk++)
            foreach (ref readonly var row in movements.Chunk(chunk))
                _dealt[ends[row.Account >> shift]++] = row;
    }

    private ReadOnlySpan<Movement> Sort(ReadOnlySpan<Movement> bucket, int shift)
    {
        if (_sorted.Length < bucket.Length) _sorted = new Movement[bucket.Length * 2];
        var mask = (1 << shift) - 1;
        var ends = _endsInBucket.AsSpan(0, 1 << shift);
        ends.Clear();
        foreach (ref readonly var row in bucket) ends[row.Account & mask]++;
        ToStarts(ends);
        foreach (ref readonly var row in bucket) _sorted[ends[row.Account & mask]++] = row;
        var sorted = _sorted.AsSpan(0, bucket.Length);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            var (isMixed, stream) = (false, sorted[start].Stream);
            for (end = start + 1; end < sorted.Length
                && sorted[end].Account == sorted[start].Account; end++)
                isMixed |= sorted[end].Stream != stream;
            if (isMixed) SortStreams(sorted[start..end]);
        }
        return sorted;
    }

    // The lower half of a stream is what differs within an account; equal ones keep their order.
    private void SortStreams(Span<Movement> rows)
    {
        if (_keys.Length < rows.Length) _keys = new ulong[rows.Length * 2];
        var keys = _keys.AsSpan(0, rows.Length);
        for (var i = 0; i < rows.Length; i++) keys[i] = (rows[i].Stream << 32) | (uint)i;
        keys.Sort(rows);
    }

    // A count becomes where its first row goes; dealing a row moves it on, so that in the end it is
    // where the bucket ends.
    private static void ToStarts(Span<int> counts)
    {
        var start = 0;
        foreach (ref var count in counts) (count, start) = (start, start + count);
    }
}
