using System.Diagnostics;

namespace Settle.Simulation;

/// <summary>
/// Every order of the steps of a small case, with every fault at every place: depth first, each
/// order from the beginning, and no further where the state has been seen.
/// </summary>
internal sealed class Explorer(Scope scope)
{
    private const int StackBytes = 64 * 1024 * 1024;

    private readonly HashSet<(ulong, ulong)> _seen = [];
    private readonly List<(int Chosen, int Count)> _path = [];

    /// <summary>Different states that were seen.</summary>
    public int States => _seen.Count;

    /// <summary>Orders that were begun.</summary>
    public long Orders { get; private set; }

    /// <summary>The most steps of one order.</summary>
    public int Depth { get; private set; }

    public double Seconds { get; private set; }

    /// <summary>Whether nothing was left out.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The steps that lead to what <see cref="Explore"/> returned.</summary>
    public IReadOnlyList<string> Steps { get; private set; } = [];

    /// <returns>The first promise that is broken in some order; null for none.</returns>
    public Violation? Explore(TimeSpan timeMax, CancellationToken cancellation = default)
    {
        Violation? violation = null;
        var thread = new Thread(() => violation = ExploreAll(timeMax, cancellation), StackBytes);
        thread.Start();
        thread.Join();
        return violation;
    }

    private Violation? ExploreAll(TimeSpan timeMax, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            var exploration = new Exploration(scope);
            var depth = 0;
            var violation = exploration.Run((state, count) => Choose(depth++, state, count));
            Orders++;
            Seconds = watch.Elapsed.TotalSeconds;
            Depth = int.Max(Depth, exploration.Steps.Count);
            if (violation is null) continue;
            Steps = exploration.Steps;
            return violation;
        }
        while (Next() && watch.Elapsed < timeMax && !cancellation.IsCancellationRequested);
        IsComplete = _path.Count == 0;
        return null;
    }

    private int Choose(int depth, (ulong, ulong) state, int count)
    {
        if (depth < _path.Count)
        {
            if (_path[depth].Count != count)
                throw new InvalidOperationException("the same choices led somewhere else");
            return _path[depth].Chosen;
        }
        if (!_seen.Add(state)) return -1;
        _path.Add((0, count));
        return 0;
    }

    /// <summary>Goes to the next order; false when there is none.</summary>
    private bool Next()
    {
        while (_path.Count > 0)
        {
            var (chosen, count) = _path[^1];
            if (chosen + 1 < count)
            {
                _path[^1] = (chosen + 1, count);
                return true;
            }
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }
}
