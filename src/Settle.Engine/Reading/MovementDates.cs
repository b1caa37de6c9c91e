namespace Settle.Reading;

/// <summary>
/// An account's movements by value date, which the index tells without reading a block. Rows are
/// looked at a slice at a time, so that nobody waits for all of them.
/// </summary>
internal sealed class MovementDates(LedgerReader reader)
{
    private const int SliceRows = 4096;

    private readonly WrongTimes _wrong = new(reader);

    public static bool IsWithin(int day, DateOnly? from, DateOnly? to) =>
        (from is null || day >= from.Value.DayNumber) && (to is null || day <= to.Value.DayNumber);

    /// <summary>What changed the balance of an account, newest first.</summary>
    /// <param name="account">Its name.</param>
    /// <param name="before">Only rows before this place.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="days">Only rows with a value date in these, both included.</param>
    /// <param name="cancellation">Stops between two slices.</param>
    /// <param name="since">Only rows at this place or behind it.</param>
    public async Task<List<Movement>> BookedAsync(string account, EntryLocation before, int limit,
        (DateOnly? From, DateOnly? To) days, CancellationToken cancellation,
        EntryLocation since = default)
    {
        var name = Encoding.UTF8.GetBytes(account);
        var found = new List<Movement>();
        while (found.Count < limit)
        {
            var (rows, end) = await reader.ReadAsync(() => Slice(name, before), cancellation)
                .ConfigureAwait(false);
            foreach (var (row, known) in rows)
            {
                if (row.Location.Packed < since.Packed) continue;
                var day = known
                    ?? await _wrong.DayAsync(row.Location, cancellation).ConfigureAwait(false);
                if (IsWithin(day, days.From, days.To)) found.Add(row);
            }
            if (end.IsNone || end.Packed < since.Packed) break;
            before = end;
        }
        return found.Count <= limit ? found : found[..limit];
    }

    // Rows of one place stay together: one of them may say the day of all. No day where the entry
    // has to be read.
    private (List<(Movement Row, int? Day)> Rows, EntryLocation End) Slice(
        byte[] name, EntryLocation before)
    {
        var rows = new List<(Movement, int?)>();
        var wrong = _wrong.Ranges();
        var number = reader.Accounts.Find(name);
        if (number < 0) return (rows, default);
        var (place, count) = (new List<Movement>(), 0);
        foreach (var row in reader.Accounts.DatedMovements(number, before))
        {
            if (place.Count > 0 && place[0].Location != row.Location)
            {
                Close();
                if (count >= SliceRows) return (rows, place[0].Location);
                place.Clear();
            }
            place.Add(row);
            count++;
        }
        if (place.Count > 0) Close();
        return (rows, default);

        void Close()
        {
            var dated = place.FindIndex(row => row.Kinds == MovementKinds.Dated);
            var at = place[0].Location;
            int? day = dated >= 0 ? (int)place[dated].High
                : wrong.Exists(range => !(at < range.From) && at < range.End) ? null
                : ValueDate.DayOf(reader.State.Book.TimeOf(at.Height));
            foreach (var row in place)
                if (row.Kinds == MovementKinds.Booked) rows.Add((row, day));
        }
    }
}
