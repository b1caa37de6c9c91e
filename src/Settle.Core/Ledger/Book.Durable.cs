namespace Settle;

/// <content>What readers may see: the state after the newest durable block.</content>
internal sealed partial class Book
{
    public int DurableAccountCount => _open.Count > 0 ? _open[0].AccountsBefore : AccountCount;

    public int DurableUsedAccountCount =>
        _open.Count > 0 ? _open[0].UsedAccountsBefore : UsedAccountCount;

    public int DurablePositionCount => _open.Count > 0 ? _open[0].PositionsBefore : PositionCount;

    public int DurableAssetCount => _open.Count > 0 ? _open[0].AssetsBefore : Assets.Count;

    public bool DurableIsStrict => _open.Count > 0 ? _open[0].IsStrictBefore : IsStrict;

    public ClockCorrections DurableClock => _open.Count > 0 ? _open[0].ClockBefore : Clock;

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

    /// <summary>What an account may fall to in an asset before anybody set it.</summary>
    public long FirstFloor(int account) =>
        IsWorld(account) ? Settle.Position.NoFloor : 0;

    /// <summary>The assets in which an account is mentioned.</summary>
    public IEnumerable<ushort> DurableAssetsOf(int account) =>
        AssetsFrom(DurableAccount(account).FirstPosition);

    /// <summary>The same with what is not durable yet.</summary>
    public IEnumerable<ushort> AssetsOf(int account) => AssetsFrom(Account(account).FirstPosition);

    private IEnumerable<ushort> AssetsFrom(int position)
    {
        for (var at = position; at >= 0; at = _positions[at].Next)
            yield return _positions[at].Asset;
    }

    /// <summary>The newest durable block that is not younger than a time; 0 for none.</summary>
    public long HeightAt(long time)
    {
        // Times never go back, but blocks can share one: the last of them counts.
        int low = 0, high = _times.Count - _open.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_times[middle] <= time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The time of a block, microseconds since 1970.</summary>
    public long TimeOf(long height) => _times[(int)height - 1];

    /// <summary>Whether a hold is open as of the newest durable block.</summary>
    public OpenHold? DurableHold(string id)
    {
        foreach (var log in _open)
        {
            if (log.HoldsClosed.Find(hold => hold.Id == id
                && hold.Sequence <= log.HoldSequenceBefore && !IsReopened(hold)) is { } closed)
                return closed;
            if (log.HoldsOpened.Exists(hold => hold.Id == id)) return null;
        }
        return _holds.Find(id);
    }

    /// <summary>
    /// Money of a position that is still held on the chain but whose holds have expired by a time:
    /// it is free although no block says so yet (L4).
    /// </summary>
    /// <param name="number">The position.</param>
    /// <param name="time">Microseconds since 1970.</param>
    /// <param name="looked">How many holds of its account were looked at.</param>
    public Int128 ExpiredBy(int number, long time, out int looked)
    {
        Int128 expired = 0;
        var ended = DurableHolds(_positions[number].Account, new HoldPlace(0, 0), int.MaxValue,
            HoldPlace.After(time));
        foreach (var hold in ended)
            if (hold.From == number) expired += hold.Amount;
        looked = ended.Count;
        return expired;
    }

    /// <summary>
    /// Holds that are open as of the newest durable block, in the order in which they end, those
    /// that never do last.
    /// </summary>
    /// <param name="account">Only those from or to this account; null for all.</param>
    /// <param name="after">Only those after this place.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="last">None after this place.</param>
    public List<OpenHold> DurableHolds(int? account, HoldPlace after, int limit, HoldPlace last)
    {
        // Sequence numbers tell which holds only a block that is not durable yet has opened.
        var sequenceMax = _open.Count > 0 ? _open[0].HoldSequenceBefore : _holdSequence;
        var open = _holds.After(account, after).TakeWhile(hold => hold.Place.CompareTo(last) <= 0)
            .Where(hold => hold.Sequence <= sequenceMax && !IsReopened(hold)).Take(limit);
        // What such a block has closed is still held as far as readers may know.
        var closed = _open.SelectMany(log => log.HoldsClosed).Where(hold =>
            hold.Sequence <= sequenceMax && !IsReopened(hold)
            && hold.Place.CompareTo(after) > 0
            && hold.Place.CompareTo(last) <= 0
            && (account is null || hold.To == account || PayerOf(hold) == account));
        return [.. HoldTable.Order(open.Concat(closed)).Take(limit)];
    }
}
