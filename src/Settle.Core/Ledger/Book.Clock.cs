namespace Settle;

/// <content>What a clock that was wrong does to the state, and how that is put right.</content>
internal sealed partial class Book
{
    // Holds that ended only because their block lay far beyond the one before it. The array is
    // never changed, only replaced.
    private OpenHold[] _endedByJump = [];

    private ClockDoubt _doubt;

    /// <summary>The blocks in which a person set the clock back.</summary>
    public ClockCorrections Clock { get; private set; } = ClockCorrections.None;

    /// <summary>
    /// Whether a time lies so far beyond the block before that it has to be said.
    /// </summary>
    public static bool IsJump(long before, long time) =>
        before > 0 && time - before > Limits.ClockJumpDays * ChainTime.MicrosecondsPerDay;

    /// <summary>
    /// The block that begins has the right time, and those before it have one that was to come. For
    /// questions about a time they are as old as this block. What they reserved ends after as long
    /// as it was reserved for; what they let go by their time alone is reserved again, where the
    /// money is still there.
    /// </summary>
    private void SetClockBack(long time, EntryLocation start, bool reopensAll)
    {
        var ahead = Time - time;
        _undo?.KeepClock(_times, FirstAfter(time), _endedByJump);
        foreach (var hold in _holds.All.Where(hold => hold.OpenedAt > time).ToList())
        {
            var expires = hold.ExpiresAt == long.MaxValue
                ? long.MaxValue : hold.ExpiresAt - ahead;
            Close(hold);
            Reopen(hold with { ExpiresAt = expires, OpenedAt = time });
        }
        var ended = reopensAll
            ? _endedByJump.Concat(_doubt.Ended).DistinctBy(hold => hold.Sequence) : _endedByJump;
        foreach (var hold in ended)
        {
            ref readonly var free = ref _positions[hold.From];
            var isSpent = free.Floor != Settle.Position.NoFloor
                && free.Available - hold.Amount < free.Floor;
            if (hold.ExpiresAt <= time || hold.OpenedAt > time || isSpent) continue;
            Touch(hold.From).Held += hold.Amount;
            Reopen(hold);
            Note(hold.From, start, MovementKinds.Touched);
        }
        _endedByJump = [];
        Clock = Clock.With(start.Height, time);
        for (var at = FirstAfter(time); at < _times.Count; at++) _times[at] = time;
    }

    /// <summary>Frees what has expired by the time of the block that begins.</summary>
    private void EndHolds(long before, long time, EntryLocation start)
    {
        List<OpenHold>? byJump = IsJump(before, time) ? [] : null;
        while (_holds.First is { } hold && hold.ExpiresAt <= time)
        {
            Close(hold);
            byJump?.Add(hold);
            if (_doubt.IsOpen) _doubt = _doubt.With(hold);
            ref var position = ref Touch(hold.From);
            position.Held -= hold.Amount;
            Movements.Add(new Movement(position.Account, position.Asset, MovementKinds.Expired,
                start, hold.Amount, hold.ExpiresAt));
            Movements.Add(new Movement(0, AssetTable.NoAsset, MovementKinds.Lapsed, start,
                (long)hold.Location.Packed, hold.ExpiresAt));
            Note(hold.From, start, MovementKinds.Touched);
        }
        if (byJump is not { Count: > 0 }) return;
        _undo?.KeepClock(_times, _times.Count, _endedByJump);
        _endedByJump = [.. _endedByJump, .. byJump];
    }

    private int FirstAfter(long time)
    {
        var first = _times.Count;
        while (first > 0 && _times[first - 1] > time) first--;
        return first;
    }

    private void Reopen(OpenHold hold)
    {
        Remember(hold);
        _undo?.HoldsOpened.Add(hold);
    }

    /// <summary>Whether only a block that is not durable yet has opened this hold anew.</summary>
    private bool IsReopened(OpenHold hold) =>
        _open.Exists(log => log.SetsClock && log.HoldsOpened.Contains(hold));
}
