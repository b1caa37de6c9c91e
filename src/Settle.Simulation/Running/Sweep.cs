using System.Diagnostics;

namespace Settle.Simulation;

/// <summary>Runs many seeds, each on one thread.</summary>
/// <param name="protocol">What is run.</param>
/// <param name="bounds">How large the worlds are.</param>
/// <param name="jobs">How many threads; null for one on each processor.</param>
internal sealed class Sweep(Protocol protocol, Bounds bounds, int? jobs = null)
{
    // What an answer sets off runs inside of it, so stacks are deep.
    private const int StackBytes = 16 * 1024 * 1024;

    private long _next;
    private long _done;
    private long _steps;

    /// <summary>Schedules that were run.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Events in all of them.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds { get; private set; }

    /// <summary>Runs seeds until one breaks a promise or all are done.</summary>
    /// <param name="seed">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="timeMax">When to stop although there are more.</param>
    /// <param name="cancellation">Stops after the seeds that are being run.</param>
    /// <returns>
    /// The failing run with the lowest seed, whatever the threads did; null for none.
    /// </returns>
    public SimulatedRun? Find(ulong seed, long count, TimeSpan? timeMax = null,
        CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        SimulatedRun? found = null;
        var gate = new Lock();
        var threads = Enumerable.Range(0, jobs ?? Environment.ProcessorCount).Select(_ =>
            new Thread(Work, StackBytes) { IsBackground = true, Name = "simulation" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Seconds = watch.Elapsed.TotalSeconds;
        return found;

        void Work()
        {
            while (Volatile.Read(ref found) is null && !cancellation.IsCancellationRequested
                && (timeMax is null || watch.Elapsed < timeMax))
            {
                var at = Interlocked.Increment(ref _next) - 1;
                if (at >= count) return;
                var run = protocol.Run(seed + (ulong)at, bounds, false);
                Interlocked.Increment(ref _done);
                Interlocked.Add(ref _steps, run.Steps);
                if (run.Violation is null) continue;
                lock (gate)
                    if (found is null || run.Seed < found.Seed) found = run;
            }
        }
    }
}
