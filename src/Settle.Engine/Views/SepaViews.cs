using Settle.Billing;
using Settle.Billing.Rules;

namespace Settle.Views;

/// <summary>Makes the public records of SEPA orders.</summary>
internal static class SepaViews
{
    private const string Euro = SepaOrderKind.Currency;

    /// <summary>An order in a list; the caller holds the state's lock.</summary>
    public static SepaOrderSummary Summary(string id, in SepaOrderRow row) => new()
    {
        Id = id,
        Type = row.IsOfRefunds ? SepaOrderType.Refund : SepaOrderType.Debit,
        Date = DateOnly.FromDayNumber(row.Date),
        Amount = Money.OfMinor(row.Amount, Euro),
        Count = row.Items,
        Cancelled = row.Cancelled,
        Block = row.Location.Height,
    };

    /// <param name="found">The order's entry.</param>
    /// <param name="seller">The seller as it was then.</param>
    /// <param name="parties">The customer of each item; null for an erased one.</param>
    /// <param name="states">Whose each item is, and whether it was cancelled.</param>
    /// <param name="replayed">Whether it was decided before.</param>
    public static SepaOrder Order(RecalledEntry found, Party seller, IReadOnlyList<Party?> parties,
        IReadOnlyList<ItemState> states, bool replayed)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        ref readonly var terms = ref batch.Billing(entry);
        var id = batch.Text(entry.Id);
        var items = BillingJson.ReadOrdered(batch.Bytes(terms.Ordered));
        return new SepaOrder
        {
            Id = id,
            Type = terms.IsOfRefunds ? SepaOrderType.Refund : SepaOrderType.Debit,
            Date = DateOnly.FromDayNumber(terms.Date),
            Made = DateTimeOffset.Parse(batch.Text(entry.Timestamp), CultureInfo.InvariantCulture),
            MessageId = SepaReference.Message(id, batch.Text(entry.Timestamp)),
            Amount = Money.OfMinor(entry.Amount, Euro),
            Seller = seller with { Logo = null },
            Items = [.. items.Select((item, at) => Item(
                item, parties[at], states[at].Customer, states[at].IsCancelled))],
            Block = found.Height,
            Replayed = replayed,
        };
    }

    private static SepaItem Item(
        OrderedItem item, Party? party, string customer, bool isCancelled)
    {
        var number = Encoding.UTF8.GetString(item.Number);
        return new SepaItem
        {
            Number = number,
            Customer = customer,
            Amount = Money.OfMinor(item.Amount, Euro),
            EndToEndId = SepaReference.EndToEnd(number),
            Sequence = item.Sequence.Length == 0 ? null : item.Sequence,
            Party = party,
            Cancelled = isCancelled,
        };
    }

    /// <summary>Whose an item is, and whether it was cancelled.</summary>
    internal readonly record struct ItemState(string Customer, bool IsCancelled);
}
