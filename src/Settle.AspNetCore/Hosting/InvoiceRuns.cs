using System.Collections.Concurrent;

namespace Settle.Server;

/// <summary>
/// The runs under way. A run goes on when its client leaves, and whoever sends the same request
/// meanwhile waits for the same run instead of starting another.
/// </summary>
internal sealed class InvoiceRuns(IHostApplicationLifetime life)
{
    // By the request's JSON: two that say the same are the same, with their lists.
    private readonly ConcurrentDictionary<(string Ledger, string Request),
        Lazy<Task<InvoiceRun>>> _underWay = [];

    public async Task<InvoiceRun> RunAsync(ILedger ledger, InvoiceRunRequest request,
        CancellationToken aborted)
    {
        if (request.DryRun)
            return await ledger.Billing.InvoiceAsync(request, null, aborted).ConfigureAwait(false);
        if (request.Id is null)
            request = request with { Id = FreshIds.Next() };
        var key = (ledger.Name,
            JsonSerializer.Serialize(request, WireJson.Compact.InvoiceRunRequest));
        var run = _underWay.GetOrAdd(key, _ => new(() => StartAsync(key, request, ledger)));
        return await run.Value.WaitAsync(aborted).ConfigureAwait(false);
    }

    private async Task<InvoiceRun> StartAsync(
        (string, string) key, InvoiceRunRequest request, ILedger ledger)
    {
        // Whoever asks first must not be the one who makes the others wait for this line.
        await Task.Yield();
        try
        {
            return await ledger.Billing
                .InvoiceAsync(request, null, life.ApplicationStopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (life.ApplicationStopping.IsCancellationRequested)
        {
            throw new OutcomeUnknownException(request.Id!,
                "the server stops; send the same run again to have the rest of it", e);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }
}
