using System.Globalization;
using Settle.Chain;

namespace Settle.Index;

/// <summary>Turns tables into runs, and small runs into larger ones, in one folder.</summary>
internal sealed class IndexWriter(string folder)
{
    // So many neighbours of one size are merged; a larger number writes less, a smaller one reads less.
    private const int Fanout = 8;

    private const int RadixBits = 11;

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
            if (neighbours.Max(run => run.Rows) > Fanout / 2 * long.Max(1, neighbours.Min(run => run.Rows))) break;
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
        var keys = new ulong[ids.Count];
        var locations = new EntryLocation[ids.Count];
        for (var i = 0; i < keys.Length; i++) (keys[i], locations[i]) = (ids.Rows[i].Key, ids.Rows[i].Location);
        Array.Sort(keys, locations);
        using var writer = new RunWriter<IdRow>(NewPath("ids"), keys.Length, hasBloom: true);
        for (var i = 0; i < keys.Length; i++) writer.Add(new IdRow(keys[i], locations[i]));
        return writer.Finish();
    }

    private RunInfo WriteMovements(MovementTable movements)
    {
        var order = OrderByAccount(movements.Rows);
        using var writer = new RunWriter<MovementRow>(NewPath("movements"), order.Length, hasBloom: false);
        foreach (var row in order) writer.Add(new MovementRow(movements.Rows[row]));
        return writer.Finish();
    }

    // Rows are in the order of the chain; a stable radix sort by account keeps that order within each.
    private static int[] OrderByAccount(ReadOnlySpan<Movement> rows)
    {
        var order = new int[rows.Length];
        var next = new int[rows.Length];
        var accountMax = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            order[i] = i;
            accountMax = int.Max(accountMax, rows[i].Account);
        }
        var starts = new int[(1 << RadixBits) + 1];
        for (var shift = 0; shift < 32 && accountMax >> shift > 0; shift += RadixBits)
        {
            Array.Clear(starts);
            foreach (var row in order) starts[Digit(rows[row].Account, shift) + 1]++;
            for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
            foreach (var row in order) next[starts[Digit(rows[row].Account, shift)]++] = row;
            (order, next) = (next, order);
        }
        return order;
    }

    private static int Digit(int account, int shift) => (account >> shift) & ((1 << RadixBits) - 1);
}
