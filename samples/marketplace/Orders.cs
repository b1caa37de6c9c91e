using Settle;

namespace Marketplace;

/// <summary>
/// An order is one hold and what becomes of it. Every id follows from the order's, so any step can be
/// asked for again: by a client, by a retry, after a crash.
/// </summary>
internal sealed class Orders(ILedger ledger)
{
    private const string Currency = "EUR";
    private const string Escrow = "escrow";
    private const decimal FeeRate = 0.10m;
    private static readonly TimeSpan DeliveryMax = TimeSpan.FromDays(30);

    public async Task DepositAsync(string id, string buyer, decimal amount,
        CancellationToken cancellation) =>
        await ledger.TransferAsync(
            "@world", Buyer(buyer), Money.Of(amount, Currency), id, cancellation);

    /// <summary>Reserves the price. If nothing is delivered in time, it is free again by itself.</summary>
    public async Task<OrderState> PlaceAsync(string order, OrderRequest request,
        CancellationToken cancellation)
    {
        await ledger.HoldAsync(new HoldRequest
        {
            Id = $"order:{order}",
            From = Buyer(request.Buyer),
            To = Escrow,
            Amount = Money.Of(request.Price, Currency),
            ExpiresIn = DeliveryMax,
            Meta = new Dictionary<string, string> { ["seller"] = request.Seller },
        }, cancellation);
        return new OrderState(order, "placed");
    }

    /// <summary>Takes the money that was held, and shares it out: all of it or nothing.</summary>
    public async Task<OrderState> DeliverAsync(string order, CancellationToken cancellation)
    {
        var hold = await ledger.GetHoldAsync($"order:{order}", cancellation)
            ?? throw new NotFoundException($"there is no order '{order}'");
        await ledger.CaptureAsync(
            new CaptureRequest { Id = $"order:{order}:paid", Hold = hold.Id }, cancellation);
        var fee = Money.Of(decimal.Round(hold.Amount.Value * FeeRate, 2), Currency);
        await ledger.TransactAsync(new TransactionRequest
        {
            Id = $"order:{order}:shared",
            Postings =
            [
                new Posting
                {
                    From = Escrow,
                    To = $"seller:{hold.Meta!["seller"]}",
                    Amount = hold.Amount - fee,
                },
                new Posting { From = Escrow, To = "fees", Amount = fee },
            ],
        }, cancellation);
        return new OrderState(order, "delivered");
    }

    /// <summary>Gives the buyer the money back, as long as it is only held.</summary>
    public async Task<OrderState> CancelAsync(string order, CancellationToken cancellation)
    {
        await ledger.VoidAsync(
            new VoidRequest { Id = $"order:{order}:cancelled", Hold = $"order:{order}" },
            cancellation);
        return new OrderState(order, "cancelled");
    }

    private static string Buyer(string name) => $"buyer:{name}";
}
