namespace Settle;

/// <content>What readers may see: the state after the newest durable block.</content>
internal sealed partial class Book
{
    public int DurableAccountCount => _open.Count > 0 ? _open[0].AccountsBefore : AccountCount;

    public int DurableUsedAccountCount =>
        _open.Count > 0 ? _open[0].UsedAccountsBefore : UsedAccountCount;

    public int DurablePositionCount => _open.Count > 0 ? _open[0].PositionsBefore : PositionCount;

    public int DurableAssetCount => _open.Count > 0 ? _open[0].AssetsBefore : Assets.Count;

    public long DurableEntryCount => _open.Count > 0 ? _open[0].EntriesBefore : EntryCount;

    /// <summary>A position as of the newest durable block.</summary>
    public Position DurablePosition(int number)
    {
        var position = _positions[number];
        for (var i = _open.Count - 1; i >= 0; i--)
            if (_open[i].Holds(number, position.KeptAt)) position = _open[i].Kept(position.KeptAt);
        return position;
    }

    /// <summary>An account as of the newest durable block.</summary>
    public AccountState DurableAccount(int number)
    {
        var first = _accounts[number].FirstPosition;
        while (first >= DurablePositionCount) first = _positions[first].Next;
        foreach (var log in _open)
        {
            foreach (var (changed, before) in log.Accounts)
                if (changed == number) return before with { FirstPosition = first };
        }
        return _accounts[number] with { FirstPosition = first };
    }

    public AccountNotes? DurableNotes(in AccountState account) =>
        account.Notes < 0 ? null : _notes[account.Notes];

    /// <summary>Whether a hold is open as of the newest durable block.</summary>
    public OpenHold? DurableHold(string id)
    {
        foreach (var log in _open)
        {
            if (log.HoldsOpened.Exists(hold => hold.Id == id)) return null;
            if (log.HoldsClosed.Find(hold => hold.Id == id) is { } closed) return closed;
        }
        return _holds.GetValueOrDefault(id);
    }

    /// <summary>
    /// Money of a position that is still held on the chain but whose holds have expired by a time:
    /// it is free although no block says so yet (L4).
    /// </summary>
    public Int128 ExpiredBy(int position, long time)
    {
        Int128 expired = 0;
        foreach (var hold in HoldsExpiredBy(time))
            if (hold.From == position) expired += hold.Amount;
        return expired;
    }

    /// <summary>The same of every position that has such money, in one pass.</summary>
    public Dictionary<int, Int128> ExpiredBy(long time)
    {
        var expired = new Dictionary<int, Int128>();
        foreach (var hold in HoldsExpiredBy(time))
            expired[hold.From] = expired.GetValueOrDefault(hold.From) + hold.Amount;
        return expired;
    }

    private IEnumerable<OpenHold> HoldsExpiredBy(long time)
    {
        // Sequence numbers tell which holds only a block that is not durable yet has opened.
        var sequenceMax = _open.Count > 0 ? _open[0].HoldSequenceBefore : _holdSequence;
        foreach (var hold in _expiries)
        {
            if (hold.ExpiresAt > time) break;
            if (hold.Sequence <= sequenceMax) yield return hold;
        }
        // What such a block has closed is still held as far as readers may know.
        foreach (var log in _open)
        {
            foreach (var hold in log.HoldsClosed)
                if (hold.Sequence <= sequenceMax && hold.ExpiresAt <= time) yield return hold;
        }
    }
}
