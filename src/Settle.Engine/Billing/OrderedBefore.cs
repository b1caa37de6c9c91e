using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// What the orders of a run tell of what it was asked for, where nobody noted it: only some of it.
/// </summary>
internal sealed class OrderedBefore(LedgerReader reader, AskedRun asked)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>The first field that no order of the same run would show; null for none.</summary>
    public async Task<string?> DifferingFieldAsync(
        IReadOnlyList<string> orders, CancellationToken cancellation)
    {
        foreach (var name in orders)
        {
            var order = await reader.ReadAsync(() => Book.Orders.Durable(
                Book.FindOrder(Encoding.UTF8.GetBytes(name))), cancellation).ConfigureAwait(false);
            if (asked.Date is { } date && order.Date != date.DayNumber) return "date";
            var entry = await reader.ReadEntryAsync(order.Location, cancellation)
                .ConfigureAwait(false);
            var items = BillingJson.ReadOrdered(
                entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Ordered));
            if (await reader.ReadAsync(() => asked.Makes == AskedRun.Payouts
                ? FieldOfRefunds(items) : FieldOfInvoices(items), cancellation)
                .ConfigureAwait(false) is { } field)
                return field;
        }
        return null;
    }

    private string? FieldOfRefunds(List<OrderedItem> items)
    {
        if (asked.Refunds is { } named && items.Exists(
            item => !named.Contains(Encoding.UTF8.GetString(item.Number))))
            return "refunds";
        return asked.From is { } from && items.Exists(item =>
            Book.Refunds.Durable(Book.FindRefund(item.Number)).Date < from.DayNumber)
            ? "from" : null;
    }

    private string? FieldOfInvoices(List<OrderedItem> items) =>
        asked.Through is { } through && items.Exists(item =>
            Book.Invoices.Durable(Book.FindInvoice(item.Number)).Due > through.DayNumber)
            ? "through" : null;
}
