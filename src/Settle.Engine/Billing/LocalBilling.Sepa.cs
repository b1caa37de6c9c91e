namespace Settle.Billing;

/// <content>SEPA orders.</content>
internal sealed partial class LocalBilling
{
    public async Task<SepaRun> DebitAsync(
        DebitRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var today = await TodayAsync(null, cancellationToken).ConfigureAwait(false);
        if (request.Date is { } date) Near(date, today);
        return await _orders.MakeAsync(request.Id, request.DryRun, new AskedRun
        {
            Makes = AskedRun.Debits, Through = request.Through, Date = request.Date,
        }, () => new DebitPlanner(_reader, _profiles, today, request), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<SepaRun> PayOutAsync(
        PayoutRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var today = await TodayAsync(null, cancellationToken).ConfigureAwait(false);
        if (request.Date is { } date) Near(date, today);
        return await _orders.MakeAsync(request.Id, request.DryRun, new AskedRun
        {
            Makes = AskedRun.Payouts, From = request.From, Date = request.Date,
            Refunds = request.Refunds is { } named
                ? [.. named.Distinct().Order(StringComparer.Ordinal)] : null,
        }, () => new PayoutPlanner(_reader, _profiles, today, request), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<SepaOrder> CancelSepaOrderAsync(string order, SepaCancelRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _orders.CancelAsync(order, request, cancellationToken);
    }

    public Task<SepaOrder?> GetSepaOrderAsync(
        string id, CancellationToken cancellationToken = default) =>
        _orders.FindAsync(id, replayed: false, cancellationToken, field: "id");

    public Task<Page<SepaOrderSummary>> ListSepaOrdersAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _orders.ListAsync(query, cancellationToken);
    }
}
