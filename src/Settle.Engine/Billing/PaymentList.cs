using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Lists payments, newest first. The index has a row for each, with its day: what is not asked for
/// costs no more than its row, and what is not a payment nothing.
/// </summary>
internal sealed class PaymentList(LedgerReader reader)
{
    // More at once would keep the settling loop waiting.
    private const int RowsAtOnce = 1000;
    private const string Payments = "payments";

    public async Task<Page<Payment>> ListAsync(PaymentQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        if (query.From > query.To)
            throw new InvalidRequestException("from", "must not be after to");
        var cursor = query.After is null
            ? new PageCursor
            {
                List = Payments, Location = ulong.MaxValue, Name = query.Customer,
                From = TimeOf(query.From), To = TimeOf(query.To),
            }
            : PageCursor.Decode(query.After, Payments);
        PageCursor.CheckSame("customer", query.Customer, cursor.Name);
        PageCursor.CheckSame("from", TimeOf(query.From), cursor.From);
        PageCursor.CheckSame("to", TimeOf(query.To), cursor.To);
        var places = await PlacesAsync(cursor, query.Limit + 1, cancellation).ConfigureAwait(false);
        var items = new List<Payment>();
        foreach (var place in places.Take(query.Limit))
        {
            var entry = await reader.ReadEntryAsync(place, cancellation).ConfigureAwait(false);
            items.Add(InvoiceViews.Payment(entry, reader.Assets, replayed: false));
        }
        items = await reader.ReadAsync(() => items.ConvertAll(WithReturned), cancellation)
            .ConfigureAwait(false);
        return new Page<Payment>(items, places.Count <= query.Limit ? null
            : (cursor with { Location = places[query.Limit - 1].Packed }).Encode());
    }

    public async Task<Payment?> FindAsync(string id, CancellationToken cancellation)
    {
        var entry = await reader.RecallAsync(id, cancellation).ConfigureAwait(false);
        if (entry is not { Entry: { Kind: EntryKind.Payment, Refusal: RefusalCode.None } })
            return null;
        var payment = InvoiceViews.Payment(entry, reader.Assets, replayed: false);
        return await reader.ReadAsync(() => WithReturned(payment), cancellation)
            .ConfigureAwait(false);
    }

    private Payment WithReturned(Payment payment)
    {
        var taken = reader.State.Book.Billing.TakenBackOf(Encoding.UTF8.GetBytes(payment.Id));
        return taken.Amount == 0 ? payment
            : payment with { Returned = reader.Assets.Of(taken.Amount, payment.Asset) };
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
            found.AddRange(rows.Where(row => row.Low >= first && row.Low <= last)
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
            : [.. reader.State.Index.Backward(before, Movement.PaymentsOf(whose)).Take(RowsAtOnce)];
        reader.Work.Add(rows.Count);
        return rows;
    }

    // A cursor has times.
    private static DateTimeOffset? TimeOf(DateOnly? day) =>
        day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static int? DayOf(DateTimeOffset? time) =>
        time is { } known ? DateOnly.FromDateTime(known.UtcDateTime).DayNumber : null;
}
