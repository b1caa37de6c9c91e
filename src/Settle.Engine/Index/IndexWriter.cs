namespace Settle.Index;

/// <summary>Turns tables into runs, and small runs into larger ones, in one folder.</summary>
internal sealed class IndexWriter(string folder) : IDisposable
{
    // A repeated id asks the filter of every run of ids, so these are kept few. Movements are only
    // read for people, newest first, and there are four times as many bytes of them.
    private const int IdFanout = 16;
    private const int MovementFanout = 64;

    // For each new row, so many are merged on each level: a merge must be over before the next is
    // due.
    private const int Share = 2;

    private readonly IdSort _idSort = new();
    private readonly MovementSort _movementSort = new();
    private readonly RunMerging<IdRow> _ids = new(folder, "ids", IdFanout, hasBloom: true);
    private readonly RunMerging<MovementRow> _movements =
        new(folder, "movements", MovementFanout, hasBloom: false);

    /// <summary>The files that are not finished.</summary>
    public IEnumerable<string> Unfinished => _ids.Files.Concat(_movements.Files);

    /// <summary>Adds tables as new runs to those of a manifest, and merges on.</summary>
    /// <exception cref="IndexDamagedException">A run is not what was written.</exception>
    public IndexManifest Write(IndexManifest manifest, IReadOnlyList<IndexTables> tables)
    {
        var ids = manifest.Ids.ToList();
        var movements = manifest.Movements.ToList();
        foreach (var table in tables)
        {
            ids.Add(Write(table.Ids));
            movements.Add(Write(table.Movements));
        }
        _ids.Advance(ids, Share * tables.Sum(table => (long)table.Ids.Count));
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
        using var writer = new RunWriter<IdRow>(_ids.NewPath(), ids.Count, hasBloom: true);
        _idSort.ByKey(ids.Rows, writer.Add);
        return writer.Finish();
    }

    private RunInfo Write(MovementTable movements)
    {
        using var writer =
            new RunWriter<MovementRow>(_movements.NewPath(), movements.Count, hasBloom: false);
        _movementSort.ByAccount(movements, writer.Add);
        return writer.Finish();
    }
}
