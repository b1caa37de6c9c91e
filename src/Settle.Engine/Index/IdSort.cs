namespace Settle.Index;

/// <summary>
/// Orders ids by key, those of one key by location. Rows are first dealt into buckets that fit the
/// processor's cache: a plain sort of so many rows is mostly cache misses. Keeps its arrays for the
/// next table.
/// </summary>
internal sealed class IdSort
{
    private const int BucketBits = 9;
    private const int KeyShift = 64 - BucketBits;

    private readonly int[] _ends = new int[1 << BucketBits];
    private ulong[] _keys = [];
    private IdRow[] _rows = [];

    /// <summary>Gives the rows in their order, a bucket at a time.</summary>
    public void ByKey(ReadOnlySpan<IdRow> rows, Action<ReadOnlySpan<IdRow>> take)
    {
        if (_rows.Length < rows.Length)
            (_keys, _rows) = (new ulong[rows.Length], new IdRow[rows.Length]);
        Array.Clear(_ends);
        foreach (ref readonly var row in rows) _ends[row.Key >> KeyShift]++;
        var start = 0;
        foreach (ref var end in _ends.AsSpan()) (end, start) = (start, start + end);
        // Now an "end" is where its bucket's next row goes; it stops at the bucket's end.
        foreach (ref readonly var row in rows)
        {
            var at = _ends[row.Key >> KeyShift]++;
            (_keys[at], _rows[at]) = (row.Key, row);
        }
        start = 0;
        foreach (var end in _ends)
        {
            var bucket = _rows.AsSpan(start, end - start);
            _keys.AsSpan(start, end - start).Sort(bucket);
            OrderEqualKeys(bucket);
            take(bucket);
            start = end;
        }
    }

    // Equal keys are rare: a collision of hashes.
    private static void OrderEqualKeys(Span<IdRow> rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            for (var j = i; j > 0 && rows[j].Key == rows[j - 1].Key
                && rows[j].Location.Packed < rows[j - 1].Location.Packed; j--)
            {
                (rows[j], rows[j - 1]) = (rows[j - 1], rows[j]);
            }
        }
    }
}
