namespace Settle.Http;

/// <content>SEPA orders.</content>
internal sealed partial class HttpBilling
{
    public Task<SepaRun> DebitAsync(
        DebitRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(HttpMethod.Post, "/debit-runs", request.Id,
            id => request with { Id = id }, WireJson.Compact.DebitRequest,
            WireJson.Compact.SepaRun, AsFirst, cancellationToken);
    }

    public Task<SepaRun> PayOutAsync(
        PayoutRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(HttpMethod.Post, "/payout-runs", request.Id,
            id => request with { Id = id }, WireJson.Compact.PayoutRequest,
            WireJson.Compact.SepaRun, AsFirst, cancellationToken);
    }

    public Task<SepaOrder> CancelSepaOrderAsync(string order, SepaCancelRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(HttpMethod.Post, $"/sepa-orders/{Segment("order", order)}/cancel",
            request.Id, id => request with { Id = id }, WireJson.Compact.SepaCancelRequest,
            WireJson.Compact.SepaOrder, made => made with { Replayed = false }, cancellationToken);
    }

    public Task<SepaOrder?> GetSepaOrderAsync(
        string id, CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/sepa-orders/{Segment("id", id)}", WireJson.Compact.SepaOrder,
            cancellationToken);

    public Task<Page<SepaOrderSummary>> ListSepaOrdersAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/sepa-orders" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageSepaOrderSummary, cancellationToken);
    }

    // Sent again by ourselves, it was made once all the same.
    private static SepaRun AsFirst(SepaRun run) => run with
    {
        Orders = [.. run.Orders.Select(order => order with { Replayed = false })],
    };
}
