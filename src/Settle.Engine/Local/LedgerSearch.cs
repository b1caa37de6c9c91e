using Settle.Billing;
using Settle.Reading;

namespace Settle.Local;

/// <summary>
/// Looks everywhere, in the order in which people know things: an id or number itself, names, and
/// then what somebody wrote beside it.
/// </summary>
internal sealed class LedgerSearch(
    LedgerReader reader, AccountLists accounts, BillingSearch billing)
{
    private const string Field = "q";
    private const int LimitMax = 100;
    private const int MemosMax = 4096;

    public async Task<SearchResult> FindAsync(SearchQuery query, CancellationToken cancellation)
    {
        var words = SearchWords.Of(Field, query.Text)
            ?? throw new InvalidRequestException(Field, "is missing; name what to look for");
        if (query.Limit is < 1 or > LimitMax)
            throw Parse.NotInRange("limit", $"{query.Limit}", 1, LimitMax);
        var (items, isComplete) = (new List<SearchItem>(), true);
        await AddEntryAsync(query.Text.Trim(), items, cancellation).ConfigureAwait(false);
        isComplete &= await AddAccountsAsync(query, items, cancellation).ConfigureAwait(false);
        isComplete &= await billing.AddCustomersAsync(words, query.Limit, items, cancellation)
            .ConfigureAwait(false);
        isComplete &= await billing.AddNumbersAsync(words, query.Limit, items, cancellation)
            .ConfigureAwait(false);
        isComplete &= await AddMemosAsync(words, query.Limit, items, cancellation)
            .ConfigureAwait(false);
        return new SearchResult { Items = items, IsComplete = isComplete };
    }

    private async Task AddEntryAsync(
        string id, List<SearchItem> items, CancellationToken cancellation)
    {
        if (await reader.RecallAsync(id, cancellation).ConfigureAwait(false) is not { } found)
            return;
        items.Add(ItemOf(found));
    }

    // The account itself, those that begin so, and those that have the words in their names.
    private async Task<bool> AddAccountsAsync(
        SearchQuery query, List<SearchItem> items, CancellationToken cancellation)
    {
        var begins = await accounts.ListAsync(
            new AccountQuery { Prefix = query.Text.Trim(), Limit = query.Limit }, cancellation)
            .ConfigureAwait(false);
        var contain = await accounts.ListAsync(
            new AccountQuery { Words = query.Text, Limit = query.Limit }, cancellation)
            .ConfigureAwait(false);
        var names = begins.Items.Concat(contain.Items).Select(account => account.Name)
            .Distinct(StringComparer.Ordinal).ToList();
        items.AddRange(names.Take(query.Limit).Select(
            name => new SearchItem { Type = SearchType.Account, Id = name }));
        return names.Count <= query.Limit && begins.Next is null && contain.Next is null;
    }

    private async Task<bool> AddMemosAsync(SearchWords words, int limit,
        List<SearchItem> items, CancellationToken cancellation)
    {
        var (last, looked) = (items.Count + limit, 0);
        var height = await reader.ReadAsync(() => reader.State.Height, cancellation)
            .ConfigureAwait(false);
        for (; height > 0; height--)
        {
            var block = await reader.Blocks.GetAsync(height, cancellation).ConfigureAwait(false);
            var found = BlockEntries.Where(block, HasMemo);
            for (var i = found.Count - 1; i >= 0; i--)
            {
                var item = ItemOf(BlockEntries.Read(block, found[i]));
                if (items.Contains(item)) continue;
                if (items.Count == last) return false;
                items.Add(item);
            }
            if (looked >= MemosMax && height > 1) return false;
        }
        return true;

        bool HasMemo(RequestBatch batch)
        {
            looked++;
            return !batch[0].Memo.IsEmpty && words.AreIn(batch.Bytes(batch[0].Memo));
        }
    }

    private static SearchItem ItemOf(RecalledEntry found) => new()
    {
        Type = SearchType.Entry,
        Id = found.Batch.Text(found.Entry.Id),
        Kind = found.Entry.Kind.Text(),
        Text = found.Entry.Memo.IsEmpty ? null : found.Batch.Text(found.Entry.Memo),
    };
}
