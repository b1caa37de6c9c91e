using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Settle.Benchmarks.Workloads;

/// <summary>Single calls through the client, which merges those that wait into batches.</summary>
internal static class HttpCalls
{
    private const int Accounts = 10_000;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, int transfers, int inFlight,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartAsync(folder, Accounts).ConfigureAwait(false);
        await using var ledger = await Ledger.OpenAsync(
            new Uri(server.Address, "bank").ToString(), cancellationToken: cancellation).ConfigureAwait(false);
        await MeasureAsync(ledger, transfers / 2, inFlight, 1L << 40).ConfigureAwait(false);
        var perSecond = await MeasureAsync(ledger, transfers, inFlight, 0).ConfigureAwait(false);
        yield return new Measurement(name, transfers, 1, inFlight, perSecond, "client and server share the machine");
    }

    private static async Task<double> MeasureAsync(ILedger ledger, int transfers, int inFlight, long firstId)
    {
        var stopwatch = Stopwatch.StartNew();
        var each = transfers / inFlight;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async caller =>
        {
            var source = new TransferSource(Accounts, firstId + ((long)caller << 24));
            for (var i = 0; i < each; i++) await ledger.TransferAsync(source.Make()).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return BenchmarkRun.PerSecond((long)each * inFlight, stopwatch);
    }
}
