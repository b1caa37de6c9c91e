using Settle.Chain;
using Settle.Index;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>Runs on disk, against the simplest thing that does the same.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private DiskFolder Folder => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1000)]
    [InlineData(3, 2045)]
    [InlineData(4, 2046)]
    [InlineData(5, 2047)]
    [InlineData(6, 30_000)]
    public void A_run_of_ids_gives_what_was_written(int seed, int count)
    {
        var random = new Random(seed);
        var rows = Sorted(random, count, keys: 1 + (count / 3), height: 1);
        using var run = Write("ids", rows, hasBloom: true);
        Assert.Equal(count, run.Rows);
        Assert.Equal(rows, ReadAll(run));
        Assert.All(rows, row => Assert.True(run.MayHold(row.Key)));
        for (var i = 0; i < 300; i++)
        {
            var key = i % 2 == 0 ? rows[random.Next(rows.Count)].Key : (ulong)random.NextInt64();
            var before = new EntryLocation(random.Next(0, 12), random.Next(1000));
            AssertSame(rows, run, key, before, random.Next(1, 8));
        }
    }

    [Fact]
    public void A_key_with_more_rows_than_a_page_is_read_to_its_beginning()
    {
        var rows = Enumerable.Range(0, 9000)
            .Select(i => new IdRow(i < 100 ? 1ul : i < 8900 ? 2ul : 3ul, new EntryLocation(1 + (i / 50), i % 50)))
            .ToList();
        using var run = Write("ids", rows, hasBloom: true);
        foreach (var key in (ulong[])[0, 1, 2, 3, 4])
        {
            AssertSame(rows, run, key, new EntryLocation(ulong.MaxValue), int.MaxValue);
            AssertSame(rows, run, key, new EntryLocation(90, 7), int.MaxValue);
            AssertSame(rows, run, key, new EntryLocation(90, 7), 3);
        }
    }

    [Fact]
    public void Old_rows_of_a_key_are_found_without_a_look_at_its_newer_ones()
    {
        // 20 pages of one key; the newest ones are damaged, so that reading them would be noticed.
        var perPage = Run<IdRow>.RowsPerPage;
        var rows = Enumerable.Range(0, 20 * perPage)
            .Select(i => new IdRow(7, new EntryLocation(1 + (i / 50), i % 50))).ToList();
        using var run = Write("ids", rows, hasBloom: false);
        foreach (var page in Enumerable.Range(11, 9))
        {
            using var file = new FileStream(_folder.File(run.Name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.Position = (page * Run<IdRow>.PageBytes) + 100;
            file.Write("damage"u8);
        }
        Assert.Throws<IndexDamagedException>(
            () => AssertSame(rows, run, 7, new EntryLocation(ulong.MaxValue), 1));
        for (var page = 0; page < 10; page++)
            AssertSame(rows, run, 7, rows[(page * perPage) + 5].Location, 10);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    public void Merged_runs_hold_the_same_rows(int seed, int count)
    {
        var random = new Random(seed);
        var parts = Enumerable.Range(0, count)
            .Select(i => Sorted(random, random.Next(1, 6000), keys: 700, height: 1 + (i * 20))).ToList();
        var runs = parts.Select((rows, i) => Write($"part-{i}", rows, hasBloom: true)).ToList();
        runs.ForEach(run => run.Dispose());
        var infos = parts.Select((rows, i) => new RunInfo($"part-{i}.run", rows.Count)).ToList();
        RunInfo? info = null;
        using (var merger = new RunMerger<IdRow>(Folder, infos, "merged.run", hasBloom: true))
            while ((info = merger.Advance(random.Next(1, 3000))) is null) continue;
        using var merged = Run<IdRow>.Open(Folder, info);
        var all = parts.SelectMany(rows => rows).OrderBy(row => row.Key).ThenBy(row => row.Location.Packed).ToList();
        Assert.Equal(all, ReadAll(merged));
        Assert.All(all, row => Assert.True(merged.MayHold(row.Key)));
    }

    [Fact]
    public void A_filter_never_denies_a_key_and_rarely_affirms_another()
    {
        var random = new Random(1);
        var bloom = Bloom.ForKeys(20_000);
        var keys = Enumerable.Range(0, 20_000).Select(_ => Hash(random)).ToList();
        keys.ForEach(bloom.Add);
        Assert.All(keys, key => Assert.True(bloom.MayHold(key)));
        var copy = Bloom.OfBytes(bloom.Bytes.Length);
        bloom.Bytes.CopyTo(copy.Bytes);
        Assert.All(keys, key => Assert.True(copy.MayHold(key)));
        var wrong = Enumerable.Range(0, 100_000).Count(_ => bloom.MayHold(Hash(random)));
        Assert.InRange(wrong, 0, 1500);
    }

    [Fact]
    public void Any_changed_byte_of_a_run_is_noticed()
    {
        var rows = Sorted(new Random(1), 2600, keys: 1000, height: 1);
        Write("ids", rows, hasBloom: true).Dispose();
        var info = new RunInfo("ids.run", rows.Count);
        var path = _folder.File("ids.run");
        var good = File.ReadAllBytes(path);
        var random = new Random(2);
        for (var tries = 0; tries < 400; tries++)
        {
            var bad = good.ToArray();
            // The end has the directory and the footer: every byte of it once, then anywhere.
            var at = tries < 48 ? bad.Length - 1 - tries : random.Next(bad.Length);
            bad[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bad);
            var error = Record.Exception(() =>
            {
                using var run = Run<IdRow>.Open(Folder, info);
                ReadAll(run);
            });
            Assert.True(error is IndexDamagedException, $"byte {at} of {bad.Length}: {error}");
        }
        for (var tries = 0; tries < 60; tries++)
        {
            File.WriteAllBytes(path, good[..random.Next(good.Length)]);
            Assert.Throws<IndexDamagedException>(() => Run<IdRow>.Open(Folder, info).Dispose());
        }
        File.Delete(path);
        Assert.Throws<IndexDamagedException>(() => Run<IdRow>.Open(Folder, info).Dispose());
    }

    [Fact]
    public void A_page_that_a_power_cut_left_as_zeros_is_not_an_empty_one()
    {
        var rows = Sorted(new Random(1), 2600, keys: 1000, height: 1);
        Write("ids", rows, hasBloom: true).Dispose();
        var path = _folder.File("ids.run");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(Run<IdRow>.PageBytes, Run<IdRow>.PageBytes).Clear();
        File.WriteAllBytes(path, bytes);
        using var run = Run<IdRow>.Open(Folder, new RunInfo("ids.run", rows.Count));
        Assert.Throws<IndexDamagedException>(() => ReadAll(run));
    }

    [Fact]
    public void A_run_of_another_manifest_is_refused()
    {
        var rows = Sorted(new Random(1), 100, keys: 50, height: 1);
        Write("ids", rows, hasBloom: true).Dispose();
        Assert.Throws<IndexDamagedException>(() => Run<IdRow>.Open(Folder, new RunInfo("ids.run", 99)).Dispose());
    }

    [Fact]
    public void Any_damage_to_a_manifest_makes_it_an_empty_one()
    {
        var manifest = new IndexManifest
        {
            Height = 42, Hash = new string('a', 64), CheckpointHeight = 40, CheckpointFile = "checkpoint-1.book",
            Ids = [new RunInfo("ids-1.run", 7)], Movements = [new RunInfo("movements-1.run", 9)],
        };
        manifest.WriteNew(Folder);
        IndexManifest.Replace(Folder);
        var path = Directory.GetFiles(_folder.Path).Single();
        Assert.Equal((42, 40, 7), (IndexManifest.Read(Folder).Height,
            IndexManifest.Read(Folder).CheckpointHeight, IndexManifest.Read(Folder).Ids[0].Rows));
        var good = File.ReadAllBytes(path);
        for (var at = 0; at < good.Length; at++)
        {
            var bad = good.ToArray();
            bad[at] ^= 1;
            File.WriteAllBytes(path, bad);
            Assert.Equal(0, IndexManifest.Read(Folder).Height);
            File.WriteAllBytes(path, good[..at]);
            Assert.Equal(0, IndexManifest.Read(Folder).Height);
        }
        File.Delete(path);
        Assert.Equal(0, IndexManifest.Read(Folder).Height);
    }

    private Run<IdRow> Write(string name, List<IdRow> rows, bool hasBloom)
    {
        RunInfo info;
        using (var writer = new RunWriter<IdRow>(Folder, name + ".run", rows.Count, hasBloom))
        {
            foreach (var row in rows) writer.Add(row);
            info = writer.Finish();
        }
        return Run<IdRow>.Open(Folder, info);
    }

    private static List<IdRow> ReadAll(Run<IdRow> run)
    {
        var rows = new List<IdRow>();
        var cursor = new RunCursor<IdRow>(run);
        while (!cursor.Rest.IsEmpty)
        {
            rows.AddRange(cursor.Rest);
            if (!cursor.Skip(cursor.Rest.Length)) break;
        }
        return rows;
    }

    private static void AssertSame(List<IdRow> rows, Run<IdRow> run, ulong key, EntryLocation before, int limit)
    {
        Assert.Equal(rows.AsEnumerable().Reverse()
            .Where(row => row.Key == key && row.Location.Packed < before.Packed).Take(limit),
            run.Backward(key, before).Take(limit).ToList());
    }

    private static List<IdRow> Sorted(Random random, int count, int keys, int height) =>
        [.. Enumerable.Range(0, count)
            .Select(i => new IdRow((ulong)random.Next(keys) * 0x9E3779B97F4A7C15,
                new EntryLocation(height + (i * 10 / count), i)))
            .OrderBy(row => row.Key).ThenBy(row => row.Location.Packed)];

    private static ulong Hash(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue);
}
