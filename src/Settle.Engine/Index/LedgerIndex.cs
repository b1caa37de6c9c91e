namespace Settle.Index;

/// <summary>
/// Finds entries by id and by account: the newest rows in memory, older ones in runs on disk.
/// Derived from the chain, it may be lost at any moment. The caller holds the state's lock.
/// </summary>
internal sealed class LedgerIndex : IDisposable
{
    private Run<IdRow>[] _ids = [];
    private Run<MovementRow>[] _movements = [];
    private readonly List<IndexTables> _frozen = [];

    // Tables whose rows became a run, to be used again: their arrays are large.
    private IndexTables? _spare;

    /// <summary>The ids since the newest run, drafts included.</summary>
    public IdTable Recent { get; private set; } = new();

    /// <summary>The movements since the newest run.</summary>
    public MovementTable RecentMovements { get; private set; } = new();

    /// <summary>The newest block that runs hold; what is at or below it needs no adding.</summary>
    public long RunHeight { get; private set; }

    /// <summary>The tables that wait to become runs, oldest first.</summary>
    public IReadOnlyList<IndexTables> Frozen => _frozen;

    /// <summary>The runs of ids that are open, oldest first.</summary>
    public IReadOnlyList<Run<IdRow>> IdRuns => _ids;

    /// <summary>The runs of movements that are open, oldest first.</summary>
    public IReadOnlyList<Run<MovementRow>> MovementRuns => _movements;

    /// <summary>Over the ids of all runs; null while some are missing in it.</summary>
    public IdFilter? Filter { get; private set; }

    public void Prefetch(ulong key)
    {
        Recent.Prefetch(key);
        if (Filter is not null) Filter.Prefetch(key);
        else
            foreach (var run in _ids) run.Prefetch(key);
    }

    /// <summary>Whether a key may be on the chain; a false "no" never happens.</summary>
    public bool MayKnow(ulong key)
    {
        var cursor = -1;
        if (Recent.Next(key, ref cursor, out _)) return true;
        var mask = Bloom.Mask(key);
        if (Filter?.MayHold(key, mask) ?? true)
            foreach (var run in _ids)
                if (run.MayHold(key, mask)) return true;
        return IsFrozen(key);
    }

    /// <summary>Where entries with this key may be, up to a height; null for nowhere.</summary>
    /// <exception cref="IndexDamagedException">A page is not what was written.</exception>
    public List<EntryLocation>? FindIds(ulong key, long heightMax)
    {
        List<EntryLocation>? found = null;
        Collect(Recent, key, heightMax, ref found);
        foreach (var tables in _frozen) Collect(tables.Ids, key, heightMax, ref found);
        foreach (var run in _ids)
        {
            if (!run.MayHold(key)) continue;
            foreach (var row in run.Backward(key, new EntryLocation(heightMax + 1, 0)))
                (found ??= []).Add(row.Location);
        }
        return found;
    }

    /// <summary>The rows of some <see cref="Movement.Stream"/>s, newest first.</summary>
    /// <param name="before">Only rows before this location.</param>
    /// <param name="streams">Of these; each is found by itself, however long the others.</param>
    /// <exception cref="IndexDamagedException">A page is not what was written.</exception>
    public IEnumerable<Movement> Backward(EntryLocation before, params ulong[] streams)
    {
        // The parts follow each other in the chain: within each the streams are merged.
        IEnumerable<Func<ulong, IEnumerable<Movement>>> parts =
        [
            .. _movements.Select(run => Reading(run, before)),
            .. _frozen.Select(tables => Reading(tables.Movements, before)),
            Reading(RecentMovements, before),
        ];
        return parts.Reverse().SelectMany(part => streams.Select(part).Aggregate(Merge));
    }

    /// <summary>
    /// Whether two streams surely have no row at a location or after it: a look into memory. False
    /// when a run may hold some.
    /// </summary>
    public bool IsUntouchedSince(EntryLocation location, ulong first, ulong second)
    {
        if (RunHeight >= location.Height || Has(RecentMovements)) return false;
        foreach (var tables in _frozen)
            if (Has(tables.Movements)) return false;
        return true;

        bool Has(MovementTable rows) =>
            rows.HasFrom(first, location) || rows.HasFrom(second, location);
    }

    /// <summary>Adds the keys under which an entry will be looked up.</summary>
    public void AddIds(RequestBatch batch, in Request entry, EntryLocation location)
    {
        if (location.Height <= RunHeight || entry.Id.IsEmpty) return;
        Recent.Add(entry.IdHash, location);
        if (entry.Refusal != RefusalCode.None) return;
        if (entry.Kind is EntryKind.Capture or EntryKind.Void)
            Recent.Add(KeyHash.Of(batch.Bytes(entry.Reference), KeyHash.Resolution), location);
        if (entry.Kind is EntryKind.Invoice or EntryKind.CreditNote)
            Recent.Add(
                KeyHash.Of(batch.Bytes(batch.Billing(entry).Number), KeyHash.Number), location);
        if (entry.Kind is EntryKind.Subscription && !batch.Billing(entry).Customer.IsEmpty)
        {
            Recent.Add(KeyHash.Of(
                batch.Bytes(batch.Billing(entry).Subscription), KeyHash.Subscription), location);
        }
        if (entry.Kind is EntryKind.Withdrawal)
            Recent.Add(KeyHash.Of(batch.Bytes(entry.Reference), KeyHash.Withdrawal), location);
        if (entry.Kind is EntryKind.Revert)
            Recent.Add(KeyHash.Of(batch.Bytes(entry.Reference), KeyHash.Reversal), location);
    }

    /// <summary>Adds the movements of a durable block.</summary>
    public void AddMovements(long height, ReadOnlySpan<Movement> movements)
    {
        if (height > RunHeight) RecentMovements.Add(movements);
    }

    /// <summary>Sets the newest rows aside, to become runs; there must be no draft.</summary>
    public void Freeze(long height)
    {
        _frozen.Add(new IndexTables(Recent, RecentMovements, height));
        (Recent, RecentMovements) = _spare is { } spare
            ? (spare.Ids, spare.Movements) : (new(), new());
        _spare = null;
    }

    /// <summary>Replaces the runs; tables at or below their height are no longer needed.</summary>
    /// <param name="height">The newest block that they hold.</param>
    /// <param name="runs">All runs.</param>
    /// <param name="filter">Holds every id of them; null when there is none yet.</param>
    public void UseRuns(long height, OpenRuns runs, IdFilter? filter)
    {
        Replace(ref _ids, runs.Ids);
        Replace(ref _movements, runs.Movements);
        (RunHeight, Filter) = (height, filter);
        foreach (var tables in _frozen)
            if (tables.Height <= height) _spare = tables;
        _frozen.RemoveAll(tables => tables.Height <= height);
        _spare?.Ids.Clear();
        _spare?.Movements.Clear();
    }

    /// <summary>Forgets newest rows that runs of another process hold.</summary>
    public void DropUpTo(long height)
    {
        Recent = Recent.After(height);
        RecentMovements = RecentMovements.After(height);
    }

    public void Dispose()
    {
        Replace(ref _ids, []);
        Replace(ref _movements, []);
    }

    private static Func<ulong, IEnumerable<Movement>> Reading(
        MovementTable table, EntryLocation before) => stream => table.Backward(stream, before);

    private static Func<ulong, IEnumerable<Movement>> Reading(
        Run<MovementRow> run, EntryLocation before) =>
        stream => run.Backward(stream, before).Select(row => row.Movement);

    // Among rows of one place those of one stream keep their order.
    private static IEnumerable<Movement> Merge(IEnumerable<Movement> a, IEnumerable<Movement> b)
    {
        using var left = a.GetEnumerator();
        using var right = b.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var isLeft = hasLeft && (!hasRight
                || left.Current.Location.Packed >= right.Current.Location.Packed);
            yield return (isLeft ? left : right).Current;
            if (isLeft) hasLeft = left.MoveNext();
            else hasRight = right.MoveNext();
        }
    }

    private bool IsFrozen(ulong key)
    {
        foreach (var tables in _frozen)
        {
            var cursor = -1;
            if (tables.Ids.Next(key, ref cursor, out _)) return true;
        }
        return false;
    }

    private static void Collect(
        IdTable table, ulong key, long heightMax, ref List<EntryLocation>? found)
    {
        var cursor = -1;
        while (table.Next(key, ref cursor, out var location))
            if (location.Height <= heightMax) (found ??= []).Add(location);
    }

    private static void Replace<TRow>(ref Run<TRow>[] old, IEnumerable<Run<TRow>> runs)
        where TRow : unmanaged, IRunRow
    {
        var kept = runs.ToArray();
        foreach (var run in old.Except(kept)) run.Dispose();
        old = kept;
    }
}
