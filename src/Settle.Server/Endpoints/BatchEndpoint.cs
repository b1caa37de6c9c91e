using System.Buffers;
using Settle.Wire;

namespace Settle.Server;

/// <summary>
/// <c>/transfers/batch</c>: the hot path. The body is parsed from one array; the verdicts are written
/// straight into the answer.
/// </summary>
internal static class BatchEndpoint
{
    public static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host, HttpMetrics metrics,
        string ledger)
    {
        var target = host.Get(ledger);
        var requests = ArrayPool<TransferRequest>.Shared.Rent(Limits.BatchMax);
        var count = 0;
        try
        {
            using (var body = await RequestBody.ReadAsync(context).ConfigureAwait(false))
                count = Bodies.TransferBatch(body.Span, requests);
            if (count == 0) throw new InvalidRequestException("body", "must have at least one transfer");
            for (var i = 0; i < count; i++)
                if (requests[i].Id is null) requests[i] = requests[i] with { Id = Guid.CreateVersion7().ToString() };
            var verdicts = await target.TransferBatchAsync(requests.AsMemory(0, count), context.RequestAborted)
                .ConfigureAwait(false);
            metrics.Decided(ledger, verdicts);
            context.Response.ContentType = "application/json";
            BatchWire.WriteVerdicts(context.Response.BodyWriter, requests.AsSpan(0, count), verdicts);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            return TypedResults.Empty;
        }
        finally
        {
            requests.AsSpan(0, count).Clear();
            ArrayPool<TransferRequest>.Shared.Return(requests);
        }
    }
}
