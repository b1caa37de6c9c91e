using Settle.Views;

namespace Settle.Reading;

/// <summary>Lists open holds, in the order in which they end.</summary>
internal sealed class HoldList(LedgerReader reader)
{
    private const string Holds = "open holds";

    public async Task<Page<Hold>> ListAsync(HoldQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var cursor = query.After is null
            ? new PageCursor { List = Holds, Account = query.Account, To = query.EndsBefore }
            : reader.Decode(query.After, Holds);
        PageCursor.CheckSame("account", query.Account, cursor.Account);
        PageCursor.CheckSame("ends_before", query.EndsBefore, cursor.To);
        var name = cursor.Account is null ? null
            : Encoding.UTF8.GetBytes(Texts.Given("account", cursor.Account));
        var holds = await reader.ReadAsync(() => Next(name, cursor, query.Limit + 1), cancellation)
            .ConfigureAwait(false);
        var items = new List<Hold>();
        foreach (var hold in holds.Take(query.Limit))
        {
            // A site that has ended left its open holds to the founder.
            var found = await reader.RecallAsync(hold.Id, cancellation).ConfigureAwait(false)
                ?? await reader.RecallElsewhereAsync(hold.Id, cancellation).ConfigureAwait(false)
                ?? throw new StoreUnavailableException(
                    $"the block with the hold {hold.Id} is not here; exchange blocks with a site "
                    + "that has it");
            items.Add(EntryViews.Hold(found, reader.Assets, HoldState.Open));
        }
        if (holds.Count <= query.Limit) return new Page<Hold>(items, null);
        var last = holds[query.Limit - 1].Place;
        return new Page<Hold>(items,
            reader.Encode(cursor with { Ends = last.EndsAt, Location = (ulong)last.Sequence }));
    }

    private List<OpenHold> Next(byte[]? name, PageCursor cursor, int limit)
    {
        int? account = name is null ? null : reader.Accounts.Find(name);
        if (account < 0) return [];
        // What the clock has ended is not open, although no block says so yet (L4).
        var ended = HoldPlace.After(reader.Now);
        var before = new HoldPlace(cursor.Ends, (long)cursor.Location);
        var last = cursor.To is { } end ? HoldPlace.After(ChainTime.From(end) - 1) : HoldPlace.End;
        var holds = reader.State.Book.DurableHolds(
            account, before.CompareTo(ended) > 0 ? before : ended, limit, last);
        reader.Work.Add(holds.Count);
        return holds;
    }
}
