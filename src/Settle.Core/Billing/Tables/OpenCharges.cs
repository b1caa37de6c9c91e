namespace Settle.Billing;

/// <summary>
/// The charges that no invoice bills yet, by account. One that is billed stays until its block is
/// durable, marked with the block's height, so that readers still see it and it can be taken back.
/// </summary>
internal sealed class OpenCharges
{
    private readonly ByteChunks _ids = new();
    private readonly Stack<int> _free = [];
    private readonly List<Frame> _frames = [];
    private readonly Stack<Frame> _freeFrames = [];
    private OpenCharge[] _rows = [];
    private (int First, int Last)[] _lists = [];
    private int _rowCount;

    // The charges before and after each one in the order of the chain, of any customer. They are
    // not in checkpoints, because the rows are.
    private (int Prev, int Next)[] _neighbours = [];
    private int _last = -1;

    public ref readonly OpenCharge this[int number] => ref _rows[number];

    public ReadOnlySpan<byte> IdOf(int number) => _ids[_rows[number].Id, _rows[number].IdLength];

    /// <summary>The first charge of an account; -1 for none.</summary>
    public int FirstOf(int account) => account < _lists.Length ? _lists[account].First : -1;

    /// <summary>The charge of all that opened first; -1 for none.</summary>
    public int First { get; private set; } = -1;

    /// <summary>The charge of all that opened next; -1 for none.</summary>
    public int NextOf(int number) => _neighbours[number].Next;

    /// <summary>The charge of all that opened before it; -1 for none.</summary>
    public int PrevOf(int number) => _neighbours[number].Prev;

    /// <summary>Whether the charge of this number is still the one that an entry opened.</summary>
    public bool IsAt(int number, EntryLocation location) => number >= 0 && number < _rowCount
        && !location.IsNone && _rows[number].Location == location;

    public void Add(in OpenCharge charge, ReadOnlySpan<byte> id)
    {
        var number = _free.TryPop(out var freed) ? freed : _rowCount++;
        if (number == _rows.Length)
        {
            Array.Resize(ref _rows, int.Max(64, number * 2));
            Array.Resize(ref _neighbours, _rows.Length);
        }
        if (charge.Account >= _lists.Length)
        {
            var known = _lists.Length;
            Array.Resize(ref _lists, int.Max(64, charge.Account * 2));
            _lists.AsSpan(known).Fill((-1, -1));
        }
        ref var list = ref _lists[charge.Account];
        _rows[number] = charge with
        {
            Id = _ids.Add(id), IdLength = (byte)id.Length, Prev = list.Last, Next = -1,
        };
        if (list.Last >= 0) _rows[list.Last].Next = number;
        else list.First = number;
        list.Last = number;
        Link(number);
        if (_frames.Count > 0) _frames[^1].Added.Add(number);
    }

    /// <summary>Puts the charges of a checkpoint, which are there by account, in order.</summary>
    public void Sort()
    {
        (First, _last) = (-1, -1);
        foreach (var number in Enumerable.Range(0, _rowCount)
            .OrderBy(number => _rows[number].Location.Packed))
            Link(number);
    }

    /// <summary>An invoice of the block with this height bills it.</summary>
    public void Bill(int number, long height)
    {
        if (_frames.Count == 0)
        {
            Remove(number);
            return;
        }
        _rows[number].BilledAt = height;
        _frames[^1].Billed.Add(number);
    }

    /// <summary>An open charge comes to something else.</summary>
    public void Amend(int number, in AmendedCharge amended)
    {
        ref var row = ref _rows[number];
        if (_frames.Count > 0) _frames[^1].Amended.Push((number, row));
        (row.Amount, row.Date, row.IsAmended) = (amended.Amount, amended.Date, true);
    }

    public void Begin() => _frames.Add(_freeFrames.TryPop(out var frame) ? frame : new Frame());

    public void Undo()
    {
        var frame = _frames[^1];
        foreach (var number in frame.Billed) _rows[number].BilledAt = 0;
        foreach (var (number, before) in frame.Amended)
        {
            ref var row = ref _rows[number];
            (row.Amount, row.Date, row.IsAmended) =
                (before.Amount, before.Date, before.IsAmended);
        }
        for (var i = frame.Added.Count - 1; i >= 0; i--) Remove(frame.Added[i]);
        Close(_frames.Count - 1);
    }

    public void Commit()
    {
        foreach (var number in _frames[0].Billed) Remove(number);
        Close(0);
    }

    private void Remove(int number)
    {
        ref var row = ref _rows[number];
        ref var list = ref _lists[row.Account];
        if (row.Prev >= 0) _rows[row.Prev].Next = row.Next;
        else list.First = row.Next;
        if (row.Next >= 0) _rows[row.Next].Prev = row.Prev;
        else list.Last = row.Prev;
        var (prev, next) = _neighbours[number];
        if (prev >= 0) _neighbours[prev].Next = next;
        else First = next;
        if (next >= 0) _neighbours[next].Prev = prev;
        else _last = prev;
        _ids.Remove(row.Id);
        row.Location = default;
        _free.Push(number);
    }

    private void Link(int number)
    {
        _neighbours[number] = (_last, -1);
        if (_last >= 0) _neighbours[_last].Next = number;
        else First = number;
        _last = number;
    }

    private void Close(int index)
    {
        var frame = _frames[index];
        _frames.RemoveAt(index);
        frame.Added.Clear();
        frame.Billed.Clear();
        frame.Amended.Clear();
        _freeFrames.Push(frame);
    }

    private sealed class Frame
    {
        public List<int> Added { get; } = [];

        public List<int> Billed { get; } = [];

        /// <summary>What they were before, newest first.</summary>
        public Stack<(int Number, OpenCharge Before)> Amended { get; } = [];
    }
}
