using System.Buffers;

namespace Settle.Index;

/// <summary>
/// Fills the <see cref="IdFilter"/> of one folder's runs. New rows go in before they become a run.
/// The runs that were there first are read bit by bit, a part with each new run, so that nobody
/// waits for the whole; until then every run's own filter is asked.
/// </summary>
/// <param name="rowsPerRun">How many rows usually become a run.</param>
internal sealed class IdFiltering(int rowsPerRun) : IDisposable
{
    // The first filter holds so many runs' ids: at 16 bits each 8 MB, most of a processor's cache.
    private const int RunsInFirst = 16;

    // For each new row so many old ones: 10 million are in after some 5 new runs.
    private const int Share = 8;

    private const int PagesAtOnce = 64;

    private readonly IdFilter _filter = new((long)RunsInFirst * rowsPerRun);

    // What is still to be read; null before it is known.
    private Stack<Run<IdRow>>? _unread;
    private int _page;

    /// <summary>The filter, once it holds every id of all runs; else null.</summary>
    public IdFilter? Filter => _unread is { Count: 0 } ? _filter : null;

    /// <summary>Adds rows that are about to be found in runs only.</summary>
    public void Add(ReadOnlySpan<IdRow> rows)
    {
        foreach (ref readonly var row in rows) _filter.Add(row.Key);
    }

    /// <summary>Adds tables that become runs, and a part of the runs before them.</summary>
    /// <param name="folder">Where the runs are.</param>
    /// <param name="before">The runs before the tables.</param>
    /// <param name="tables">What becomes runs now.</param>
    /// <exception cref="IndexDamagedException">A run is not what was written.</exception>
    public void Advance(
        IFolder folder, IReadOnlyList<RunInfo> before, IReadOnlyList<IndexTables> tables)
    {
        _unread ??= Open(folder, before);
        foreach (var table in tables) Add(table.Ids.Rows);
        Read(Share * tables.Sum(table => (long)table.Ids.Count));
    }

    public void Dispose()
    {
        foreach (var run in _unread ?? []) run.Dispose();
    }

    // Opened once more, for ourselves: the files may be merged and deleted before they are read.
    private static Stack<Run<IdRow>> Open(IFolder folder, IReadOnlyList<RunInfo> runs)
    {
        var open = new Stack<Run<IdRow>>();
        try
        {
            foreach (var run in runs) open.Push(Run<IdRow>.Open(folder, run));
            return open;
        }
        catch
        {
            foreach (var run in open) run.Dispose();
            throw;
        }
    }

    private void Read(long rows)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PagesAtOnce * Run<IdRow>.PageBytes);
        try
        {
            while (rows > 0 && _unread!.TryPeek(out var run))
            {
                var count = run.ReadPages(_page, buffer);
                for (var i = 0; i < count; i++)
                {
                    var bytes = buffer.AsSpan(i * Run<IdRow>.PageBytes, Run<IdRow>.PageBytes);
                    var page = run.CheckPage(_page + i, bytes);
                    Add(page);
                    rows -= page.Length;
                }
                _page += count;
                if (_page < run.Pages) continue;
                _unread.Pop().Dispose();
                _page = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
