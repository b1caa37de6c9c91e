namespace Settle.Simulation;

/// <content>What was told of SEPA orders.</content>
internal sealed partial class BillingPromises
{
    private Violation? AuditOrders()
    {
        foreach (var (id, order) in _books.Orders)
        {
            var kind = order.Bill!.Has("refunds") ? WishKind.Payout : WishKind.Debit;
            if (!record.Wanted.TryGetValue(RunOf(order), out var wanted)
                || !wanted.Exists(wish => wish.Kind == kind))
                return new("origin", $"nobody asked for {id} as it is recorded");
        }
        foreach (var call in record.Calls)
        {
            if (call.Wishes[0].Kind is not (WishKind.Debit or WishKind.Payout)) continue;
            if (call.Replies is not [{ Kind: ReplyKind.Run, Reason: "" } reply]) continue;
            var told = reply.Told.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var wrong = Array.Find(told, text => !IsInChain(call.Wishes[0], text));
            if (wrong is not null)
                return new("answer", $"{call.Machine} told the order {wrong}; the chain does not");
            if (_books.Orders.Values.FirstOrDefault(order => RunOf(order) == call.Wishes[0].Id
                && order.Height <= call.HeightBefore
                && !told.Contains(TextOf(order))) is { } missing)
                return new("run", $"{call.Machine} does not say that {missing.Id} was made before");
        }
        return null;
    }

    private bool IsInChain(Wish wish, string told) =>
        _books.Orders.TryGetValue(told.Split(' ')[1], out var order)
        && RunOf(order) == wish.Id && TextOf(order) == told;

    private static string TextOf(AuditedEntry order) => string.Create(CultureInfo.InvariantCulture,
        $"{order.Height} {order.Id}") + string.Concat(order.Bill!.Items.Select(
            item => string.Create(
                CultureInfo.InvariantCulture, $" {item.Number} {item.Amount}")));
}
