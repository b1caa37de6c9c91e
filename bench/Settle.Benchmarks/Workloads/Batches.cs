using System.Diagnostics;
using System.Runtime.CompilerServices;
using Settle.Benchmarks.Baselines;
using Settle.Local;
using Settle.Settling;

namespace Settle.Benchmarks.Workloads;

/// <summary>Batches in this process: the engine by itself.</summary>
internal static class Batches
{
    public const int BatchSize = 8192;

    public const int InFlight = 4;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, int transfers, int accounts,
        bool isHot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var handBatch = 1000;
        var handCount = int.Min(transfers, 100_000);
        var byHand = MeasureByHand(folder, handCount, handBatch, int.Min(accounts, 10_000));
        yield return new Measurement($"{name}: by hand", handCount, handBatch, 1, byHand,
            "1 000 transfers per SQL transaction");
        var limit = Limit.Measure(folder, transfers, BatchSize);
        yield return new Measurement($"{name}: limit", transfers, BatchSize, 1, limit);

        await using var ledger = (LocalLedger)await Ledger.OpenAsync(
            Path.Combine(folder, "bank.db"), cancellationToken: cancellation).ConfigureAwait(false);
        await Prepared.OpenAccountsAsync(ledger, accounts).ConfigureAwait(false);
        await MeasureAsync(ledger, new TransferSource(accounts, 1L << 40, isHot), int.Min(transfers / 2, 500_000))
            .ConfigureAwait(false);
        var (allocated, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var perSecond = await MeasureAsync(ledger, new TransferSource(accounts, 0, isHot), transfers)
            .ConfigureAwait(false);
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / (double)transfers;
        var microseconds = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / transfers;
        yield return new Measurement(name, transfers, BatchSize, InFlight, perSecond,
            $"{accounts:N0} accounts, {Prepared.WorkingSetMegabytes()} MB; a transfer: "
            + $"{microseconds:F2} µs of processor, {bytes:F0} bytes allocated")
        {
            TimesByHand = perSecond / byHand,
            ShareOfLimit = perSecond / limit,
        };
    }

    /// <returns>Transfers a second, the making of the requests included.</returns>
    public static async Task<double> MeasureAsync(LocalLedger ledger, TransferSource source, int transfers)
    {
        var jobs = Enumerable.Range(0, InFlight).Select(_ => new Job(BatchSize, BatchSize * 64)).ToArray();
        var answers = new ValueTask[InFlight];
        var stopwatch = Stopwatch.StartNew();
        var batches = (transfers + BatchSize - 1) / BatchSize;
        for (var i = 0; i < batches + InFlight; i++)
        {
            var slot = i % InFlight;
            if (i >= InFlight)
            {
                await answers[slot].ConfigureAwait(false);
                CheckAllSuccessful(jobs[slot]);
            }
            if (i >= batches) continue;
            source.Fill(jobs[slot], BatchSize);
            answers[slot] = ledger.Submitter.SettleAsync(jobs[slot]);
        }
        return BenchmarkRun.PerSecond((long)batches * BatchSize, stopwatch);
    }

    private static void CheckAllSuccessful(Job job)
    {
        if (job.Batch.Count == 0) return;
        foreach (var verdict in job.Verdicts.AsSpan(0, job.Batch.Count))
            if (!verdict.IsSuccessful || verdict.Replayed) throw new InvalidOperationException($"{verdict}");
    }

    private static double MeasureByHand(string folder, int transfers, int batch, int accounts)
    {
        using var byHand = new ByHand(Path.Combine(folder, "hand.db"), accounts);
        var source = new TransferSource(accounts);
        var requests = new TransferRequest[batch];
        var stopwatch = Stopwatch.StartNew();
        for (var done = 0; done < transfers; done += batch)
        {
            for (var i = 0; i < batch; i++) requests[i] = source.Make();
            byHand.Transfer(requests);
        }
        return BenchmarkRun.PerSecond(transfers, stopwatch);
    }
}
