using Settle.Chain;

namespace Settle.Index;

/// <summary>
/// The newest movements, in the order of the chain, in chunks that are kept for the next table.
/// Finding those of one account is prepared only when somebody asks, so that settling pays nothing
/// for it.
/// </summary>
internal sealed class MovementTable
{
    private const int ChunkBits = 14;
    private const int ChunkRows = 1 << ChunkBits;

    private readonly List<Movement[]> _chunks = [];
    private readonly Dictionary<int, int> _last = [];
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
            if (chunk == _chunks.Count) _chunks.Add(new Movement[ChunkRows]);
            var free = _chunks[chunk].AsSpan(Count & (ChunkRows - 1));
            var part = rows[..int.Min(rows.Length, free.Length)];
            part.CopyTo(free);
            Count += part.Length;
            rows = rows[part.Length..];
        }
    }

    /// <summary>
    /// Takes the rows of an account, newest first, until <paramref name="take"/> wants no more.
    /// </summary>
    public bool ReadBackward(int account, EntryLocation before, Func<Movement, bool> take)
    {
        Link();
        for (var row = _last.GetValueOrDefault(account, -1); row >= 0; row = _previous[row])
            if (this[row].Location.Packed < before.Packed && !take(this[row])) return false;
        return true;
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

    private void Link()
    {
        while (_previous.Count < Count)
        {
            var row = _previous.Count;
            var account = this[row].Account;
            _previous.Add(_last.GetValueOrDefault(account, -1));
            _last[account] = row;
        }
    }
}
