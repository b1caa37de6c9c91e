namespace Settle.Reading;

/// <summary>
/// Blocks whose time was corrected later. An entry in one of them that names its day has a row for
/// that in the index only where it is another day than the block said: otherwise it has to be read.
/// </summary>
/// <param name="reader">Reads the state and the blocks.</param>
internal sealed class WrongTimes(LedgerReader reader)
{
    /// <summary>
    /// Where they are, newest first; perhaps with neighbours of the same time. The caller holds the
    /// state's lock.
    /// </summary>
    public List<(EntryLocation From, EntryLocation End)> Ranges()
    {
        var ranges = new List<(EntryLocation, EntryLocation)>();
        var book = reader.State.Book;
        foreach (var (height, time) in book.DurableClock.All.Reverse())
        {
            // What a later one has corrected, too, is in its range.
            if (book.TimeOf(height) != time) continue;
            var from = height;
            while (from > 1 && book.TimeOf(from - 1) == time) from--;
            ranges.Add((new EntryLocation(from, 0), new EntryLocation(height, 0)));
        }
        return ranges;
    }

    /// <summary>The value date of the entry at a place.</summary>
    public async Task<int> DayAsync(EntryLocation location, CancellationToken cancellation) =>
        (await ReadAsync(location, cancellation).ConfigureAwait(false)).Day;

    /// <summary>
    /// What a position was changed by in such blocks, by entries that name the very day that their
    /// block says.
    /// </summary>
    public async Task<List<(EntryLocation Location, Int128 Change, int Day)>> NamedAsync(
        ulong stream, CancellationToken cancellation)
    {
        var named = new List<(EntryLocation, Int128, int)>();
        var ranges = await reader.ReadAsync(Ranges, cancellation).ConfigureAwait(false);
        foreach (var (from, end) in ranges)
        {
            var rows = await RowsAsync(stream, from, end, cancellation).ConfigureAwait(false);
            foreach (var (location, change) in rows)
            {
                var (day, isNamed) = await ReadAsync(location, cancellation).ConfigureAwait(false);
                if (isNamed) named.Add((location, change, day));
            }
        }
        return named;
    }

    private async Task<(int Day, bool IsNamed)> ReadAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        var block = await reader.Blocks.GetAsync(location.Height, cancellation)
            .ConfigureAwait(false);
        var counted = await reader.ReadAsync(
            () => reader.State.Book.TimeOf(location.Height), cancellation).ConfigureAwait(false);
        var entry = BlockEntries.Read(block, location.Offset);
        var day = ValueDate.Of(entry.Batch, entry.Entry, counted);
        return (day, day != ValueDate.DayOf(counted)
            && !ValueDate.Differs(entry.Batch, entry.Entry, block.Header.Time, out _));
    }

    // A change is the difference from the balance before it.
    private async Task<List<(EntryLocation Location, Int128 Change)>> RowsAsync(
        ulong stream, EntryLocation from, EntryLocation end, CancellationToken cancellation)
    {
        var (changes, before) = (new List<(EntryLocation, Int128)>(), end);
        Movement? newer = null;
        while (true)
        {
            var rows = await reader.ReadAsync(() =>
            {
                var slice = reader.State.Index.Backward(before, stream)
                    .Where(row => row.Kinds != MovementKinds.Held)
                    .Take(LedgerReader.SliceRows).ToList();
                reader.Work.Add(slice.Count);
                return slice;
            }, cancellation).ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (newer is { Kinds: MovementKinds.Booked } booked)
                    changes.Add((booked.Location, booked.Value - row.Value));
                newer = row;
                if (row.Location.Packed < from.Packed) return changes;
            }
            if (rows.Count < LedgerReader.SliceRows) break;
            before = rows[^1].Location;
        }
        if (newer is { Kinds: MovementKinds.Booked } first)
            changes.Add((first.Location, first.Value));
        return changes;
    }
}
