using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>Payments, each with what went back of it since.</summary>
internal sealed class PaymentList(LedgerReader reader)
{
    private const int IdsMax = 100;

    private readonly MoneyList<Payment> _list = new(reader, "payments", EntryKind.Payment,
        entry => InvoiceViews.Payment(entry, reader.Assets, replayed: false));

    public async Task<Page<Payment>> ListAsync(PaymentQuery query, CancellationToken cancellation)
    {
        var page = await _list.ListAsync(query, cancellation).ConfigureAwait(false);
        var items = new List<Payment>();
        foreach (var payment in page.Items)
            items.Add(await WithReturnedAsync(payment, cancellation).ConfigureAwait(false));
        return page with { Items = items };
    }

    public async Task<Payment?> FindAsync(string id, CancellationToken cancellation) =>
        await _list.FindAsync(id, cancellation).ConfigureAwait(false) is { } payment
            ? await WithReturnedAsync(payment, cancellation).ConfigureAwait(false) : null;

    private async ValueTask<Payment> WithReturnedAsync(
        Payment payment, CancellationToken cancellation)
    {
        var (amount, places) = await reader.ReadAsync(
            () => TakenBackOf(payment.Id), cancellation).ConfigureAwait(false);
        var left = reader.Assets.Of(payment.Amount.Units - amount, payment.Asset);
        if (amount == 0) return payment with { Left = left };
        var ids = new List<string>();
        foreach (var place in places)
        {
            var entry = await reader.ReadEntryAsync(place, cancellation).ConfigureAwait(false);
            ids.Add(entry.Batch.Text(entry.Entry.Id));
        }
        return payment with
        {
            Returned = reader.Assets.Of(amount, payment.Asset), Left = left, ReturnedBy = ids,
        };
    }

    private (long Amount, List<EntryLocation> Places) TakenBackOf(string payment)
    {
        var book = reader.State.Book.Billing;
        var number = book.FindTakenBack(Encoding.UTF8.GetBytes(payment));
        if (number < 0 || number >= book.TakenBack.DurableCount) return (0, []);
        var places = reader.State.Index.Backward(
            new EntryLocation(ulong.MaxValue), Movement.TakenBackOf(number))
            .Take(IdsMax).Select(row => row.Location).ToList();
        reader.Work.Add(places.Count);
        return (book.TakenBack.Durable(number).Amount, places);
    }
}
