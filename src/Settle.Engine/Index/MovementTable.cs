using Settle.Chain;

namespace Settle.Index;

/// <summary>
/// The newest movements, in the order of the chain. Finding those of one account is prepared only when
/// somebody asks, so that settling pays nothing for it.
/// </summary>
internal sealed class MovementTable
{
    private readonly Dictionary<int, int> _last = [];
    private Movement[] _rows = new Movement[1024];
    private int[] _previous = [];
    private int _linked;

    public int Count { get; private set; }

    public ReadOnlySpan<Movement> Rows => _rows.AsSpan(0, Count);

    public void Add(ReadOnlySpan<Movement> rows)
    {
        if (_rows.Length - Count < rows.Length)
            Array.Resize(ref _rows, int.Max(_rows.Length * 2, Count + rows.Length));
        rows.CopyTo(_rows.AsSpan(Count));
        Count += rows.Length;
    }

    /// <summary>Takes the rows of an account, newest first, until <paramref name="take"/> wants no more.</summary>
    public bool ReadBackward(int account, EntryLocation before, Func<Movement, bool> take)
    {
        Link();
        for (var row = _last.GetValueOrDefault(account, -1); row >= 0; row = _previous[row])
            if (_rows[row].Location.Packed < before.Packed && !take(_rows[row])) return false;
        return true;
    }

    public void Clear()
    {
        (Count, _linked) = (0, 0);
        _last.Clear();
    }

    /// <summary>A table with only the rows above a height.</summary>
    public MovementTable After(long height)
    {
        var table = new MovementTable();
        var first = Count;
        while (first > 0 && _rows[first - 1].Location.Height > height) first--;
        table.Add(Rows[first..]);
        return table;
    }

    private void Link()
    {
        if (_previous.Length < Count) Array.Resize(ref _previous, _rows.Length);
        for (; _linked < Count; _linked++)
        {
            var account = _rows[_linked].Account;
            _previous[_linked] = _last.GetValueOrDefault(account, -1);
            _last[account] = _linked;
        }
    }
}
