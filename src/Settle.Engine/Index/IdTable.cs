namespace Settle.Index;

/// <summary>
/// Hashes of ids and where their entries are, in the order of the chain, so that the newest can be
/// taken back. Different ids may share a hash: whoever finds a location compares the id that stands
/// there.
/// </summary>
internal sealed class IdTable
{
    private const int SlotsMin = 64;

    private IdRow[] _rows = new IdRow[SlotsMin / 2];

    // A slot is the upper half of the hash and the row's number + 1; zero is free.
    private ulong[] _slots = new ulong[SlotsMin];

    public int Count { get; private set; }

    public ReadOnlySpan<IdRow> Rows => _rows.AsSpan(0, Count);

    public void Prefetch(ulong hash) =>
        Settle.Prefetch.Line(ref _slots[(int)hash & (_slots.Length - 1)]);

    /// <summary>
    /// The next row with this hash; start with a cursor of -1. Nearly always the first answer is
    /// false.
    /// </summary>
    public bool Next(ulong hash, ref int cursor, out EntryLocation location)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var slot = cursor < 0 ? (int)hash & mask : (cursor + 1) & mask;
        while (slots[slot] != 0)
        {
            if ((slots[slot] ^ hash) >> 32 == 0)
            {
                ref var row = ref _rows[(int)(uint)slots[slot] - 1];
                if (row.Key == hash)
                {
                    (cursor, location) = (slot, row.Location);
                    return true;
                }
            }
            slot = (slot + 1) & mask;
        }
        location = default;
        return false;
    }

    public void Add(ulong hash, EntryLocation location)
    {
        if (Count == _rows.Length) Grow(_rows.Length * 2);
        _rows[Count++] = new IdRow(hash, location);
        Put(hash, Count);
    }

    /// <summary>Takes back the newest rows, so that <paramref name="count"/> remain.</summary>
    public void Truncate(int count)
    {
        // Rows leave in the reverse order of their arrival, so no later probe passes over a freed
        // slot.
        var mask = _slots.Length - 1;
        while (Count > count)
        {
            var slot = (int)_rows[Count - 1].Key & mask;
            while ((uint)_slots[slot] != Count) slot = (slot + 1) & mask;
            _slots[slot] = 0;
            Count--;
        }
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    /// <summary>A table with only the rows above a height.</summary>
    public IdTable After(long height)
    {
        var table = new IdTable();
        foreach (ref readonly var row in Rows)
            if (row.Location.Height > height) table.Add(row.Key, row.Location);
        return table;
    }

    private void Put(ulong hash, int number)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0) slot = (slot + 1) & mask;
        _slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | (uint)number;
    }

    private void Grow(int rows)
    {
        Array.Resize(ref _rows, rows);
        _slots = new ulong[rows * 2];
        for (var number = 0; number < Count; number++) Put(_rows[number].Key, number + 1);
    }
}
