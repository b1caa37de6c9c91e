using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Settle.Http;

/// <summary>
/// Sends concurrent transfers together: while a batch or two are under way, the next ones gather,
/// as commits do in a group. A transfer that is malformed fails by itself, not with its neighbours.
/// </summary>
internal sealed class TransferMerger(
    HttpLedger ledger, HttpTransport transport, LedgerAddress address, HttpLedgerOptions options)
{
    private const int MergeMax = 4096;
    private const int CharsMax = 512 * 1024;
    private static readonly Histogram<int> BatchSize = Telemetry.Meter.CreateHistogram<int>(
        "settle.client.batch.transfers", "{transfer}", "Transfers sent in one request", null,
        new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 64, 256, 1024, 4096, 10_000] });
    private static readonly ParallelOptions Singly = new() { MaxDegreeOfParallelism = 16 };
    private readonly Uri _single = address.Of("/transfers");
    private readonly Uri _batch = address.Of("/transfers/batch");
    private readonly Lock _lock = new();
    private readonly Queue<PendingTransfer> _gathering = new();
    private int _inFlight;

    public Task<Transfer> TransferAsync(TransferRequest request, CancellationToken cancellation) =>
        (request.Wait ?? options.SiteWait) <= TimeSpan.Zero
            ? SendAsync(request, TimeSpan.Zero, cancellation)
            : WaitAsync(request, cancellation);

    // Sent again it has to be the same request.
    private async Task<Transfer> WaitAsync(
        TransferRequest request, CancellationToken cancellation)
    {
        var isOwnId = request.Id is null;
        request = request with
        {
            Id = request.Id ?? await ledger.NewIdAsync(cancellation).ConfigureAwait(false),
        };
        var transfer = await SiteWait.RunAsync(request.Wait, options,
            wait => SendAsync(request, wait, cancellation), cancellation).ConfigureAwait(false);
        return isOwnId ? transfer with { Replayed = false } : transfer;
    }

    private async Task<Transfer> SendAsync(
        TransferRequest request, TimeSpan wait, CancellationToken cancellation)
    {
        WireTexts.Check(request, -1);
        if (!ledger.Knows(request.Asset))
            request = await ledger.WithAssetAsync(request, cancellation).ConfigureAwait(false);
        var scale = ledger.ScaleOf(request.Asset);
        var minor = request.Amount.ToMinor("amount", scale);
        var isOwnId = request.Id is null;
        if (isOwnId)
        {
            request = request with
            {
                Id = await ledger.NewIdAsync(cancellation).ConfigureAwait(false),
            };
        }
        var pending = new PendingTransfer(request, options.Clock.GetTimestamp()) { Wait = wait };
        // Who waits is sent alone, so that nobody else waits too.
        if (wait > TimeSpan.Zero) _ = SendSingleAsync(pending);
        else Enqueue(pending);
        Verdict verdict;
        try
        {
            verdict = await pending.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            pending.GiveUp();
            throw;
        }
        catch (OutcomeUnknownException e)
        {
            return await AskAsync(request, e).ConfigureAwait(false);
        }
        var replayed = verdict.Replayed && !isOwnId;
        if (!verdict.IsSuccessful)
            throw RejectedException.For(verdict, request.Id!, replayed);
        if (replayed)
        {
            return await RecordedAsync(request.Id!, verdict.Block, cancellation)
                .ConfigureAwait(false);
        }
        return Transfer.Of(request, request.Id!,
            Money.OfMinor(minor, request.Asset ?? ledger.DefaultAsset, scale),
            verdict with { Replayed = false });
    }

    /// <summary>Sends a batch, which has all its ids, and reads the verdicts.</summary>
    public Task SendAsync(ReadOnlyMemory<TransferRequest> requests, Memory<Verdict> verdicts,
        TimeSpan deadline, CancellationToken cancellation) =>
        SendAsync(requests, verdicts, [], deadline, cancellation);

    private async Task SendAsync(ReadOnlyMemory<TransferRequest> requests,
        Memory<Verdict> verdicts, IReadOnlyList<ActivityContext> callers, TimeSpan deadline,
        CancellationToken cancellation)
    {
        Note(requests.Length);
        using var body = new PooledBytes();
        BatchWire.WriteRequests(body, requests.Span, ledger.ScaleOf);
        var call = new HttpCall(HttpMethod.Post, _batch, body.Written, requests.Span[0].Id)
        {
            Callers = callers, IsShort = true,
        };
        using var reply = await transport.SendCheckedAsync(call, deadline, cancellation)
            .ConfigureAwait(false);
        try
        {
            BatchWire.ReadVerdicts(reply.Body, verdicts.Span, ledger.AmountOf);
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw HttpReply.BadAnswer(e);
        }
    }

    private void Enqueue(PendingTransfer pending)
    {
        lock (_lock)
        {
            _gathering.Enqueue(pending);
            if (_inFlight >= options.BatchesInFlight) return;
            _inFlight++;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static merger =>
            _ = merger.PumpAsync(), this, preferLocal: false);
    }

    /// <summary>Sends what has gathered until nothing has.</summary>
    private async Task PumpAsync()
    {
        var batch = new List<PendingTransfer>();
        while (Take(batch))
        {
            if (batch.Count == 1) await SendSingleAsync(batch[0]).ConfigureAwait(false);
            else if (batch.Count > 1) await SendMergedAsync(batch).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes a batch of what has gathered; false when nothing has and the pump may stop.
    /// </summary>
    private bool Take(List<PendingTransfer> batch)
    {
        batch.Clear();
        var chars = 0;
        lock (_lock)
        {
            if (_gathering.Count == 0)
            {
                _inFlight--;
                return false;
            }
            while (batch.Count < MergeMax && chars < CharsMax
                && _gathering.TryDequeue(out var pending))
            {
                if (!pending.TryTake()) continue;
                batch.Add(pending);
                chars += SizeOf(pending.Request);
            }
        }
        batch.RemoveAll(pending =>
        {
            if (TimeLeft(pending) > TimeSpan.Zero) return false;
            pending.Expire();
            return true;
        });
        return true;
    }

    private async Task SendMergedAsync(List<PendingTransfer> batch)
    {
        var requests = new TransferRequest[batch.Count];
        for (var i = 0; i < requests.Length; i++) requests[i] = batch[i].Request;
        var verdicts = new Verdict[requests.Length];
        try
        {
            await SendAsync(requests, verdicts, CallersOf(batch), batch.Min(TimeLeft),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is InvalidRequestException or HttpAnswerException { Code: "too_large" })
        {
            // One of them spoils the batch, and nothing was decided: each goes by itself.
            await Parallel.ForEachAsync(batch, Singly, async (pending, _) =>
                await SendSingleAsync(pending).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }
        catch (Exception e)
        {
            foreach (var pending in batch) Fail(pending, e);
            return;
        }
        for (var i = 0; i < verdicts.Length; i++)
        {
            // Only a single answer names the field that differs.
            if (verdicts[i].Refusal == RefusalCode.IdReused)
                await SendSingleAsync(batch[i]).ConfigureAwait(false);
            else batch[i].TrySetResult(verdicts[i]);
        }
    }

    /// <summary>
    /// A batch ends with the deadline of its oldest transfer. The others have time left and try
    /// again, with the same ids.
    /// </summary>
    private void Fail(PendingTransfer pending, Exception error)
    {
        pending.Note(error);
        if (error is not (OutcomeUnknownException or StoreUnavailableException))
            pending.TrySetException(error);
        else if (TimeLeft(pending) <= TimeSpan.Zero) pending.Expire();
        else Requeue(pending);
    }

    private void Requeue(PendingTransfer pending)
    {
        pending.Untake();
        // Whoever waited for other sites' money was sent alone, and nobody may be sending now.
        Enqueue(pending);
    }

    private TimeSpan TimeLeft(PendingTransfer pending) =>
        options.Deadline + pending.Wait - options.Clock.GetElapsedTime(pending.Since);

    private async Task SendSingleAsync(PendingTransfer pending)
    {
        var request = pending.Request;
        try
        {
            using var body = new PooledBytes();
            BatchWire.WriteRequest(body, request, ledger.ScaleOf);
            Note(1);
            var call = new HttpCall(HttpMethod.Post, _single, body.Written, request.Id)
            {
                Callers = CallersOf([pending]), Wait = pending.Wait,
            };
            using var reply =
                await transport.SendCheckedAsync(call, TimeLeft(pending), CancellationToken.None)
                    .ConfigureAwait(false);
            var transfer = reply.Read(WireJson.Compact.BatchVerdict);
            pending.TrySetResult(new Verdict(RefusalCode.None, transfer.Block, transfer.Replayed)
            {
                Detail = transfer.NewAccounts,
            });
        }
        catch (RejectedException e) when (e is not IdReusedException)
        {
            pending.TrySetResult(e.Verdict);
        }
        catch (Exception e)
        {
            Fail(pending, e);
        }
    }

    /// <summary>
    /// The answer is lost and the deadline over: looks once whether the ledger knows the id.
    /// </summary>
    private async Task<Transfer> AskAsync(TransferRequest request, OutcomeUnknownException unknown)
    {
        var transfer = await ledger.AskAsync($"/transfers/{Uri.EscapeDataString(request.Id!)}",
            WireJson.Compact.Transfer, unknown).ConfigureAwait(false);
        if (transfer.From != request.From || transfer.To != request.To
            || transfer.Amount.Units
                != request.Amount.ToMinor("amount", ledger.ScaleOf(request.Asset)))
            throw unknown;
        return transfer.Reason is not { } reason ? transfer
            : throw RejectedException.For(reason, transfer.Id, transfer.Block, false);
    }

    /// <summary>A transfer that was decided before, as the chain has it.</summary>
    private async Task<Transfer> RecordedAsync(
        string id, long block, CancellationToken cancellation)
    {
        try
        {
            var recorded = await ledger.GetTransferAsync(id, cancellation).ConfigureAwait(false)
                ?? throw new StoreUnavailableException($"the server does not know {id} any more");
            return recorded with { Replayed = true };
        }
        catch (StoreUnavailableException e)
        {
            throw new OutcomeUnknownException(id, $"it was decided in block {block}, but could "
                + $"not be read: {e.Message}; send the same id again", e);
        }
    }

    private static IReadOnlyList<ActivityContext> CallersOf(List<PendingTransfer> batch) =>
        Telemetry.Source.HasListeners()
            ? [.. batch.Select(pending => pending.Caller).Where(caller => caller != default)] : [];

    private void Note(int transfers) => BatchSize.Record(transfers,
        new KeyValuePair<string, object?>(Telemetry.Ledger, address.Name));

    private static int SizeOf(TransferRequest request)
    {
        var chars = request.From.Length + request.To.Length + (request.Memo?.Length ?? 0);
        if (request.Meta is { } meta)
            foreach (var (key, value) in meta) chars += key.Length + value.Length;
        return chars;
    }
}
