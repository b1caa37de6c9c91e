using Settle.Views;

namespace Settle.Reading;

/// <content>Accounts with some words in their names, or the newest ones.</content>
internal sealed partial class AccountLists
{
    // So many names are looked at for a page of those that have some words in them.
    private const int PageNames = 128 * 1024;

    /// <summary>The names of the first accounts that begin with a text.</summary>
    public async Task<List<string>> NamesAsync(string prefix, CancellationToken cancellation)
    {
        var order = await _order.GetAsync(cancellation).ConfigureAwait(false);
        var (place, behind) = (order.PlaceOf(prefix), order.PlaceBehind(prefix));
        return [.. Enumerable.Range(place, int.Min(behind - place, PageAccounts))
            .Select(at => Encoding.UTF8.GetString(order.NameAt(at)))];
    }

    private async Task<Page<Account>> FindAsync(
        PageCursor cursor, SearchWords? words, int limit, CancellationToken cancellation)
    {
        var order = cursor.NewestFirst ? null
            : await _order.GetAsync(cancellation).ConfigureAwait(false);
        var prefix = cursor.Prefix is null ? null : Encoding.UTF8.GetBytes(cursor.Prefix);
        var count = await reader.ReadAsync(
            () => reader.State.Book.DurableAccountCount, cancellation).ConfigureAwait(false);
        var (begin, end) = order is null
            ? (0, cursor.Row > 0 ? int.Min(cursor.Row, count) : count)
            : (int.Max(order.PlaceAfter(cursor.Name), order.PlaceOf(cursor.Prefix)),
                order.PlaceBehind(cursor.Prefix));
        var (found, looked) = (new List<int>(), 0);
        await reader.ReadSlicesAsync(0, int.Min(end - begin, PageNames), LedgerReader.SliceRows,
            (from, to) =>
            {
                for (looked = from; looked < to && found.Count < limit; looked++)
                {
                    reader.Work.Add();
                    var number = NumberAt(looked);
                    if (IsWanted(number, order is null ? prefix : null, words)) found.Add(number);
                }
                return found.Count < limit;
            }, cancellation).ConfigureAwait(false);
        var items = await ReadAsync(found, cancellation).ConfigureAwait(false);
        if (looked >= end - begin) return new Page<Account>(items, null);
        return new Page<Account>(items, reader.Encode(order is null
            ? cursor with { Row = NumberAt(looked - 1) }
            : cursor with { Name = reader.State.Book.AccountName(NumberAt(looked - 1)) }));

        int NumberAt(int place) => order?[begin + place] ?? end - 1 - place;
    }

    private async Task<List<Account>> ReadAsync(List<int> numbers, CancellationToken cancellation)
    {
        var items = new List<Account>();
        await reader.ReadSlicesAsync(0, numbers.Count, SliceAccounts, (from, to) =>
        {
            var moment = _accounts.MomentOf(AsOf.Now);
            for (var i = from; i < to; i++)
                if (_accounts.Read(numbers[i], moment) is { } account) items.Add(account);
            return true;
        }, cancellation).ConfigureAwait(false);
        return items;
    }

    private bool IsWanted(int number, byte[]? prefix, SearchWords? words)
    {
        var book = reader.State.Book;
        var name = book.AccountNameBytes(number);
        if (prefix is not null && !name.StartsWith(prefix)) return false;
        if (words is null || words.AreIn(name)) return true;
        var notes = book.DurableNotes(book.DurableAccount(number));
        return notes is { Owners.Length: > 0 } && words.AreIn(Encoding.UTF8.GetString(name),
            string.Join(' ', EntryViews.Owners(notes.Owners)!));
    }
}
