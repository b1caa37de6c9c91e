namespace Settle.Simulation;

/// <summary>Asks a ledger's billing for SEPA orders.</summary>
internal static class SepaAsking
{
    public static async Task<Reply> AskAsync(IBilling billing, Wish wish)
    {
        try
        {
            if (wish.Kind == WishKind.SepaCancel)
                return await CancelAsync(billing, wish).ConfigureAwait(false);
            var run = wish.Kind == WishKind.Debit
                ? await billing.DebitAsync(new DebitRequest
                {
                    Id = wish.Id, Through = wish.Bill!.Through,
                }).ConfigureAwait(false)
                : await billing.PayOutAsync(new PayoutRequest
                {
                    Id = wish.Id, From = new DateOnly(2025, 1, 1),
                }).ConfigureAwait(false);
            return new Reply(ReplyKind.Run,
                Block: run.Orders.Select(order => order.Block).DefaultIfEmpty().Max())
            {
                Told = string.Join('\n', run.Orders.Select(Text)),
            };
        }
        catch (RejectedException e) when (e.Refusal is RefusalCode.SellerMissing
            or RefusalCode.SepaOrderOutdated)
        {
            return new Reply(ReplyKind.Run, e.Code);
        }
        catch (SettleException e) when (e is InvalidRequestException or NotFoundException)
        {
            return new Reply(ReplyKind.Run, e.Message);
        }
    }

    /// <summary>An order as it was told: its block, its id, and what is in it.</summary>
    private static string Text(SepaOrder order) => string.Create(CultureInfo.InvariantCulture,
        $"{order.Block} {order.Id}") + string.Concat(order.Items.Select(item => string.Create(
            CultureInfo.InvariantCulture, $" {item.Number} {item.Amount.Units}")));

    // The oldest order of a run, so that it stays the same one.
    private static async Task<Reply> CancelAsync(IBilling billing, Wish wish)
    {
        string? order = null;
        await foreach (var known in billing.AllSepaOrdersAsync().ConfigureAwait(false))
        {
            if (known.Id.StartsWith(wish.Reference + ":", StringComparison.Ordinal))
                order = known.Id;
        }
        if (order is null) return new Reply(ReplyKind.Run, "no order");
        var cancelled = await billing.CancelSepaOrderAsync(
            order, new SepaCancelRequest { Id = wish.Id }).ConfigureAwait(false);
        return new Reply(ReplyKind.Verdict, Replayed: cancelled.Replayed);
    }
}
