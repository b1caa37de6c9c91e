using System.Collections.Concurrent;
using Settle.Chain;
using Settle.Local;
using Settle.Settling;
using Settle.Wire;

namespace Settle.Server;

/// <summary>
/// <c>/transfers/batch</c>: the hot path. A plain body (<see cref="PlainBatch"/>) goes from the
/// wire to the settling loop and back without an object per transfer; any other takes the careful
/// way.
/// </summary>
internal static class BatchEndpoint
{
    private const int PooledMax = 16;

    private static readonly ConcurrentBag<(Job Job, JsonBuffer Answer)> Pool = [];

    public static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        HttpMetrics metrics,
        string ledger)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        if (target is not LocalLedger local
            || !await TrySettlePlainAsync(context, body, local, metrics, ledger)
            .ConfigureAwait(false))
        {
            await SettleAsync(context, body, target, metrics, ledger).ConfigureAwait(false);
        }
        return TypedResults.Empty;
    }

    private static async Task<bool> TrySettlePlainAsync(HttpContext context, RequestBody body,
        LocalLedger ledger,
        HttpMetrics metrics, string name)
    {
        var (job, answer) = Pool.TryTake(out var pooled) ? pooled
            : (new Job(), new JsonBuffer(1024));
        job.Clear();
        if (!PlainBatch.TryRead(body.Span, job.Batch))
        {
            Pool.Add((job, answer));
            return false;
        }
        // Whoever stops waiting leaves the job behind: it may still be settled.
        await ledger.SettleAsync(job).AsTask().WaitAsync(context.RequestAborted)
            .ConfigureAwait(false);
        metrics.Decided(name, job.Verdicts.AsSpan(0, job.Batch.Count));
        answer.Clear();
        WriteVerdicts(answer, job);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.Memory, context.RequestAborted)
            .ConfigureAwait(false);
        if (Pool.Count < PooledMax) Pool.Add((job, answer));
        return true;
    }

    private static async Task SettleAsync(HttpContext context, RequestBody body, ILedger target,
        HttpMetrics metrics,
        string ledger)
    {
        var requests = Bodies.TransferBatch(body.Span);
        for (var i = 0; i < requests.Length; i++)
            if (requests[i].Id is null)
                requests[i] = requests[i] with { Id = Guid.CreateVersion7().ToString("N") };
        var verdicts = await target.TransferBatchAsync(requests, context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        metrics.Decided(ledger, verdicts);
        context.Response.ContentType = "application/json";
        BatchWire.WriteVerdicts(context.Response.BodyWriter,
            Array.ConvertAll(requests, request => request.Id!), verdicts);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The same JSON as <see cref="BatchWire.WriteVerdicts"/>.</summary>
    private static void WriteVerdicts(JsonBuffer json, Job job)
    {
        json.Raw("["u8);
        for (var i = 0; i < job.Batch.Count; i++)
        {
            ref readonly var verdict = ref job.Verdicts[i];
            json.Raw(i == 0 ? "{\"id\":"u8 : ",{\"id\":"u8);
            json.String(job.Batch.Bytes(job.Batch[i].Id));
            if (verdict.IsSuccessful)
            {
                json.Raw(",\"status\":\"successful\",\"block\":"u8);
            }
            else
            {
                json.Raw(",\"status\":\"rejected\",\"reason\":"u8);
                json.String(System.Text.Encoding.ASCII.GetBytes(verdict.Refusal.Text()));
                json.Raw(",\"block\":"u8);
            }
            json.Number(verdict.Block);
            if (verdict.Replayed) json.Raw(",\"replayed\":true"u8);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }
}
