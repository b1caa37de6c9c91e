using System.Diagnostics;

namespace Settle.Simulation;

/// <summary>
/// Looks for the smallest world that breaks the same promise, in it for the run with the fewest
/// steps, and takes from that what comes by chance and does not matter.
/// </summary>
internal sealed class Shrinking(Protocol protocol, Violation violation, TimeSpan timeMax)
{
    private const int SeedsForEach = 4000;
    private const int SeedsAtLast = 20_000;

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>The smallest run that was found, with its steps, and its world.</summary>
    public (SimulatedRun Run, Bounds Bounds) Shrink(ulong seed, Bounds bounds)
    {
        for (var isSmaller = true; isSmaller && !IsTimeOver;)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(bounds))
            {
                if (Find(seed, smaller) is not { } found) continue;
                (seed, bounds, isSmaller) = (found, smaller, true);
                break;
            }
        }
        return WithoutChances(Shortest(seed, bounds), bounds);
    }

    private bool IsTimeOver => _watch.Elapsed > timeMax;

    private ulong? Find(ulong seed, Bounds bounds)
    {
        for (var at = 0UL; at < SeedsForEach && !IsTimeOver; at++)
            if (Breaks(protocol.Run(seed + at, bounds, false))) return seed + at;
        return null;
    }

    private SimulatedRun Shortest(ulong seed, Bounds bounds)
    {
        var shortest = protocol.Run(seed, bounds, true);
        for (var at = 1UL; at < SeedsAtLast && _watch.Elapsed < timeMax * 1.5; at++)
        {
            var run = protocol.Run(seed + at, bounds, true);
            if (Breaks(run) && run.Trace.Count < shortest.Trace.Count) shortest = run;
        }
        return shortest;
    }

    // Halves, then quarters, to single ones: what the run still fails without is left out.
    private (SimulatedRun Run, Bounds Bounds) WithoutChances(SimulatedRun run, Bounds bounds)
    {
        for (var size = run.Came.Count; size > 0; size /= 2)
        {
            for (var first = 0; first < run.Came.Count && _watch.Elapsed < timeMax * 2;)
            {
                var fewer = bounds with
                {
                    Only = [.. run.Came.Take(first), .. run.Came.Skip(first + size)],
                };
                var next = protocol.Run(run.Seed, fewer, true);
                if (Breaks(next) && next.Trace.Count <= run.Trace.Count)
                    (run, bounds) = (next, fewer with { Only = next.Came });
                else first += size;
            }
        }
        return (run, bounds);
    }

    private bool Breaks(SimulatedRun run) => run.Violation?.Rule == violation.Rule;

    private static IEnumerable<Bounds> Smaller(Bounds bounds)
    {
        if (bounds.Calls > 1) yield return bounds with { Calls = bounds.Calls / 2 };
        if (bounds.Clients > 1) yield return bounds with { Clients = bounds.Clients - 1 };
        if (bounds.Servers > 1) yield return bounds with { Servers = bounds.Servers - 1 };
        if (bounds.HasIndexes) yield return bounds with { HasIndexes = false };
        if (bounds.HasAllKinds) yield return bounds with { HasAllKinds = false };
        if (bounds.Faults != Faults.None) yield return bounds with { Faults = Faults.None };
        foreach (var fault in Enum.GetValues<Faults>())
        {
            if (fault is not (Faults.None or Faults.All) && bounds.Faults.HasFlag(fault))
                yield return bounds with { Faults = bounds.Faults & ~fault };
        }
        if (bounds.Calls > 1) yield return bounds with { Calls = bounds.Calls - 1 };
    }
}
