using System.Diagnostics;
using System.Runtime.CompilerServices;
using Settle.Local;

namespace Settle.Benchmarks.Workloads;

/// <summary>Whether speed and start-up stay flat as history grows.</summary>
internal static class History
{
    private const int Accounts = 10_000;
    private const int Steps = 5;
    private const int Rounds = 5;
    private const int TransfersPerRound = 1_000_000;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, BenchmarkOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "bank.db");
        var ledger = (LocalLedger)await Ledger.OpenAsync(path, cancellationToken: cancellation).ConfigureAwait(false);
        await Prepared.OpenAccountsAsync(ledger, Accounts).ConfigureAwait(false);
        // One source for all: whole batches are sent, and no id may come twice.
        var source = new TransferSource(Accounts);
        var step = int.Max(1, options.History / Steps);
        for (var done = 0; done < options.History; done += step)
        {
            cancellation.ThrowIfCancellationRequested();
            var perSecond = await Batches.MeasureAsync(ledger, source, step).ConfigureAwait(false);
            yield return Of($"{name}: from {done:N0} on", step, perSecond, $"{Prepared.WorkingSetMegabytes()} MB");
        }
        var (empty, old) = await CompareAsync(folder, ledger, source, cancellation).ConfigureAwait(false);
        yield return Of($"{name}: empty", TransfersPerRound, empty, $"median of {Rounds} rounds, each beside the next line");
        yield return Of($"{name}: after {options.History:N0}", TransfersPerRound, old,
            $"median of {Rounds} rounds, {old / empty:P0} of an empty ledger");
        await ledger.DisposeAsync().ConfigureAwait(false);
        var stopwatch = Stopwatch.StartNew();
        await using var again = await Ledger.OpenAsync(path, cancellationToken: cancellation).ConfigureAwait(false);
        var opened = stopwatch.Elapsed;
        var info = await again.GetInfoAsync(cancellation).ConfigureAwait(false);
        yield return new Measurement($"{name}: opened again", info.Entries, 1, 1, info.Entries / opened.TotalSeconds,
            $"in {opened.TotalMilliseconds:F0} ms");
    }

    // In turns, because the machine drifts.
    private static async Task<(double Empty, double Old)> CompareAsync(string folder, LocalLedger old,
        TransferSource source, CancellationToken cancellation)
    {
        var (emptyRounds, oldRounds) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var path = Path.Combine(folder, $"empty-{round}.db");
            await using (var empty = (LocalLedger)await Ledger.OpenAsync(path, cancellationToken: cancellation)
                .ConfigureAwait(false))
            {
                await Prepared.OpenAccountsAsync(empty, Accounts).ConfigureAwait(false);
                emptyRounds.Add(await Batches.MeasureAsync(empty, new TransferSource(Accounts), TransfersPerRound)
                    .ConfigureAwait(false));
            }
            oldRounds.Add(await Batches.MeasureAsync(old, source, TransfersPerRound).ConfigureAwait(false));
        }
        return (Median(emptyRounds), Median(oldRounds));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Measurement Of(string name, int transfers, double perSecond, string note) =>
        new(name, transfers, Batches.BatchSize, Batches.InFlight, perSecond, note);
}
