using System.Diagnostics;
using System.Runtime.CompilerServices;
using Settle.Benchmarks.Baselines;
using Settle.Local;

namespace Settle.Benchmarks.Workloads;

/// <summary>Callers that each wait for their transfer before they make the next.</summary>
internal static class SingleCalls
{
    private const int Accounts = 1000;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, int transfers, int inFlight,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var byHand = MeasureByHand(folder, int.Min(transfers, 3000));
        yield return new Measurement($"{name}: by hand", int.Min(transfers, 3000), 1, 1, byHand,
            "one SQL transaction per transfer");
        var limit = Limit.Measure(folder, int.Min(transfers, 200 * inFlight), inFlight);
        yield return new Measurement($"{name}: limit", int.Min(transfers, 200 * inFlight), inFlight, 1, limit);

        await using var ledger = (LocalLedger)await Ledger.OpenAsync(
            Path.Combine(folder, "bank.db"), cancellationToken: cancellation).ConfigureAwait(false);
        await Prepared.OpenAccountsAsync(ledger, Accounts).ConfigureAwait(false);
        await MeasureAsync(ledger, int.Min(transfers / 4, 50_000), inFlight, 1L << 40).ConfigureAwait(false);
        var (allocated, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var perSecond = await MeasureAsync(ledger, transfers, inFlight, 0).ConfigureAwait(false);
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / transfers;
        var microseconds = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / transfers;
        yield return new Measurement(name, transfers, 1, inFlight, perSecond,
            $"a call, request and answer included: {microseconds:F2} µs of processor, {bytes} bytes allocated")
        {
            TimesByHand = perSecond / byHand,
            ShareOfLimit = perSecond / limit,
        };
    }

    /// <returns>Transfers a second.</returns>
    public static async Task<double> MeasureAsync(LocalLedger ledger, int transfers, int inFlight, long firstId,
        int accounts = Accounts)
    {
        var stopwatch = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, inFlight).Select(async caller =>
        {
            var count = (transfers / inFlight) + (caller < transfers % inFlight ? 1 : 0);
            var source = new TransferSource(accounts, firstId + ((long)caller << 24));
            for (var i = 0; i < count; i++) await ledger.TransferAsync(source.Make()).ConfigureAwait(false);
        });
        await Task.WhenAll(callers).ConfigureAwait(false);
        return BenchmarkRun.PerSecond(transfers, stopwatch);
    }

    private static double MeasureByHand(string folder, int transfers)
    {
        using var byHand = new ByHand(Path.Combine(folder, "hand.db"), Accounts);
        var source = new TransferSource(Accounts);
        for (var i = 0; i < 100; i++) byHand.Transfer([source.Make()]);
        var stopwatch = Stopwatch.StartNew();
        for (var i = 0; i < transfers; i++) byHand.Transfer([source.Make()]);
        return BenchmarkRun.PerSecond(transfers, stopwatch);
    }
}
