using Settle.Billing;

namespace Settle.Journals;

/// <summary>
/// Reads what the books of a ledger with billing need to know beforehand. What a customer owes and
/// what a customer has paid too much are kept apart by value date, so that they are right on every
/// day, in whatever order things were recorded.
/// </summary>
internal sealed class BooksReader : IJournal
{
    private readonly UnlimitedAccounts _unlimited = new();
    private readonly Dictionary<(string, string), List<(int Day, EntryPosition At, Int128 Owed)>>
        _owed = [];

    public JournalBooks Books => new(_unlimited, Prepaid());

    public void Begin(LedgerInfo info)
    {
    }

    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        _unlimited.Note(entry);
        if (!entry.IsMovement) return ValueTask.CompletedTask;
        foreach (var (account, amount) in JournalBooks.Sums(entry))
        {
            if (BillingAccounts.CustomerOf(account) is null) continue;
            var key = (account, amount.Asset!);
            if (!_owed.TryGetValue(key, out var changes)) _owed.Add(key, changes = []);
            changes.Add((entry.Day, entry.Position, amount.Units));
        }
        return ValueTask.CompletedTask;
    }

    public void End()
    {
    }

    private Dictionary<(EntryPosition, string, string), Int128> Prepaid()
    {
        var prepaid = new Dictionary<(EntryPosition, string, string), Int128>();
        foreach (var ((account, asset), changes) in _owed)
        {
            Int128 owed = 0;
            foreach (var (_, at, change) in changes.OrderBy(each => each.Day))
            {
                var before = Int128.Max(0, -owed);
                owed += change;
                var after = Int128.Max(0, -owed);
                if (after != before) prepaid.Add((at, account, asset), after - before);
            }
        }
        return prepaid;
    }
}
