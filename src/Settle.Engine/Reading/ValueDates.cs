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

    /// <summary>Brings balances of one account to the days of moments, oldest first.</summary>
    public async Task MoveAsync(int account, ushort asset, List<Moment> moments,
        Int128[] balances, CancellationToken cancellation)
    {
        var changes = new Int128[moments.Count + 1];
        var stream = Movement.DatedOf(account, asset);
        for (var before = moments[^1].Recorded; ;)
        {
            var rows = await reader.ReadAsync(() => Slice(stream, before), cancellation)
                .ConfigureAwait(false);
            foreach (var row in rows)
            {
                // From here on it counts by its own day, and is in the balance by its block's.
                var own = Count(moments, moment => moment.Day < row.High);
                var recorded = Count(moments, moment => moment.End.Packed <= row.Location.Packed);
                changes[own] += row.Low;
                changes[recorded] -= row.Low;
            }
            if (rows.Count < SliceRows) break;
            before = rows[^1].Location;
        }
        Int128 change = 0;
        for (var i = 0; i < balances.Length; i++) balances[i] += change += changes[i];
    }

    // How many of the first moments are as said, which those behind them are not.
    private static int Count(List<Moment> moments, Func<Moment, bool> isSo)
    {
        int low = 0, high = moments.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (isSo(moments[middle])) low = middle + 1;
            else high = middle;
        }
        return low;
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
