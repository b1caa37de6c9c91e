using Settle.Chain;

namespace Settle.Index;

/// <summary>
/// Merges neighbouring runs into one, oldest first, so that a question asks few of them.
/// </summary>
internal static class RunMerger
{
    private static readonly Comparer<(ulong Key, EntryLocation Location, int Run)> Order =
        Comparer<(ulong Key, EntryLocation Location, int Run)>.Create((a, b) =>
            a.Key != b.Key ? a.Key.CompareTo(b.Key)
            : a.Location != b.Location ? a.Location.Packed.CompareTo(b.Location.Packed)
            : a.Run.CompareTo(b.Run));

    public static RunInfo Merge<TRow>(IReadOnlyList<Run<TRow>> runs, string path, bool hasBloom)
        where TRow : unmanaged, IRunRow
    {
        using var writer = new RunWriter<TRow>(path, runs.Sum(run => run.Rows), hasBloom);
        var queue = new PriorityQueue<RunCursor<TRow>, (ulong, EntryLocation, int)>(Order);
        for (var i = 0; i < runs.Count; i++)
        {
            var cursor = new RunCursor<TRow>(runs[i]);
            if (cursor.MoveNext())
                queue.Enqueue(cursor, (cursor.Order.Key, cursor.Order.Location, i));
        }
        while (queue.TryDequeue(out var cursor, out var order))
        {
            var run = order.Item3;
            // Stay with a run as long as it has the smallest row: of one account there are many.
            while (true)
            {
                writer.Add(cursor.Current);
                if (!cursor.MoveNext()) break;
                var next = (cursor.Order.Key, cursor.Order.Location, run);
                if (!queue.TryPeek(out _, out var smallest) || Order.Compare(next, smallest) < 0)
                    continue;
                queue.Enqueue(cursor, next);
                break;
            }
        }
        return writer.Finish();
    }
}
