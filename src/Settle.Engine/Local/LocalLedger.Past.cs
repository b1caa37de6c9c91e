using Settle.Chain;

namespace Settle.Local;

/// <content>Accounts as of a height or a time.</content>
internal sealed partial class LocalLedger
{
    private const int RowsPerStep = 64;

    /// <summary>An account as of a moment of the past, with the terms of today.</summary>
    /// <param name="number">The account.</param>
    /// <param name="height">The newest block to look at.</param>
    /// <param name="time">
    /// Microseconds since 1970; null for the time of that block. Holds that have expired by then
    /// hold nothing, although only a later block says so.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    private async Task<Account?> ReadPastAsync(
        int number, long height, long? time, CancellationToken cancellation)
    {
        var account = await ReadAsync(() => ReadAccountAt(number, height), cancellation)
            .ConfigureAwait(false);
        if (account is null || time is not { } now) return account;
        var balances = new List<AccountBalance>(account.Balances);
        for (var i = 0; i < balances.Count; i++)
        {
            var held = balances[i].Balance - balances[i].Available;
            if (held == 0) continue;
            var expired = await ExpiredAsync(
                number, balances[i].Asset, held, height, now, cancellation).ConfigureAwait(false);
            balances[i] = balances[i] with { Available = balances[i].Available + expired };
        }
        return account with { Balances = balances };
    }

    private Account? ReadAccountAt(int number, long height)
    {
        var book = _state.Book;
        var account = book.DurableAccount(number);
        var found = new Dictionary<ushort, (Movement Row, Int128 Held)>();
        var wanted = 0;
        for (var at = account.FirstPosition; at >= 0; at = book.DurablePosition(at).Next) wanted++;
        Movement held = default;
        _state.Index.ReadBackward(number, new EntryLocation(height + 1, 0), row =>
        {
            if (row.Kinds == MovementKinds.Held) held = row;
            else if (row.Kinds != MovementKinds.None)
            {
                var isHeld = held.Location == row.Location && held.Asset == row.Asset;
                found.TryAdd(row.Asset, (row, isHeld ? held.Value : 0));
            }
            return found.Count < wanted;
        });
        if (found.Count == 0) return null;
        var balances = new List<AccountBalance>();
        for (var at = account.FirstPosition; at >= 0;)
        {
            var position = book.DurablePosition(at);
            if (found.TryGetValue(position.Asset, out var past))
                balances.Add(ToBalance(position, past.Row.Value, past.Held));
            at = position.Next;
        }
        return ToAccount(number, account, balances, height);
    }

    /// <summary>How much of what was held after a block had expired by a time.</summary>
    private async Task<Int128> ExpiredAsync(int account, string asset, Int128 held,
        long height, long time, CancellationToken cancellation)
    {
        if (!await MayHaveExpiredAsync(account, height, time, cancellation).ConfigureAwait(false))
            return 0;
        Int128 expired = 0;
        var before = new EntryLocation(height + 1, 0);
        // Back to the oldest of the holds that were open then: with it, all is accounted for.
        while (held > 0)
        {
            var rows = await MovementsAsync(account, before, RowsPerStep,
                row => row.Kinds == MovementKinds.Touched && row.Location.Offset > 0,
                cancellation).ConfigureAwait(false);
            if (rows.Count == 0) break;
            foreach (var row in rows)
            {
                before = row.Location;
                var hold = await OpenHoldAsync(row.Location, asset, height, cancellation)
                    .ConfigureAwait(false);
                if (hold is not { } open) continue;
                held -= open.Amount;
                if (open.ExpiresAt <= time) expired += open.Amount;
            }
        }
        return expired;
    }

    /// <summary>
    /// Whether any of an account's holds can have expired between a block and a time. The next
    /// block, if it is later, begins with those that had expired by its own time.
    /// </summary>
    private async Task<bool> MayHaveExpiredAsync(
        int account, long height, long time, CancellationToken cancellation)
    {
        if (height == await HeightAsync(cancellation).ConfigureAwait(false)) return true;
        var next = await _blocks.GetAsync(height + 1, cancellation).ConfigureAwait(false);
        if (next.Header.Time <= time) return true;
        var start = new EntryLocation(height + 1, 0);
        var rows = await MovementsAsync(account, new EntryLocation(start.Packed + 1), 1,
            static _ => true, cancellation).ConfigureAwait(false);
        return rows.Count > 0 && rows[0].Location == start;
    }

    /// <summary>
    /// The amount and expiry of the hold that begins at a place and was open after a block.
    /// </summary>
    private async Task<(long Amount, long ExpiresAt)?> OpenHoldAsync(
        EntryLocation location, string asset, long height, CancellationToken cancellation)
    {
        var block = await _blocks.GetAsync(location.Height, cancellation).ConfigureAwait(false);
        var newest = await _blocks.GetAsync(height, cancellation).ConfigureAwait(false);
        var found = ReadEntry(block, location.Offset);
        if (found.Entry.Kind != EntryKind.Hold) return null;
        var defaultAsset = await DefaultAssetAsync(cancellation).ConfigureAwait(false);
        if (EntryViews.Asset(found.Batch, found.Entry.Asset, defaultAsset) != asset) return null;
        var expiresAt = found.Entry.ExpiresAt == 0 ? long.MaxValue : found.Entry.ExpiresAt;
        if (expiresAt <= newest.Header.Time) return null;
        var id = found.Batch.Text(found.Entry.Id);
        var end = await RecallAsync(KeyHash.Resolution, id, cancellation).ConfigureAwait(false);
        return end is null || end.Height > height ? (found.Entry.Amount, expiresAt) : null;
    }
}
