using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>
/// Merges neighbouring runs into one, oldest first, so that a question asks few of them; a part at
/// a time, so that nobody waits for the whole.
/// </summary>
internal sealed class RunMerger<TRow> : IDisposable
    where TRow : unmanaged, IRunRow
{
    private readonly List<Run<TRow>> _runs = [];
    private readonly List<RunCursor<TRow>> _cursors = [];

    // The place of each cursor's next row, side by side because they are compared for every row.
    private readonly List<RunPlace> _places = [];
    private readonly IFolder _folder;
    private readonly RunWriter<TRow> _writer;
    private bool _isDone;

    /// <exception cref="IndexDamagedException">A source is missing or damaged.</exception>
    public RunMerger(IFolder folder, IReadOnlyList<RunInfo> sources, string name, bool hasBloom)
    {
        (_folder, Sources) = (folder, sources);
        _writer = new RunWriter<TRow>(folder, name, sources.Sum(run => run.Rows), hasBloom);
        try
        {
            foreach (var source in sources) _runs.Add(Run<TRow>.Open(folder, source));
            _cursors.AddRange(_runs.Select(run => new RunCursor<TRow>(run)));
            _cursors.RemoveAll(cursor => cursor.Rest.IsEmpty);
            _places.AddRange(_cursors.Select(cursor => cursor.Place));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The runs that become one.</summary>
    public IReadOnlyList<RunInfo> Sources { get; }

    /// <summary>The file that is being written.</summary>
    public string Name => _writer.Name;

    /// <summary>Merges some rows more.</summary>
    /// <param name="rows">About how many.</param>
    /// <returns>The merged run; null while there is more to do.</returns>
    /// <exception cref="IndexDamagedException">
    /// A page of a source is not what was written.
    /// </exception>
    public RunInfo? Advance(long rows)
    {
        while (_cursors.Count > 0 && rows > 0)
        {
            var (smallest, end) = FindSmallest(CollectionsMarshal.AsSpan(_places));
            var cursor = _cursors[smallest];
            // Of one account there are many rows in a run: they go over as a whole.
            var rest = cursor.Rest;
            var part = rest[..int.Max(1, RunPlace.CountBefore(rest, end))];
            _writer.Add(part);
            rows -= part.Length;
            if (cursor.Skip(part.Length))
            {
                _places[smallest] = cursor.Place;
                continue;
            }
            _cursors.RemoveAt(smallest);
            _places.RemoveAt(smallest);
        }
        if (_cursors.Count > 0) return null;
        var merged = _writer.Finish();
        _isDone = true;
        return merged;
    }

    /// <summary>Closes the files; a merge that is not done leaves none.</summary>
    public void Dispose()
    {
        _runs.ForEach(run => run.Dispose());
        _writer.Dispose();
        if (!_isDone) _folder.Delete(Name);
    }

    // The runs are few: looking at each is quicker than keeping them in a heap. No two rows of
    // different runs have one place, because each run has its own blocks.
    private static (int Smallest, RunPlace Second) FindSmallest(ReadOnlySpan<RunPlace> places)
    {
        var smallest = 0;
        var first = places[0];
        var second = RunPlace.End;
        for (var i = 1; i < places.Length; i++)
        {
            var place = places[i];
            if (place.IsBefore(first)) (smallest, first, second) = (i, place, first);
            else if (place.IsBefore(second)) second = place;
        }
        return (smallest, second);
    }
}
