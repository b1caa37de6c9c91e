using Settle.Chain;
using Settle.Index;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>
/// One filter over all runs: an id that it forgot would be decided twice, so it forgets none,
/// however it came to be.
/// </summary>
public sealed class IdFilterTests : IDisposable
{
    private const int RowsPerRun = 100;

    private readonly TemporaryDirectory _folder = new();

    private DiskFolder Folder => new(_folder.Path);
    private readonly List<RunInfo> _runs = [];
    private readonly List<IdRow> _rows = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_filter_that_grows_knows_every_key_and_few_others()
    {
        var random = new Random(1);
        var filter = new IdFilter(keysMin: 1000);
        var keys = Enumerable.Range(0, 100_000).Select(_ => Key(random)).ToList();
        keys.ForEach(filter.Add);
        Assert.All(keys, key => Assert.True(Knows(filter, key)));
        Assert.InRange(filter.Parts, 3, 5);
        var wrong = Enumerable.Range(0, 100_000).Count(_ => Knows(filter, Key(random)));
        Assert.InRange(wrong, 0, 1000);
    }

    [Fact]
    public void A_key_that_comes_again_takes_no_room()
    {
        var random = new Random(2);
        var filter = new IdFilter(keysMin: 1000);
        var keys = Enumerable.Range(0, 900).Select(_ => Key(random)).ToList();
        for (var turn = 0; turn < 5; turn++) keys.ForEach(filter.Add);
        Assert.Equal(1, filter.Parts);
    }

    [Fact]
    public void Without_runs_it_is_whole_at_once()
    {
        using var filtering = new IdFiltering(RowsPerRun);
        Assert.Null(filtering.Filter);
        filtering.Advance(Folder, [], [NewTables(new Random(1), 10)]);
        AssertKnowsAll(filtering.Filter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Runs_that_were_there_are_read_bit_by_bit(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20; i++) WriteRun(random, random.Next(1, 4000));
        using var filtering = new IdFiltering(RowsPerRun);
        var turns = 0;
        while (filtering.Filter is null)
        {
            filtering.Advance(Folder, _runs, [NewTables(random, RowsPerRun)]);
            // Meanwhile they are merged and deleted by the one who writes the folder.
            foreach (var run in Directory.GetFiles(_folder.Path)) File.Delete(run);
            Assert.InRange(++turns, 1, 1000);
        }
        Assert.InRange(turns, 5, 1000);
        AssertKnowsAll(filtering.Filter);
    }

    [Fact]
    public void It_is_not_whole_while_a_run_cannot_be_read()
    {
        var random = new Random(3);
        WriteRun(random, 500);
        var path = _folder.File(_runs[0].File);
        var bytes = File.ReadAllBytes(path);
        bytes[1000] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var filtering = new IdFiltering(RowsPerRun);
        for (var i = 0; i < 10; i++)
        {
            Assert.Throws<IndexDamagedException>(() =>
                filtering.Advance(Folder, _runs, [NewTables(random, RowsPerRun)]));
            Assert.Null(filtering.Filter);
        }
    }

    private static ulong Key(Random random) =>
        (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    private static bool Knows(IdFilter filter, ulong key) => filter.MayHold(key, Bloom.Mask(key));

    private void AssertKnowsAll(IdFilter? filter)
    {
        Assert.NotNull(filter);
        Assert.All(_rows, row => Assert.True(Knows(filter, row.Key)));
    }

    private IndexTables NewTables(Random random, int count)
    {
        var ids = new IdTable();
        foreach (var row in NewRows(random, count)) ids.Add(row.Key, row.Location);
        return new IndexTables(ids, new MovementTable(), _rows.Count);
    }

    private void WriteRun(Random random, int count)
    {
        using var writer =
            new RunWriter<IdRow>(Folder, $"run-{_runs.Count}.run", count, hasBloom: true);
        foreach (var row in NewRows(random, count).OrderBy(row => row.Key)) writer.Add([row]);
        _runs.Add(writer.Finish());
    }

    private List<IdRow> NewRows(Random random, int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => new IdRow(
            Key(random), new EntryLocation(_rows.Count + 1, i))).ToList();
        _rows.AddRange(rows);
        return rows;
    }
}
