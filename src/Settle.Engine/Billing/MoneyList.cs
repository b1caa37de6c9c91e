using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// Lists payments, refunds or charge-backs, newest first. The index has a row for each, with its
/// day: what is not asked for costs no more than its row, and what is something else nothing.
/// </summary>
/// <param name="reader">Reads the index and the entries.</param>
/// <param name="name">Which list its cursors are of.</param>
/// <param name="kind">What it lists.</param>
/// <param name="view">Makes the public record of an entry.</param>
internal sealed class MoneyList<T>(
    LedgerReader reader, string name, EntryKind kind, Func<RecalledEntry, T> view)
    where T : class
{
    // More at once would keep the settling loop waiting.
    private const int RowsAtOnce = 1000;

    public async Task<Page<T>> ListAsync(PaymentQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        if (query.From > query.To)
            throw new InvalidRequestException("from", "must not be after to");
        var cursor = query.After is null
            ? new PageCursor
            {
                List = name, Location = ulong.MaxValue, Name = query.Customer,
                From = TimeOf(query.From), To = TimeOf(query.To),
            }
            : reader.Decode(query.After, name);
        PageCursor.CheckSame("customer", query.Customer, cursor.Name);
        PageCursor.CheckSame("from", TimeOf(query.From), cursor.From);
        PageCursor.CheckSame("to", TimeOf(query.To), cursor.To);
        var places = await PlacesAsync(cursor, query.Limit + 1, cancellation).ConfigureAwait(false);
        var items = new List<T>();
        foreach (var place in places.Take(query.Limit))
            items.Add(view(await reader.ReadEntryAsync(place, cancellation).ConfigureAwait(false)));
        return new Page<T>(items, places.Count <= query.Limit ? null
            : reader.Encode(cursor with { Location = places[query.Limit - 1].Packed }));
    }

    public async Task<T?> FindAsync(string id, CancellationToken cancellation)
    {
        var entry = await reader.RecallAsync(id, cancellation).ConfigureAwait(false);
        return entry is { Entry.Refusal: RefusalCode.None } && entry.Entry.Kind == kind
            ? view(entry) : null;
    }

    private async Task<List<EntryLocation>> PlacesAsync(
        PageCursor cursor, int limit, CancellationToken cancellation)
    {
        var (first, last) = (DayOf(cursor.From) ?? Days.Min, DayOf(cursor.To) ?? Days.Max);
        var found = new List<EntryLocation>();
        var before = new EntryLocation(cursor.Location);
        while (found.Count < limit)
        {
            var rows = await reader.ReadAsync(() => Rows(cursor.Name, before), cancellation)
                .ConfigureAwait(false);
            found.AddRange(rows.Where(row => row.Low >= first && row.Low <= last && IsListed(row))
                .Take(limit - found.Count).Select(row => row.Location));
            if (rows.Count < RowsAtOnce) break;
            before = rows[^1].Location;
        }
        return found;
    }

    private List<Movement> Rows(string? customer, EntryLocation before)
    {
        var book = reader.State.Book.Billing;
        int? whose = customer is null ? null
            : book.FindCustomer(Encoding.UTF8.GetBytes(Texts.Given("customer", customer)));
        List<Movement> rows = whose < 0 ? []
            : [.. reader.State.Index.Backward(before, kind == EntryKind.Payment
                ? Movement.PaymentsOf(whose) : Movement.MoneyBackOf(whose)).Take(RowsAtOnce)];
        reader.Work.Add(rows.Count);
        return rows;
    }

    // Refunds and charge-backs share their rows.
    private bool IsListed(in Movement row) =>
        row.Kinds == MovementKinds.Payment || row.High == (long)kind;

    // A cursor has times.
    private static DateTimeOffset? TimeOf(DateOnly? day) =>
        day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static int? DayOf(DateTimeOffset? time) =>
        time is { } known ? DateOnly.FromDateTime(known.UtcDateTime).DayNumber : null;
}
