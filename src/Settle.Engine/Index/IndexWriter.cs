using System.Buffers;
using System.Globalization;
using Settle.Chain;

namespace Settle.Index;

/// <summary>Turns tables into runs, and small runs into larger ones, in one folder.</summary>
internal sealed class IndexWriter(string folder)
{
    // So many neighbours of one size are merged; a larger number writes less, a smaller one reads
    // less.
    private const int Fanout = 8;

    /// <summary>Writes tables as new runs.</summary>
    public (RunInfo Ids, RunInfo Movements) Write(IndexTables tables) =>
        (WriteIds(tables.Ids), WriteMovements(tables.Movements));

    /// <summary>
    /// Merges the newest runs as long as <see cref="Fanout"/> neighbours are of one size.
    /// </summary>
    public List<RunInfo> Merge<TRow>(string kind, List<RunInfo> runs, bool hasBloom)
        where TRow : unmanaged, IRunRow
    {
        while (runs.Count >= Fanout)
        {
            var neighbours = runs.GetRange(runs.Count - Fanout, Fanout);
            if (neighbours.Max(run => run.Rows) > Fanout / 2 * long.Max(
                1, neighbours.Min(run => run.Rows))) break;
            var sources = new List<Run<TRow>>();
            try
            {
                foreach (var run in neighbours) sources.Add(Run<TRow>.Open(folder, run));
                var merged = RunMerger.Merge(sources, NewPath(kind), hasBloom);
                runs.RemoveRange(runs.Count - Fanout, Fanout);
                runs.Add(merged);
            }
            finally
            {
                sources.ForEach(run => run.Dispose());
            }
        }
        return runs;
    }

    /// <summary>A file name that nobody has used.</summary>
    public string NewPath(string kind) => Path.Combine(folder,
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{Guid.CreateVersion7():N}.run"));

    private RunInfo WriteIds(IdTable ids)
    {
        var keys = ArrayPool<ulong>.Shared.Rent(ids.Count);
        var locations = ArrayPool<EntryLocation>.Shared.Rent(ids.Count);
        for (var i = 0; i < ids.Count; i++)
            (keys[i], locations[i]) = (ids.Rows[i].Key, ids.Rows[i].Location);
        keys.AsSpan(0, ids.Count).Sort(locations.AsSpan(0, ids.Count));
        using var writer = new RunWriter<IdRow>(NewPath("ids"), ids.Count, hasBloom: true);
        for (var i = 0; i < ids.Count; i++) writer.Add(new IdRow(keys[i], locations[i]));
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<EntryLocation>.Shared.Return(locations);
        return writer.Finish();
    }

    private RunInfo WriteMovements(MovementTable movements)
    {
        using var writer =
            new RunWriter<MovementRow>(NewPath("movements"), movements.Count, hasBloom: false);
        MovementSort.ByAccount(movements, rows =>
        {
            foreach (ref readonly var row in rows) writer.Add(row);
        });
        return writer.Finish();
    }
}
