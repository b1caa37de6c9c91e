using System.Diagnostics;

namespace Settle.Simulation;

/// <summary>
/// Every order of the steps of a small case, with every fault at every place: depth first, each
/// order from the beginning, and no further where the state has been seen.
/// </summary>
/// <param name="scope">The case.</param>
/// <param name="jobs">How many orders are made at once; null for one on each processor.</param>
internal sealed class Explorer(Scope scope, int? jobs = null)
{
    private const int StackBytes = 64 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly HashSet<ulong> _seen = [];

    // The beginnings that are still to be made, as the choices that lead there.
    private readonly Stack<int[]> _open = new([[]]);
    private int _busy;
    private Violation? _violation;

    /// <summary>Different states that were seen.</summary>
    public int States => _seen.Count;

    /// <summary>Orders that were begun.</summary>
    public long Orders { get; private set; }

    /// <summary>The most steps of one order.</summary>
    public int Depth { get; private set; }

    public double Seconds { get; private set; }

    /// <summary>Whether nothing was left out.</summary>
    public bool IsComplete => _violation is null && _open.Count == 0 && _busy == 0;

    /// <summary>The steps that lead to what <see cref="Explore"/> returned.</summary>
    public IReadOnlyList<string> Steps { get; private set; } = [];

    /// <returns>The first promise that is broken in some order; null for none.</returns>
    public Violation? Explore(TimeSpan timeMax, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, jobs ?? Environment.ProcessorCount).Select(_ =>
            new Thread(Work, StackBytes) { IsBackground = true, Name = "explorer" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Seconds = watch.Elapsed.TotalSeconds;
        return _violation;

        void Work()
        {
            while (watch.Elapsed < timeMax && !cancellation.IsCancellationRequested
                && Take() is { } beginning) Make(beginning);
        }
    }

    /// <summary>The next beginning; null when nothing is left, or something was found.</summary>
    private int[]? Take()
    {
        lock (_gate)
        {
            while (_open.Count == 0 && _busy > 0 && _violation is null) Monitor.Wait(_gate);
            if (_violation is not null || !_open.TryPop(out var beginning)) return null;
            _busy++;
            return beginning;
        }
    }

    private void Make(int[] beginning)
    {
        var exploration = new Exploration(scope);
        var path = new List<int>();
        Violation? violation;
        try
        {
            violation = exploration.Run(Choose);
        }
        catch (Exception e)
        {
            violation = new Violation("exception", e.ToString());
        }
        lock (_gate)
        {
            Orders++;
            Depth = int.Max(Depth, exploration.Steps.Count);
            if (violation is not null && _violation is null)
                (_violation, Steps) = (violation, exploration.Steps);
            _busy--;
            Monitor.PulseAll(_gate);
        }

        int Choose(ulong state, int count)
        {
            if (path.Count < beginning.Length) path.Add(beginning[path.Count]);
            else if (!Open(state, path, count)) return -1;
            else path.Add(0);
            if (path[^1] >= count)
                throw new InvalidOperationException("the same choices led somewhere else");
            return path[^1];
        }
    }

    /// <summary>Notes all that can follow a state; false when it has been seen.</summary>
    private bool Open(ulong state, List<int> path, int count)
    {
        lock (_gate)
        {
            if (!_seen.Add(state)) return false;
            for (var choice = count - 1; choice > 0; choice--) _open.Push([.. path, choice]);
            Monitor.PulseAll(_gate);
            return true;
        }
    }
}
