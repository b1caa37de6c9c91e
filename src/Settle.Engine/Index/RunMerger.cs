namespace Settle.Index;

/// <summary>
/// Merges neighbouring runs into one, oldest first, so that a question asks few of them.
/// </summary>
internal static class RunMerger
{
    public static RunInfo Merge<TRow>(IReadOnlyList<Run<TRow>> runs, string path, bool hasBloom)
        where TRow : unmanaged, IRunRow
    {
        using var writer = new RunWriter<TRow>(path, runs.Sum(run => run.Rows), hasBloom);
        var cursors = runs.Select(run => new RunCursor<TRow>(run))
            .Where(cursor => cursor.MoveNext()).ToList();
        while (cursors.Count > 0)
        {
            var (smallest, end) = FindSmallest(cursors);
            var cursor = cursors[smallest];
            // Stay with a run as long as it has the smallest row: of one account there are many.
            do
            {
                writer.Add(cursor.Current);
                if (cursor.MoveNext()) continue;
                cursors.RemoveAt(smallest);
                break;
            }
            while (cursor.Place.IsBefore(end));
        }
        return writer.Finish();
    }

    // The runs are few: looking at each is quicker than keeping them in a heap. No two rows of
    // different runs have one place, because each run has its own blocks.
    private static (int Smallest, RunPlace Second) FindSmallest<TRow>(List<RunCursor<TRow>> cursors)
        where TRow : unmanaged, IRunRow
    {
        var smallest = 0;
        var first = cursors[0].Place;
        var second = new RunPlace(ulong.MaxValue, new Chain.EntryLocation(ulong.MaxValue));
        for (var i = 1; i < cursors.Count; i++)
        {
            var place = cursors[i].Place;
            if (place.IsBefore(first)) (smallest, first, second) = (i, place, first);
            else if (place.IsBefore(second)) second = place;
        }
        return (smallest, second);
    }
}
