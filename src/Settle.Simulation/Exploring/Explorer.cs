using System.Diagnostics;

namespace Settle.Simulation;

/// <summary>
/// Every order of the steps of a small case, with every fault at every place: depth first, each
/// order from the beginning, and no further where the state has been seen with as few faults.
/// </summary>
/// <param name="scope">The case.</param>
/// <param name="jobs">How many orders are made at once; null for one on each processor.</param>
internal sealed class Explorer(Scope scope, int? jobs = null)
{
    private const int StackBytes = 64 * 1024 * 1024;

    private readonly object _gate = new();

    // With how few faults each state was reached. Whatever can follow it after more of them can
    // also follow it after fewer.
    private readonly Dictionary<ulong, int> _seen = [];

    // The beginnings that are still to be made, as the choices that lead there, by their faults.
    // Those with few come first, so that those with more mostly lead to what has been seen.
    private readonly Stack<int[]>[] _open =
        [.. Enumerable.Range(0, scope.Faults + 1).Select(_ => new Stack<int[]>())];
    private int _busy;
    private Violation? _violation;

    /// <summary>Different states that were seen.</summary>
    public int States => _seen.Count;

    /// <summary>Orders that were begun.</summary>
    public long Orders { get; private set; }

    /// <summary>Orders of which only a beginning is known so far.</summary>
    public int Open => _open.Sum(beginnings => beginnings.Count);

    /// <summary>The most steps of one order.</summary>
    public int Depth { get; private set; }

    public double Seconds { get; private set; }

    /// <summary>Whether nothing was left out.</summary>
    public bool IsComplete => _violation is null && Open == 0 && _busy == 0;

    /// <summary>The steps that lead to what <see cref="Explore"/> returned.</summary>
    public IReadOnlyList<string> Steps { get; private set; } = [];

    /// <returns>The first promise that is broken in some order; null for none.</returns>
    public Violation? Explore(TimeSpan timeMax, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        _open[0].Push([]);
        var threads = Enumerable.Range(0, jobs ?? Environment.ProcessorCount).Select(_ =>
            new Thread(Scheduler, StackBytes) { IsBackground = true, Name = "explorer" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Seconds = watch.Elapsed.TotalSeconds;
        return _violation;

        void Scheduler()
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
            while (Open == 0 && _busy > 0 && _violation is null) Monitor.Wait(_gate);
            if (_violation is not null
                || Array.Find(_open, beginnings => beginnings.Count > 0) is not { } fewest)
                return null;
            _busy++;
            return fewest.Pop();
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
            Depth = int.Max(Depth, exploration.Length);
            if (violation is not null && _violation is null)
                (_violation, Steps) = (violation, [.. exploration.Steps]);
            _busy--;
            Monitor.PulseAll(_gate);
        }

        Choice? Choose(IEnumerable<Choice> choices)
        {
            if (path.Count < beginning.Length)
            {
                path.Add(beginning[path.Count]);
                return choices.ElementAtOrDefault(path[^1]) ?? throw new InvalidOperationException(
                    "the same choices led somewhere else");
            }
            var all = choices.ToList();
            if (!Note(exploration, path, all)) return null;
            path.Add(0);
            return all[0];
        }
    }

    /// <summary>Notes all that can follow a state; false when it has been seen.</summary>
    private bool Note(Exploration exploration, List<int> path, List<Choice> choices)
    {
        var (state, faults) = (exploration.State, exploration.Faults);
        lock (_gate)
        {
            if (_seen.TryGetValue(state, out var fewest) && fewest <= faults) return false;
            _seen[state] = faults;
            for (var choice = choices.Count - 1; choice > 0; choice--)
            {
                var isFault = choices[choice].Mishap != Mishap.None;
                _open[isFault ? faults + 1 : faults].Push([.. path, choice]);
            }
            Monitor.PulseAll(_gate);
            return true;
        }
    }
}
