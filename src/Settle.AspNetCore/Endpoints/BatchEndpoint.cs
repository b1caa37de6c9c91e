using System.Buffers;
using System.Collections.Concurrent;
using Settle.Chain;
using Settle.Settling;

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

    public static async Task CreateAsync(LedgerCall call, RequestBody body)
    {
        CheckKey(call);
        if (call.Ledger is not ISettlesHere local
            || !await TrySettlePlainAsync(call, body, local).ConfigureAwait(false))
            await SettleAsync(call, body).ConfigureAwait(false);
    }

    private static async Task<bool> TrySettlePlainAsync(
        LedgerCall call, RequestBody body, ISettlesHere ledger)
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
        await ledger.Submitter.SettleAsync(job).AsTask().WaitAsync(call.Stop)
            .ConfigureAwait(false);
        if (Preferences.IsMinimal(call))
        {
            await AnswerShortAsync(call, job.Verdicts.AsMemory(0, job.Batch.Count),
                i => job.Batch.Text(job.Batch[i].Id)).ConfigureAwait(false);
        }
        else
        {
            answer.Clear();
            WriteVerdicts(answer, job);
            var response = call.Context.Response;
            response.ContentType = "application/json";
            response.ContentLength = answer.Length;
            await response.Body.WriteAsync(answer.Memory, call.Stop).ConfigureAwait(false);
        }
        if (Pool.Count < PooledMax) Pool.Add((job, answer));
        return true;
    }

    private static async Task SettleAsync(LedgerCall call, RequestBody body)
    {
        var requests = Bodies.ReadBatch<TransferRequest>(body.Span, "transfers");
        // Whoever did not choose the ids has to learn them.
        var knowsIds = Array.TrueForAll(requests, request => request.Id is not null);
        LedgerInfo? info = null;
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests[i].Id is not null) continue;
            info ??= await call.Ledger.GetInfoAsync(call.Stop).ConfigureAwait(false);
            requests[i] = requests[i] with { Id = FreshIds.Next(info) };
        }
        var verdicts = await call.Ledger.TransferBatchAsync(requests, call.Stop)
            .WaitAsync(call.Stop).ConfigureAwait(false);
        await AnswerAsync(
            call, Array.ConvertAll(requests, request => request.Id!), knowsIds, verdicts)
            .ConfigureAwait(false);
    }

    /// <summary>Refuses a header that would protect nothing.</summary>
    /// <exception cref="InvalidRequestException">There is a header.</exception>
    public static void CheckKey(LedgerCall call) => IdempotencyKey.CheckAbsent(
        call.Context.Request, "names one request, and a batch has several; give each its own id");

    /// <summary>Answers with a verdict on each request of a batch.</summary>
    public static Task AnswerAsync(
        LedgerCall call, string[] ids, bool knowsIds, Verdict[] verdicts)
    {
        if (knowsIds && Preferences.IsMinimal(call))
            return AnswerShortAsync(call, verdicts, i => ids[i]);
        var answer = new ArrayBufferWriter<byte>();
        BatchWire.WriteVerdicts(answer, ids, verdicts);
        return new WholeAnswer(answer.WrittenMemory, StatusCodes.Status200OK)
            .ExecuteAsync(call.Context);
    }

    private static Task AnswerShortAsync(
        LedgerCall call, ReadOnlyMemory<Verdict> verdicts, Func<int, string> idOf)
    {
        var answer = new ArrayBufferWriter<byte>();
        BatchWire.WriteMinimal(answer, verdicts.Span, idOf);
        return new WholeAnswer(answer.WrittenMemory, StatusCodes.Status200OK)
            .ExecuteAsync(call.Context);
    }

    // What few verdicts have: written apart, without its braces.
    private static void WriteDetail(JsonBuffer json, Verdict verdict)
    {
        if (verdict.Detail is null) return;
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, BatchWire.Options))
        {
            writer.WriteStartObject();
            BatchWire.WriteDetail(writer, verdict);
            writer.WriteEndObject();
        }
        if (bytes.WrittenCount <= 2) return;
        json.Raw(","u8);
        json.Raw(bytes.WrittenSpan[1..^1]);
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
                json.Raw(",\"status\":\"successful\""u8);
                WriteDetail(json, verdict);
                json.Raw(",\"block\":"u8);
            }
            else
            {
                json.Raw(",\"status\":\"rejected\",\"reason\":"u8);
                json.String(Encoding.ASCII.GetBytes(verdict.Refusal.Text()));
                WriteDetail(json, verdict);
                json.Raw(",\"block\":"u8);
            }
            json.Number(verdict.Block);
            if (verdict.Replayed) json.Raw(",\"replayed\":true"u8);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }
}
