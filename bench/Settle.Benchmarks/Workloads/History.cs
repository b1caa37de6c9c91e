using System.Diagnostics;
using System.Runtime.CompilerServices;
using Settle.Local;

namespace Settle.Benchmarks.Workloads;

/// <summary>Whether speed and start-up stay flat as history grows.</summary>
internal static class History
{
    private const int Accounts = 10_000;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, BenchmarkOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "bank.db");
        var ledger = (LocalLedger)await Ledger.OpenAsync(path, cancellation: cancellation).ConfigureAwait(false);
        await Prepared.OpenAccountsAsync(ledger, Accounts).ConfigureAwait(false);
        await Batches.MeasureAsync(ledger, new TransferSource(Accounts, 1L << 40), 500_000).ConfigureAwait(false);
        // One source for all: whole batches are sent, and no id may come twice.
        var source = new TransferSource(Accounts);
        var step = int.Max(1, options.History / 10);
        for (var done = 0; done < options.History; done += step)
        {
            cancellation.ThrowIfCancellationRequested();
            var perSecond = await Batches.MeasureAsync(ledger, source, step).ConfigureAwait(false);
            yield return new Measurement($"{name}: after {done:N0}", step, Batches.BatchSize, 4, perSecond,
                $"{Prepared.WorkingSetMegabytes()} MB");
        }
        await ledger.DisposeAsync().ConfigureAwait(false);
        var stopwatch = Stopwatch.StartNew();
        await using var again = await Ledger.OpenAsync(path, cancellation: cancellation).ConfigureAwait(false);
        var opened = stopwatch.Elapsed;
        var info = await again.GetInfoAsync(cancellation).ConfigureAwait(false);
        yield return new Measurement($"{name}: opened again", info.Entries, 1, 1, info.Entries / opened.TotalSeconds,
            $"in {opened.TotalMilliseconds:F0} ms");
    }
}
