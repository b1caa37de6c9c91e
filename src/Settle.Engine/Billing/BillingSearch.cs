using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// Looks for customers, and for numbers of invoices, quotes and reminders: what has a number itself
/// is found at once, and of the rest the newest are looked at.
/// </summary>
internal sealed class BillingSearch(LedgerReader reader, Profiles profiles)
{
    private const int NumbersMax = 32 * 1024;
    private const int NamesMax = 10_000;
    private const int NamesAtOnce = 500;

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>Finds customers by their ids and names.</summary>
    public async Task<bool> AddCustomersAsync(SearchWords words, int limit,
        List<SearchItem> items, CancellationToken cancellation)
    {
        var count = await reader.ReadAsync(() => Book.Customers.DurableCount, cancellation)
            .ConfigureAwait(false);
        var last = items.Count + limit;
        for (var end = count; end > int.Max(0, count - NamesMax); end -= NamesAtOnce)
        {
            var some = await reader.ReadAsync(() => CustomersBefore(end), cancellation)
                .ConfigureAwait(false);
            var parties = await profiles.GetAllAsync(
                some.Select(each => each.Profile), cancellation).ConfigureAwait(false);
            foreach (var (id, profile) in some)
            {
                var name = parties.TryGetValue(profile, out var document)
                    ? NameIn(profile, document) : null;
                if (!words.AreIn(id, name ?? "")) continue;
                if (items.Count == last) return false;
                items.Add(new SearchItem { Type = SearchType.Customer, Id = id, Text = name });
            }
        }
        return count <= NamesMax;
    }

    /// <summary>Finds numbers, by what is in them or by whose they are.</summary>
    public async Task<bool> AddNumbersAsync(SearchWords words, int limit,
        List<SearchItem> items, CancellationToken cancellation)
    {
        var (invoices, quotes, reminders) = await reader.ReadAsync(
            () => (Book.Invoices.DurableCount, Book.Quotes.DurableCount,
                Book.Reminders.DurableCount), cancellation).ConfigureAwait(false);
        var isComplete = await AddAsync(SearchType.Invoice, invoices, at =>
        {
            var row = Book.Invoices.Durable(at);
            return row.IsFee ? (null, 0) : (Book.NumberOf(row), row.Account);
        }).ConfigureAwait(false);
        isComplete &= await AddAsync(SearchType.Quote, quotes, at =>
        {
            var row = Book.Quotes.Durable(at);
            return (Book.NumberOf(row), row.Account);
        }).ConfigureAwait(false);
        return isComplete & await AddAsync(SearchType.Reminder, reminders,
            at => (Book.ReminderName(at), Book.Reminders.Durable(at).Account))
            .ConfigureAwait(false);

        async Task<bool> AddAsync(
            SearchType type, int count, Func<int, (string? Number, int Account)> read)
        {
            var (last, isCut) = (items.Count + limit, false);
            await reader.ReadSlicesAsync(0, int.Min(count, NumbersMax), LedgerReader.SliceRows,
                (from, to) =>
                {
                    for (var i = from; i < to && !isCut; i++)
                    {
                        reader.Work.Add();
                        if (read(count - 1 - i) is not ({ } number, var account)) continue;
                        var customer = Book.CustomerName(Book.Accounts[account].Customer);
                        if (!words.AreIn(number, customer)) continue;
                        isCut = items.Count == last;
                        if (isCut) break;
                        items.Add(new SearchItem { Type = type, Id = number, Text = customer });
                    }
                    return !isCut;
                }, cancellation).ConfigureAwait(false);
            return !isCut && count <= NumbersMax;
        }
    }

    private List<(string Id, BlockHash Profile)> CustomersBefore(int end)
    {
        var some = new List<(string, BlockHash)>();
        for (var at = end - 1; at >= int.Max(0, end - NamesAtOnce); at--)
        {
            reader.Work.Add();
            some.Add((Book.CustomerName(at), Book.Customers.Durable(at).Profile));
        }
        return some;
    }

    // A document that is damaged is named where it is read by itself.
    private static string? NameIn(BlockHash profile, ReadOnlyMemory<byte> document)
    {
        try
        {
            return Profiles.PartyIn(profile, document)?.Name;
        }
        catch (StoreCorruptException)
        {
            return null;
        }
    }
}
