using Settle.Scheduling;

namespace Settle.Index;

/// <summary>Turns tables into runs, and small runs into larger ones, in one folder.</summary>
internal sealed class IndexWriter(IFolder folder, IndexSizes sizes, Scheduler scheduler)
    : IDisposable
{
    // For each new row, so many are merged on each level: a merge must be over before the next is
    // due.
    private const int Share = 2;

    private readonly IdSort _idSort = new();
    private readonly MovementSort _movementSort = new();
    private readonly RunMerging<IdRow> _ids = new(folder, "ids", sizes.IdFanout, hasBloom: true);
    private readonly RunMerging<MovementRow> _movements =
        new(folder, "movements", sizes.MovementFanout, hasBloom: false);

    /// <summary>The files that are not finished.</summary>
    public IEnumerable<string> Unfinished => _ids.Files.Concat(_movements.Files);

    /// <summary>Adds tables as new runs to those of a manifest, and merges on.</summary>
    /// <exception cref="IndexDamagedException">A run is not what was written.</exception>
    public async ValueTask<IndexManifest> WriteAsync(
        IndexManifest manifest, IReadOnlyList<IndexTables> tables)
    {
        var ids = manifest.Ids.ToList();
        var movements = manifest.Movements.ToList();
        foreach (var table in tables)
        {
            await scheduler.StepAsync().ConfigureAwait(false);
            ids.Add(Write(table.Ids));
            await scheduler.StepAsync().ConfigureAwait(false);
            movements.Add(Write(table.Movements));
        }
        await scheduler.StepAsync().ConfigureAwait(false);
        _ids.Advance(ids, Share * tables.Sum(table => (long)table.Ids.Count));
        await scheduler.StepAsync().ConfigureAwait(false);
        _movements.Advance(movements, Share * tables.Sum(table => (long)table.Movements.Count));
        return manifest with { Ids = ids, Movements = movements };
    }

    public void Dispose()
    {
        _ids.Dispose();
        _movements.Dispose();
    }

    private RunInfo Write(IdTable ids)
    {
        using var writer = new RunWriter<IdRow>(folder, _ids.NewName(), ids.Count, hasBloom: true);
        _idSort.ByKey(ids.Rows, writer.Add);
        return writer.Finish();
    }

    private RunInfo Write(MovementTable movements)
    {
        using var writer =
            new RunWriter<MovementRow>(
                folder, _movements.NewName(), movements.Count, hasBloom: false);
        _movementSort.ByStream(movements, writer.Add);
        return writer.Finish();
    }
}
