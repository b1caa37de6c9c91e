namespace Settle.Index;

/// <summary>The runs that a manifest names, open for reading, oldest first.</summary>
internal sealed record OpenRuns(
    IReadOnlyList<Run<IdRow>> Ids, IReadOnlyList<Run<MovementRow>> Movements)
{
    /// <summary>
    /// Opens them. A run never changes, so the ones that an index has open stay open.
    /// </summary>
    /// <exception cref="IndexDamagedException">
    /// One is missing or damaged; none was opened.
    /// </exception>
    public static OpenRuns Of(IFolder folder, IndexManifest manifest, LedgerIndex index)
    {
        var ids = Open(folder, manifest.Ids, index.IdRuns);
        try
        {
            return new OpenRuns(ids, Open(folder, manifest.Movements, index.MovementRuns));
        }
        catch
        {
            foreach (var run in ids.Except(index.IdRuns)) run.Dispose();
            throw;
        }
    }

    private static List<Run<TRow>> Open<TRow>(
        IFolder folder, IReadOnlyList<RunInfo> infos, IReadOnlyList<Run<TRow>> open)
        where TRow : unmanaged, IRunRow
    {
        var runs = new List<Run<TRow>>();
        try
        {
            foreach (var info in infos)
            {
                runs.Add(open.FirstOrDefault(run => run.Name == info.File)
                    ?? Run<TRow>.Open(folder, info));
            }
            return runs;
        }
        catch
        {
            foreach (var run in runs.Except(open)) run.Dispose();
            throw;
        }
    }
}
