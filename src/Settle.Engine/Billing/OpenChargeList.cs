using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// The charges that no invoice bills, in the order in which they opened; a credit note opens
/// several at one place, which their ids order. A page goes on at the row where the one before
/// ended, so it costs its own length, however many are open; only where that charge is billed by
/// now, those before it are looked at once more.
/// </summary>
/// <param name="reader">What is durable.</param>
/// <param name="after">Where the page before ended.</param>
internal sealed class OpenChargeList(LedgerReader reader, PageCursor after)
{
    private readonly List<(ulong Location, string Id, int Row)> _found = [];

    private (DateOnly? From, DateOnly? To) _days;

    private OpenCharges Charges => reader.State.Book.Billing.Charges;

    /// <summary>The first ones after that place.</summary>
    public async Task<List<(ulong Location, string Id, int Row)>> ReadAsync(
        string? customer, (DateOnly? From, DateOnly? To) days, int limit,
        CancellationToken cancellation)
    {
        _days = days;
        var accounts = customer is null ? [null] : await reader.ReadAsync(
            () => AccountsOf(customer), cancellation).ConfigureAwait(false);
        foreach (var account in accounts)
        {
            var (enough, minimum) = (_found.Count + limit, after.Location);
            (int Row, ulong Location)? place = (after.Row, after.Location);
            while (place is { } from)
            {
                minimum = ulong.Max(minimum, from.Location);
                place = await reader.ReadAsync(
                    () => ReadSlice(account, from, minimum, enough), cancellation)
                    .ConfigureAwait(false);
            }
        }
        _found.Sort((a, b) => Compare((a.Location, a.Id), (b.Location, b.Id)));
        return _found[..int.Min(limit, _found.Count)];
    }

    /// <summary>Reads on from a place; where the next slice begins, null for nowhere.</summary>
    private (int Row, ulong Location)? ReadSlice(
        int? account, (int Row, ulong Location) from, ulong minimum, int enough)
    {
        var (rows, location) = (0, from.Location);
        for (var at = Find(account, from); at >= 0; at = Next(account, at))
        {
            var here = Charges[at].Location.Packed;
            // What opened at one place stays together: only then are the ids in order.
            if (here != location && (rows >= LedgerReader.SliceRows || _found.Count >= enough))
                return _found.Count >= enough ? null : (at, here);
            location = here;
            rows++;
            reader.Work.Add();
            if (here >= minimum && reader.State.Book.Billing.IsOpenNow(at)
                && MovementDates.IsWithin(Charges[at].Date, _days.From, _days.To))
                Add(at);
        }
        return null;
    }

    private void Add(int at)
    {
        var (location, id) =
            (Charges[at].Location.Packed, Encoding.UTF8.GetString(Charges.IdOf(at)));
        if (Compare((location, id), (after.Location, after.Name ?? "")) > 0)
            _found.Add((location, id, at));
    }

    /// <summary>The first charge that may belong here: of the place, or the first of all.</summary>
    private int Find(int? account, (int Row, ulong Location) from)
    {
        var at = from.Row;
        if (!Charges.IsAt(at, new EntryLocation(from.Location))
            || (account is not null && Charges[at].Account != account))
            return account is { } own ? Charges.FirstOf(own) : Charges.First;
        while (Previous(account, at) is var before and >= 0
            && Charges[before].Location.Packed == from.Location)
            at = before;
        return at;
    }

    private int Next(int? account, int at) =>
        account is null ? Charges.NextOf(at) : Charges[at].Next;

    private int Previous(int? account, int at) =>
        account is null ? Charges.PrevOf(at) : Charges[at].Prev;

    private List<int?> AccountsOf(string customer)
    {
        var (book, accounts) = (reader.State.Book.Billing, new List<int?>());
        var number = book.FindCustomer(Encoding.UTF8.GetBytes(customer));
        if (number < 0 || number >= book.Customers.DurableCount) return accounts;
        var at = book.Customers.Durable(number).FirstAccount;
        for (; at >= 0; at = book.Accounts[at].Next) accounts.Add(at);
        return accounts;
    }

    private static int Compare((ulong Location, string Id) a, (ulong Location, string Id) b) =>
        a.Location != b.Location ? a.Location.CompareTo(b.Location)
            : string.CompareOrdinal(a.Id, b.Id);
}
