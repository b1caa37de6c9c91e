using System.Globalization;

namespace Settle.Index;

/// <summary>Turns tables into runs, and small runs into larger ones, in one folder.</summary>
internal sealed class IndexWriter(string folder)
{
    // So many neighbours of one size are merged; a larger number writes less, a smaller one reads
    // less.
    private const int Fanout = 8;

    private readonly IdSort _idSort = new();
    private readonly MovementSort _movementSort = new();

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
        using var writer = new RunWriter<IdRow>(NewPath("ids"), ids.Count, hasBloom: true);
        _idSort.ByKey(ids.Rows, writer.Add);
        return writer.Finish();
    }

    private RunInfo WriteMovements(MovementTable movements)
    {
        using var writer =
            new RunWriter<MovementRow>(NewPath("movements"), movements.Count, hasBloom: false);
        _movementSort.ByAccount(movements, writer.Add);
        return writer.Finish();
    }
}
