namespace Settle.Index;

/// <summary>
/// Keeps the runs of one kind few: merges neighbours of a size, a part with every run that is
/// added. So merging costs every transfer a little and none much, however long the history.
/// </summary>
/// <param name="folder">Where the runs are.</param>
/// <param name="kind">What their files' names begin with.</param>
/// <param name="fanout">So many neighbours are merged: more write less, fewer read less.</param>
/// <param name="hasBloom">Whether they have a filter.</param>
internal sealed class RunMerging<TRow>(IFolder folder, string kind, int fanout, bool hasBloom)
    : IDisposable
    where TRow : unmanaged, IRunRow
{
    // One for each level: a large merge does not keep small ones waiting.
    private readonly List<RunMerger<TRow>> _merges = [];

    /// <summary>The files that are being written.</summary>
    public IEnumerable<string> Files => _merges.Select(merge => merge.Name);

    /// <summary>A file name that nobody has used.</summary>
    public string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{folder.NewName()}.run");

    /// <summary>Begins the merges that are due, and carries each on.</summary>
    /// <param name="runs">All runs, oldest first; those that became one are replaced.</param>
    /// <param name="rows">About how many rows each merge advances.</param>
    /// <exception cref="IndexDamagedException">A run is not what was written.</exception>
    public void Advance(List<RunInfo> runs, long rows)
    {
        // Another process may have replaced the runs, or removed a file that it does not know.
        var lost = _merges.Where(merge => Find(runs, merge) < 0 || !folder.Has(merge.Name));
        foreach (var merge in lost.ToList()) Drop(merge);
        while (FindNeighbours(runs) is { } neighbours)
            _merges.Add(new RunMerger<TRow>(folder, neighbours, NewName(), hasBloom));
        foreach (var merge in _merges.ToList())
        {
            try
            {
                if (merge.Advance(rows) is not { } merged) continue;
                var first = Find(runs, merge);
                runs.RemoveRange(first, merge.Sources.Count);
                runs.Insert(first, merged);
                Drop(merge);
            }
            catch
            {
                Drop(merge);
                throw;
            }
        }
    }

    public void Dispose()
    {
        foreach (var merge in _merges.ToList()) Drop(merge);
    }

    private void Drop(RunMerger<TRow> merge)
    {
        _merges.Remove(merge);
        merge.Dispose();
    }

    // Where the merge's runs stand next to each other; -1 when they do not.
    private static int Find(List<RunInfo> runs, RunMerger<TRow> merge)
    {
        var first = runs.IndexOf(merge.Sources[0]);
        return first >= 0 && runs.Skip(first).Take(merge.Sources.Count).SequenceEqual(merge.Sources)
            ? first : -1;
    }

    /// <summary>
    /// Runs that are in no merge and would become one at least twice as large as the largest of
    /// them.
    /// </summary>
    private List<RunInfo>? FindNeighbours(List<RunInfo> runs)
    {
        for (var first = 0; first + fanout <= runs.Count; first++)
        {
            var some = runs.GetRange(first, fanout);
            if (some.Sum(run => run.Rows) >= 2 * some.Max(run => run.Rows)
                && !_merges.Any(merge => merge.Sources.Intersect(some).Any()))
                return some;
        }
        return null;
    }
}
