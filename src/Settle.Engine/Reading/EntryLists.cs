using Settle.Views;

namespace Settle.Reading;

/// <summary>Lists of transfers and of an account's entries, newest first.</summary>
internal sealed class EntryLists(LedgerReader reader)
{
    private const string Transfers = "transfers";
    private const int EntriesPerPage = 16 * 1024;
    private const string Entries = "an account's entries";

    private static readonly EntryLocation Newest = new(ulong.MaxValue);

    public async Task<Page<Transfer>> ListTransfersAsync(
        TransferQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var status = query.Status is { } wanted ? Words<EntryStatus>.Of("status", wanted) : null;
        var cursor = query.After is null
            ? new PageCursor
            {
                List = Transfers, Location = Newest.Packed, Account = query.Account,
                Status = status, From = query.From, To = query.To, OnFrom = query.OnFrom,
                OnTo = query.OnTo,
            }
            : reader.Decode(query.After, Transfers);
        PageCursor.CheckSame("account", query.Account, cursor.Account);
        PageCursor.CheckSame("status", status, cursor.Status);
        PageCursor.CheckSame("from", query.From, cursor.From);
        PageCursor.CheckSame("to", query.To, cursor.To);
        PageCursor.CheckSame("on_from", query.OnFrom, cursor.OnFrom);
        PageCursor.CheckSame("on_to", query.OnTo, cursor.OnTo);
        var (_, before) = await BoundsAsync(cursor with { From = null }, cancellation)
            .ConfigureAwait(false);
        var (items, examined) = (new List<(Transfer Transfer, EntryLocation Location)>(), 0);
        await foreach (var found in EntriesBackwardAsync(cursor.Account, before, cancellation)
            .ConfigureAwait(false))
        {
            if (cursor.From is { } from && ChainTime.ToTime(found.Time) < from) break;
            if (IsTransfer(found.Entry.Entry) && IsOn(found)
                && (cursor.Status is not { } word
                    || Words<EntryStatus>.Of(EntryViews.Status(found.Entry.Entry.Refusal)) == word))
                items.Add((await ToTransferAsync(found.Entry, cancellation).ConfigureAwait(false),
                    found.Entry.Location));
            if (items.Count > query.Limit) break;
            // Where few fit the filter, a page ends before it is full.
            if (++examined < EntriesPerPage) continue;
            return new Page<Transfer>([.. items.Select(item => item.Transfer)],
                reader.Encode(cursor with { Location = found.Entry.Location.Packed }));
        }
        var page = items.Take(query.Limit).ToList();
        return new Page<Transfer>([.. page.Select(item => item.Transfer)],
            items.Count > query.Limit
            ? reader.Encode(cursor with { Location = page[^1].Location.Packed }) : null);

        bool IsOn((RecalledEntry Entry, long Time) found) =>
            (cursor.OnFrom is null && cursor.OnTo is null) || MovementDates.IsWithin(
                ValueDate.Of(found.Entry.Batch, found.Entry.Entry, found.Time), cursor.OnFrom,
                cursor.OnTo);
    }

    /// <summary>
    /// A transfer with what has reverted it, or with what its refusal said.
    /// </summary>
    public async ValueTask<Transfer> ToTransferAsync(
        RecalledEntry found, CancellationToken cancellation)
    {
        var transfer = EntryViews.Transfer(found, reader.Assets);
        return transfer.Reason is null
            ? await WithRevertsAsync(transfer, cancellation).ConfigureAwait(false)
            : transfer with
            {
                Refusal = await reader.FactsAsync(found, cancellation).ConfigureAwait(false),
            };
    }

    /// <summary>A transfer with what has reverted it.</summary>
    public async ValueTask<Transfer> WithRevertsAsync(
        Transfer transfer, CancellationToken cancellation)
    {
        if (transfer.Reason is not null || transfer.Reverts is not null) return transfer;
        var reverts = await reader.RecallAllAsync(KeyHash.Reversal, transfer.Id, cancellation)
            .ConfigureAwait(false);
        if (reverts.Count == 0) return transfer;
        return transfer with
        {
            Reverted = reader.Assets.Of(
                reverts.Aggregate((Int128)0, (sum, each) => sum + each.Entry.Amount),
                transfer.Asset),
            RevertedBy = reverts.ConvertAll(each => each.Batch.Text(each.Entry.Id)),
        };
    }

    public async Task<Page<AccountEntry>> ListEntriesAsync(string account, EntryQuery query,
        CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var cursor = query.After is null
            ? new PageCursor
            {
                List = Entries, Location = Newest.Packed, Account = account,
                From = query.From, To = query.To, OnFrom = query.OnFrom, OnTo = query.OnTo,
            }
            : reader.Decode(query.After, Entries);
        if (cursor.Account != account)
            throw new InvalidRequestException("after", "is of another account's entries");
        PageCursor.CheckSame("from", query.From, cursor.From);
        PageCursor.CheckSame("to", query.To, cursor.To);
        PageCursor.CheckSame("on_from", query.OnFrom, cursor.OnFrom);
        PageCursor.CheckSame("on_to", query.OnTo, cursor.OnTo);
        var end = cursor.Skip + query.Limit;
        var (since, before) = await BoundsAsync(cursor, cancellation).ConfigureAwait(false);
        var rows = cursor.OnFrom is null && cursor.OnTo is null
            ? await reader.MovementsAsync(account, before, end + 1,
                static row => row.Kinds == MovementKinds.Booked, cancellation, since)
                .ConfigureAwait(false)
            : await new MovementDates(reader).BookedAsync(account, before, end + 1,
                (cursor.OnFrom, cursor.OnTo), cancellation, since).ConfigureAwait(false);
        var items = new List<AccountEntry>();
        var clock = await reader.ClockAsync(cancellation).ConfigureAwait(false);
        foreach (var row in rows.Take(end).Skip(cursor.Skip))
            items.Add(await ToEntryAsync(account, row, clock, cancellation).ConfigureAwait(false));
        if (rows.Count <= end) return new Page<AccountEntry>(items, null);
        // A transaction in several assets has several rows at one place: a page may end among them.
        var last = rows[end - 1].Location;
        var next = new PageCursor
        {
            List = Entries,
            Account = account,
            From = cursor.From,
            To = cursor.To,
            OnFrom = cursor.OnFrom,
            OnTo = cursor.OnTo,
            Location = last.Packed + 1,
            Skip = rows.Take(end).Count(row => row.Location == last),
        };
        return new Page<AccountEntry>(items, reader.Encode(next));
    }

    /// <summary>The places between which a list has what was recorded in its times.</summary>
    private async Task<(EntryLocation Since, EntryLocation Before)> BoundsAsync(
        PageCursor cursor, CancellationToken cancellation)
    {
        var (since, before) = (default(EntryLocation), new EntryLocation(cursor.Location));
        if (cursor.From is { } from)
            since = await AfterAsync(from, cancellation).ConfigureAwait(false);
        if (cursor.To is not { } to) return (since, before);
        var end = await AfterAsync(to, cancellation).ConfigureAwait(false);
        return (since, end.Packed < before.Packed ? end : before);
    }

    /// <summary>Where what was recorded at a time or later begins.</summary>
    private async Task<EntryLocation> AfterAsync(
        DateTimeOffset time, CancellationToken cancellation)
    {
        var last = ChainTime.From(time == DateTimeOffset.MinValue ? time : time.AddTicks(-1));
        var height = await reader.ReadAsync(
            () => reader.State.Book.HeightAt(last), cancellation).ConfigureAwait(false);
        return new EntryLocation(height + 1, 0);
    }

    /// <summary>
    /// Recorded entries before a location, newest first, with the time that they count at; of one
    /// account or of all.
    /// </summary>
    private async IAsyncEnumerable<(RecalledEntry Entry, long Time)> EntriesBackwardAsync(
        string? account,
        EntryLocation before,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const int chunk = 256;
        var clock = await reader.ClockAsync(cancellation).ConfigureAwait(false);
        while (account is not null)
        {
            var rows = await reader.MovementsAsync(account, before, chunk,
                row => row.Kinds != MovementKinds.Held && row.Location.Offset != 0, cancellation)
                    .ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (row.Location == before) continue;
                before = row.Location;
                var block = await reader.Blocks.GetAsync(row.Location.Height, cancellation)
                    .ConfigureAwait(false);
                yield return (BlockEntries.Read(block, row.Location.Offset), Counted(block));
            }
            if (rows.Count < chunk) yield break;
        }
        var newest = await reader.ReadAsync(() => reader.State.Height, cancellation)
            .ConfigureAwait(false);
        for (var height = long.Min(before.Height, newest); height > 0; height--)
        {
            var block = await reader.Blocks.GetAsync(height, cancellation).ConfigureAwait(false);
            foreach (var entry in BlockEntries.Of(block).Reverse())
            {
                if (new EntryLocation(height, entry.Offset).Packed < before.Packed)
                    yield return (BlockEntries.Read(block, entry.Offset), Counted(block));
            }
        }

        long Counted(BlockDocument block) =>
            clock.Counted(block.Header.Height, block.Header.Time);
    }

    private async Task<AccountEntry> ToEntryAsync(string account, Movement row,
        ClockCorrections clock, CancellationToken cancellation)
    {
        var block = await reader.Blocks.GetAsync(row.Location.Height, cancellation)
            .ConfigureAwait(false);
        var found = BlockEntries.Read(block, row.Location.Offset);
        var asset = await reader.ReadAsync(
            () => reader.State.Book.Assets[row.Asset], cancellation).ConfigureAwait(false);
        var amount = asset.Of(0);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var posting in EntryViews.Postings(found.Batch, found.Entry, reader.Assets))
        {
            if (posting.Asset != asset.Code || (posting.From != account && posting.To != account))
                continue;
            amount += posting.To == account ? posting.Amount : -posting.Amount;
            others.Add(posting.To == account ? posting.From : posting.To);
        }
        return new AccountEntry
        {
            Id = found.Batch.Text(found.Entry.Id),
            Type = Words<AccountEntryType>.Parse(found.Entry.Kind.Text()),
            Amount = amount,
            Balance = asset.Of(row.Value),
            Counterparty = others.Count == 1 ? others.Single() : null,
            Timestamp = EntryViews.Timestamp(found.Batch, found.Entry),
            Memo = found.Entry.Memo.IsEmpty ? null : found.Batch.Text(found.Entry.Memo),
            Date = DateOnly.FromDayNumber(ValueDate.Of(found.Batch, found.Entry,
                clock.Counted(found.Height, block.Header.Time))),
            Block = found.Height,
            Time = ChainTime.ToTime(block.Header.Time),
        };
    }

    /// <summary>What moves money between exactly two accounts, or would have.</summary>
    public static bool IsTransfer(in Request entry) =>
        entry.ExtraCount == 0
        && entry.Kind is EntryKind.Transfer or EntryKind.Capture or EntryKind.Revert
        && !entry.From.IsEmpty;
}
