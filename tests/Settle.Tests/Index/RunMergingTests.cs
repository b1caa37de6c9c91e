using Settle.Chain;
using Settle.Index;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>Runs stay few and lose nothing, whatever their sizes and whoever else is in the folder.</summary>
public sealed class RunMergingTests : IDisposable
{
    private const int Fanout = 4;

    private readonly TemporaryDirectory _folder = new();

    private DiskFolder Folder => new(_folder.Path);
    private readonly List<RunInfo> _runs = [];
    private readonly List<IdRow> _rows = [];
    private int _height;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 500, 500)]
    [InlineData(2, 1, 2000)]
    [InlineData(3, 1, 20)]
    public void Runs_of_any_size_become_few_and_keep_every_row(int seed, int rowsMin, int rowsMax)
    {
        var random = new Random(seed);
        using var merging = new RunMerging<IdRow>(Folder, "ids", Fanout, hasBloom: true);
        for (var i = 0; i < 150; i++)
        {
            var rows = Add(random, random.Next(rowsMin, rowsMax + 1));
            merging.Advance(_runs, rows * 2);
            Assert.Equal(_rows.Count, _runs.Sum(run => run.Rows));
        }
        // A few of each size, and some that are being merged.
        Assert.InRange(_runs.Count, 1, 30);
        AssertSameRows();
    }

    [Fact]
    public void A_large_merge_does_not_keep_small_ones_waiting()
    {
        var random = new Random(1);
        using var merging = new RunMerging<IdRow>(Folder, "ids", Fanout, hasBloom: true);
        for (var i = 0; i < Fanout; i++) Add(random, 5000);
        merging.Advance(_runs, 1);
        for (var i = 0; i < 40; i++)
        {
            Add(random, 10);
            merging.Advance(_runs, 13);
        }
        Assert.Equal(Fanout, _runs.Count(run => run.Rows == 5000));
        Assert.InRange(_runs.Count, 1, Fanout * 5);
        AssertSameRows();
    }

    [Fact]
    public void A_merge_whose_file_or_runs_are_gone_is_given_up()
    {
        var random = new Random(1);
        using var merging = new RunMerging<IdRow>(Folder, "ids", Fanout, hasBloom: true);
        for (var i = 0; i < Fanout; i++) Add(random, 1000);
        merging.Advance(_runs, 10);
        var unfinished = Assert.Single(merging.Files);
        File.Delete(_folder.File(unfinished));
        merging.Advance(_runs, 10);
        Assert.NotEqual(unfinished, Assert.Single(merging.Files));
        _runs.Clear();
        merging.Advance(_runs, 10);
        Assert.Empty(merging.Files);
    }

    [Fact]
    public void What_is_not_finished_leaves_no_file()
    {
        var random = new Random(1);
        using (var merging = new RunMerging<IdRow>(Folder, "ids", Fanout, hasBloom: true))
        {
            for (var i = 0; i < Fanout; i++) Add(random, 1000);
            merging.Advance(_runs, 10);
            Assert.Equal(Fanout + 1, Directory.GetFiles(_folder.Path).Length);
        }
        Assert.Equal(Fanout, Directory.GetFiles(_folder.Path).Length);
    }

    // Every run has blocks of its own, as in a ledger.
    private int Add(Random random, int count)
    {
        _height++;
        var rows = Enumerable.Range(0, count)
            .Select(i => new IdRow((ulong)random.Next(300) * 0x9E3779B97F4A7C15, new EntryLocation(_height, i)))
            .OrderBy(row => row.Key).ThenBy(row => row.Location.Packed).ToArray();
        using var writer = new RunWriter<IdRow>(Folder, $"run-{_height}.run", count, hasBloom: true);
        writer.Add(rows);
        _runs.Add(writer.Finish());
        _rows.AddRange(rows);
        return count;
    }

    private void AssertSameRows()
    {
        foreach (var key in _rows.Select(row => row.Key).Distinct())
        {
            var found = new List<IdRow>();
            foreach (var info in _runs)
            {
                using var run = Run<IdRow>.Open(Folder, info);
                found.AddRange(run.Backward(key, new EntryLocation(ulong.MaxValue)).Reverse());
            }
            // Neighbours only are merged, so the runs stay in the order of the chain.
            Assert.Equal(_rows.Where(row => row.Key == key), found);
        }
    }
}
