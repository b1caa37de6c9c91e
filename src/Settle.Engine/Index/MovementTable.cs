namespace Settle.Index;

/// <summary>
/// The newest movements, in the order of the chain, in chunks that are kept for the next table.
/// Finding those of one stream is prepared only when somebody asks, so that settling pays nothing
/// for it.
/// </summary>
internal sealed class MovementTable
{
    private const int ChunkBits = 14;
    private const int ChunkRows = 1 << ChunkBits;

    // The first chunk grows to its size, because most ledgers are small or opened for one call.
    private const int FirstRows = 128;

    private readonly List<Movement[]> _chunks = [];
    private readonly Dictionary<ulong, int> _last = [];
    private readonly List<int> _previous = [];

    public int Count { get; private set; }

    public ref readonly Movement this[int row] =>
        ref _chunks[row >> ChunkBits][row & (ChunkRows - 1)];

    /// <summary>The rows, a chunk at a time.</summary>
    public ReadOnlySpan<Movement> Chunk(int number) => number << ChunkBits >= Count
        ? default
        : _chunks[number].AsSpan(0, int.Min(ChunkRows, Count - (number << ChunkBits)));

    public int ChunkCount => (Count + ChunkRows - 1) >> ChunkBits;

    public void Add(ReadOnlySpan<Movement> rows)
    {
        while (!rows.IsEmpty)
        {
            var chunk = Count >> ChunkBits;
            if (chunk == _chunks.Count)
                _chunks.Add(new Movement[chunk == 0 ? FirstRows : ChunkRows]);
            var free = RoomIn(chunk, Count & (ChunkRows - 1));
            var part = rows[..int.Min(rows.Length, free.Length)];
            part.CopyTo(free);
            Count += part.Length;
            rows = rows[part.Length..];
        }
    }

    /// <summary>The rows of a stream before a location, newest first.</summary>
    public IEnumerable<Movement> Backward(ulong stream, EntryLocation before)
    {
        Link();
        for (var row = LastBefore(stream, before); row >= 0; row = _previous[row])
            yield return this[row];
    }

    /// <summary>Whether a stream has a row at a location or after it.</summary>
    public bool HasFrom(ulong stream, EntryLocation location)
    {
        Link();
        return _last.TryGetValue(stream, out var row)
            && this[row].Location.Packed >= location.Packed;
    }

    public void Clear()
    {
        Count = 0;
        _previous.Clear();
        _last.Clear();
    }

    /// <summary>A table with only the rows above a height.</summary>
    public MovementTable After(long height)
    {
        var table = new MovementTable();
        for (var chunk = 0; chunk < ChunkCount; chunk++)
        {
            var rows = Chunk(chunk);
            var first = rows.Length;
            while (first > 0 && rows[first - 1].Location.Height > height) first--;
            table.Add(rows[first..]);
        }
        return table;
    }

    private Span<Movement> RoomIn(int chunk, int first)
    {
        var rows = _chunks[chunk];
        if (first == rows.Length)
        {
            Array.Resize(ref rows, first * 2);
            _chunks[chunk] = rows;
        }
        return rows.AsSpan(first);
    }

    // Two walks at once, the first to arrive wins: along the stream's rows from its newest on, and
    // along all rows from the place. One is short when the stream has few rows, the other when it
    // has many.
    private int LastBefore(ulong stream, EntryLocation before)
    {
        var end = CountBefore(before);
        var row = _last.GetValueOrDefault(stream, -1);
        for (var near = end - 1; row >= end; row = _previous[row], near--)
        {
            if (near < 0) return -1;
            if (this[near].Stream == stream) return near;
        }
        return row;
    }

    /// <summary>How many rows of all streams are before a location.</summary>
    private int CountBefore(EntryLocation before)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].Location.Packed < before.Packed) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Link()
    {
        while (_previous.Count < Count)
        {
            var row = _previous.Count;
            var stream = this[row].Stream;
            _previous.Add(_last.GetValueOrDefault(stream, -1));
            _last[stream] = row;
        }
    }
}
