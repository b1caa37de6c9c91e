using Settle.Views;

namespace Settle.Reading;

/// <summary>
/// Balances by value date: those of the end of the day by the time of blocks, which are looked up,
/// and then what was recorded for another day than its block's. That much of an account is read, a
/// slice at a time, so that nobody waits for all of it.
/// </summary>
internal sealed class ValueDates(LedgerReader reader)
{
    private const int SliceRows = 4096;

    /// <summary>
    /// Brings positions to the day of a moment, and takes out those that nothing had touched then.
    /// </summary>
    public async Task MoveAsync(
        List<AccountPosition> positions, Moment moment, CancellationToken cancellation)
    {
        for (var i = 0; i < positions.Count; i++)
        {
            var position = positions[i].Value;
            var (change, isUsed) = await ChangeAsync(position, moment, cancellation)
                .ConfigureAwait(false);
            position.Balance += change;
            position.IsUsed |= isUsed;
            positions[i] = positions[i] with { Value = position };
        }
        positions.RemoveAll(position => !position.Value.IsUsed);
    }

    private async Task<(Int128 Change, bool IsUsed)> ChangeAsync(
        Position position, Moment moment, CancellationToken cancellation)
    {
        var (change, isUsed) = ((Int128)0, false);
        var stream = Movement.DatedOf(position.Account, position.Asset);
        var before = moment.Recorded;
        while (true)
        {
            var rows = await reader.ReadAsync(() => Slice(stream, before), cancellation)
                .ConfigureAwait(false);
            foreach (var row in rows) Count(row.Low, row.High, row.Location);
            if (rows.Count < SliceRows) break;
            before = rows[^1].Location;
        }
        foreach (var (location, named, day) in await new WrongTimes(reader).NamedAsync(
            Movement.StreamOf(position.Account, position.Asset), cancellation)
            .ConfigureAwait(false))
            Count(named, day, location);
        return (change, isUsed);

        void Count(Int128 amount, long day, EntryLocation location)
        {
            // What was recorded after the moment is not known at it.
            if (!(location < moment.Recorded)) return;
            var (counts, counted) = (day <= moment.Day, location < moment.End);
            if (counts && !counted) (change, isUsed) = (change + amount, true);
            if (!counts && counted) change -= amount;
        }
    }

    // Rows of one place stay together.
    private List<Movement> Slice(ulong stream, EntryLocation before)
    {
        var rows = new List<Movement>();
        foreach (var row in reader.State.Index.Backward(before, stream))
        {
            if (rows.Count >= SliceRows && row.Location != rows[^1].Location) break;
            rows.Add(row);
        }
        return rows;
    }
}
