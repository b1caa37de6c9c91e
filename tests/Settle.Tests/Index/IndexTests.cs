using Settle.Index;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Settle.Tests.Settling;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>
/// The index may be damaged, deleted, old, of another chain, or shared: a ledger answers the same with it
/// as without it.
/// </summary>
public sealed class IndexTests(IndexedChain chain) : IClassFixture<IndexedChain>, IAsyncLifetime
{
    private const int RowsMax = IndexedChain.RowsMax;

    private readonly TemporaryDirectory _directory = new();
    private readonly MemoryStore _store = new();
    private readonly ManualClock _clock = new() { Now = chain.Now };
    private string _expected = chain.Expected;
    private RandomLife _life = null!;

    private string Folder => _directory.File("index");

    public async ValueTask InitializeAsync()
    {
        foreach (var block in await chain.BlocksAsync())
            await _store.CreateAsync(block.Id, block.Body, CancellationToken.None);
        chain.CopyIndex(Folder);
        _life = chain.Life(_clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_ledger_answers_the_same_with_its_index()
    {
        var manifest = IndexManifest.Read(new DiskFolder(Folder));
        Assert.True(manifest.Height > 0 && manifest.Ids.Count > 1 && manifest.CheckpointFile is not null,
            $"{manifest.Ids.Count} runs, checkpoint {manifest.CheckpointFile}");
        await using var ledger = await OpenAsync();
        Assert.Equal(0, ledger.Settler.Healed);
        await AssertSameAsync(ledger);
        Assert.Null(await _life.FindForgottenAsync(ledger));
    }

    [Fact]
    public async Task Start_up_reads_only_what_the_checkpoint_lacks()
    {
        var reads = 0;
        var store = new UnreliableStore(_store) { OnRead = () => { reads++; return default; } };
        await using (await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock)) { }
        var height = (await _store.ReadAsync("", "~", int.MaxValue, CancellationToken.None)).Count;
        Assert.InRange(reads, 1, height / 20);
    }

    [Fact]
    public async Task A_deleted_index_is_made_anew()
    {
        Directory.Delete(Folder, recursive: true);
        await AssertHealsAsync();
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("checkpoint-*")]
    [InlineData("ids-*")]
    [InlineData("movements-*")]
    [InlineData("*")]
    public async Task Missing_files_are_made_anew(string pattern)
    {
        foreach (var file in Directory.GetFiles(Folder, pattern)) File.Delete(file);
        await AssertHealsAsync();
    }

    [Fact]
    public async Task Any_file_that_is_damaged_is_made_anew()
    {
        var random = new Random(1);
        foreach (var file in Directory.GetFiles(Folder).Where(IsOfIndex).Order().ToList())
        {
            var folder = CopyFolder();
            var path = Path.Combine(folder, Path.GetFileName(file));
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0) continue;
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            await AssertHealsAsync(folder);
        }
    }

    [Fact]
    public async Task Any_file_that_is_cut_is_made_anew()
    {
        var random = new Random(2);
        foreach (var file in Directory.GetFiles(Folder).Where(IsOfIndex).Order().ToList())
        {
            var folder = CopyFolder();
            using (var cut = File.OpenWrite(Path.Combine(folder, Path.GetFileName(file))))
                cut.SetLength(random.NextInt64(cut.Length));
            await AssertHealsAsync(folder);
        }
    }

    [Theory]
    [InlineData("ids-*")]
    [InlineData("movements-*")]
    public async Task Files_that_are_damaged_while_a_ledger_uses_them_are_made_anew(string pattern)
    {
        await using var ledger = await OpenAsync();
        foreach (var file in Directory.GetFiles(Folder, pattern))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            open.Position = 100;
            open.WriteByte(77);
            open.WriteByte(78);
        }
        await AssertSameAsync(ledger);
        Assert.Null(await _life.FindForgottenAsync(ledger));
        Assert.True(ledger.Settler.Healed > 0);
        await AssertSameAsync(ledger);
    }

    [Fact]
    public async Task Files_that_are_deleted_while_a_ledger_uses_them_do_no_harm()
    {
        await using (var ledger = await OpenAsync())
        {
            Directory.Delete(Folder, recursive: true);
            await _life.LiveAsync(ledger, 300);
            Assert.Null(await _life.FindForgottenAsync(ledger));
        }
        await ExpectPlainAsync();
        await AssertHealsAsync();
    }

    [Theory]
    [InlineData(40)]
    [InlineData(2 * IndexedChain.Requests)]
    public async Task An_index_of_another_chain_is_not_used(int requests)
    {
        await AssertNotUsedAsync(Folder, requests);
        // One whose few blocks hold many ids, so that the chain it meets is soon the longer one.
        var folder = _directory.File("batches");
        await using (var other = await MemoryLedger.OpenAsync(new MemoryStore(), folder, RowsMax, _clock))
        {
            for (var batch = 0; batch < 3; batch++)
            {
                await other.TransferBatchAsync(Enumerable.Range(100 * batch, 100).Select(i => new TransferRequest
                    { Id = $"id-{i}", From = "@world", To = "Alex", Amount = Minor(1) }).ToArray());
            }
        }
        Assert.InRange(IndexManifest.Read(new DiskFolder(folder)).Height, 1, 3);
        await AssertNotUsedAsync(folder, requests);
    }

    private async Task AssertNotUsedAsync(string folder, int requests)
    {
        await using var store = new MemoryStore();
        await using (var begun = await MemoryLedger.OpenAsync(store, _clock)) await begun.InitializeAsync("USD");
        var life = new RandomLife(requests, _clock);
        await using (var ledger = await MemoryLedger.OpenAsync(store, folder, RowsMax, _clock))
        {
            await life.LiveAsync(ledger, requests);
            Assert.Null(await life.FindForgottenAsync(ledger));
        }
        await using var again = await MemoryLedger.OpenAsync(store, folder, RowsMax, _clock);
        await using var plain = await MemoryLedger.OpenAsync(store, _clock);
        Assert.Equal(await LedgerAnswers.OfAsync(plain), await LedgerAnswers.OfAsync(again));
    }

    [Fact]
    public async Task A_ledger_that_lags_behind_leaves_the_newer_index_alone()
    {
        await using var inner = new MemoryStore();
        var folder = _directory.File("shared");
        var store = new UnreliableStore(inner) { IdMax = "" };
        var life = new RandomLife(8, _clock);
        await using var lagging = await MemoryLedger.OpenAsync(store, folder, RowsMax, _clock);
        await using (var before = await MemoryLedger.OpenAsync(inner, folder, RowsMax, _clock))
            await life.LiveAsync(before, 500);
        await using var ahead = await MemoryLedger.OpenAsync(inner, folder, RowsMax, _clock);
        var height = IndexManifest.Read(new DiskFolder(folder)).Height;
        // It sees so much of the chain that it would make runs, which others have made long since.
        store.IdMax = Settle.Chain.BlockId.Format("main", 150);
        for (var i = 0; i < 3; i++) await lagging.Settler.RefreshAsync();
        Assert.Equal(150, (await lagging.GetInfoAsync()).Height);
        Assert.True(IndexManifest.Read(new DiskFolder(folder)).Height >= height);
        await life.LiveAsync(ahead, 200);
        Assert.Equal(0, ahead.Settler.Healed);
        store.IdMax = "~";
        await lagging.Settler.RefreshAsync();
        Assert.Null(await life.FindForgottenAsync(lagging));
        Assert.Equal(await LedgerAnswers.OfAsync(ahead), await LedgerAnswers.OfAsync(lagging));
    }

    [Fact]
    public async Task An_old_index_is_caught_up()
    {
        var old = CopyFolder();
        await using (var ledger = await OpenAsync()) await _life.LiveAsync(ledger, 400);
        await ExpectPlainAsync();
        await AssertHealsAsync(old);
    }

    [Fact]
    public async Task Ledgers_share_one_index()
    {
        var ledgers = new List<LocalLedger>();
        for (var i = 0; i < 3; i++) ledgers.Add(await OpenAsync());
        for (var turn = 0; turn < 60; turn++) await _life.LiveAsync(ledgers[turn % 3], 15);
        await ExpectPlainAsync();
        foreach (var ledger in ledgers)
        {
            await ledger.Settler.RefreshAsync();
            await AssertSameAsync(ledger);
            Assert.Null(await _life.FindForgottenAsync(ledger));
        }
        Assert.All(ledgers, ledger => Assert.Equal(0, ledger.Settler.Healed));
        foreach (var ledger in ledgers) await ledger.DisposeAsync();
        await AssertHealsAsync();
    }

    [Fact]
    public async Task An_index_on_a_full_disk_is_done_without()
    {
        // A file where the folder should be: nothing can be written there.
        Directory.Delete(Folder, recursive: true);
        await File.WriteAllTextAsync(Folder, "in the way");
        await using (var ledger = await OpenAsync())
        {
            await _life.LiveAsync(ledger, 300);
            Assert.Null(await _life.FindForgottenAsync(ledger));
        }
        File.Delete(Folder);
        await ExpectPlainAsync();
        await AssertHealsAsync();
    }

    [Fact]
    public async Task Damage_that_only_the_writing_of_the_index_meets_is_made_good()
    {
        await using var ledger = await OpenAsync();
        foreach (var file in Directory.GetFiles(Folder, "ids-*"))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete);
            open.Position = 100;
            open.Write([77, 78, 79]);
        }
        // The index is written beside the loop: when it meets the damage, only that thread knows.
        for (var i = 0; ledger.Settler.Healed == 0; i++)
        {
            Assert.InRange(i, 0, 100 * RowsMax);
            await TransferNewAsync(ledger, $"new-{i}");
        }
        for (var i = 0; i < 2 * RowsMax; i++) await TransferNewAsync(ledger, $"newer-{i}");
        Assert.Equal(1, ledger.Settler.Healed);
        Assert.Null(await _life.FindForgottenAsync(ledger));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task After_some_new_runs_one_filter_stands_for_all(int reopenings)
    {
        for (var i = 0; i < reopenings; i++)
            await using (var before = await OpenAsync()) await _life.LiveAsync(before, RowsMax);
        await using var ledger = await OpenAsync();
        Assert.Null(ledger.State.Index.Filter);
        await _life.LiveAsync(ledger, 6 * RowsMax);
        Assert.NotNull(ledger.State.Index.Filter);
        Assert.Null(await _life.FindForgottenAsync(ledger));
    }

    private static Task<Transfer> TransferNewAsync(LocalLedger ledger, string id) =>
        ledger.TransferAsync(new TransferRequest
            { Id = id, From = "@world", To = "Fresh", Amount = Minor(1, "USD") });

    [Fact]
    public async Task A_store_that_is_away_while_the_index_heals_stops_nobody_for_ever()
    {
        var store = new UnreliableStore(_store);
        await using var ledger = await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock);
        foreach (var file in Directory.GetFiles(Folder, "ids-*"))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[100] ^= 1;
            using var open = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            open.Write(bytes);
        }
        store.OnRead = () => throw new StoreUnavailableException("the test says so");
        var (id, request, _) = _life.Told[0];
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RandomLife.AskAsync(ledger, id, request));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.GetEntryAsync(id));
        store.OnRead = () => default;
        Assert.Null(await _life.FindForgottenAsync(ledger));
        await AssertSameAsync(ledger);
    }

    [Fact]
    public async Task A_store_that_is_away_when_an_older_index_comes_back_stops_nobody_for_ever()
    {
        await using (var ledger = await OpenAsync()) await _life.LiveAsync(ledger, 3 * RowsMax);
        var old = CopyFolder();
        await using (var ledger = await OpenAsync()) await _life.LiveAsync(ledger, 3 * RowsMax);
        var store = new UnreliableStore(_store);
        await using var open = await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock);
        Directory.Delete(Folder, recursive: true);
        IndexedChain.CopyFolder(old, Folder);
        var (reads, failures) = (0, 0);
        store.OnRead = () => ++reads <= 3 ? throw new StoreUnavailableException("the test says so") : default;
        for (var i = 0; open.Settler.Healed == 0; i++)
        {
            Assert.InRange(i, 0, 20 * RowsMax);
            try
            {
                await TransferNewAsync(open, $"new-{i}");
            }
            catch (StoreUnavailableException)
            {
                failures++; // Nothing was decided; the next one is.
            }
        }
        Assert.True(reads > 3 && failures < reads);
        store.OnRead = () => default;
        Assert.Null(await _life.FindForgottenAsync(open));
        await ExpectPlainAsync();
        await AssertSameAsync(open);
    }

    [Fact]
    public async Task A_ledger_that_stopped_keeps_nothing_of_what_it_had_in_mind()
    {
        var store = new UnreliableStore(_store);
        await using (var ledger = await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock))
        {
            store.OnCreate = _ => throw new InvalidOperationException("a store that breaks its word");
            var batch = Enumerable.Range(0, RowsMax / 2).Select(i => new TransferRequest
                { Id = $"lost-{i}", From = "@world", To = "Nobody", Amount = Minor(1) }).ToArray();
            await Assert.ThrowsAnyAsync<SettleException>(() => ledger.TransferBatchAsync(batch));
        }
        await AssertHealsAsync();
    }

    private Task<LocalLedger> OpenAsync(string? folder = null) =>
        MemoryLedger.OpenAsync(_store, folder ?? Folder, RowsMax, _clock);

    private async Task AssertSameAsync(LocalLedger ledger) =>
        Assert.Equal(_expected, await LedgerAnswers.OfAsync(ledger));

    private async Task ExpectPlainAsync()
    {
        await using var plain = await MemoryLedger.OpenAsync(_store, _clock);
        _expected = await LedgerAnswers.OfAsync(plain);
    }

    /// <summary>The answers are right at once, and after closing the index is whole again.</summary>
    private async Task AssertHealsAsync(string? folder = null)
    {
        folder ??= Folder;
        await using (var ledger = await OpenAsync(folder))
        {
            await AssertSameAsync(ledger);
            Assert.Null(await _life.FindForgottenAsync(ledger));
        }
        Assert.True(IndexManifest.Read(new DiskFolder(folder)).Height > 0);
        await using var again = await OpenAsync(folder);
        await AssertSameAsync(again);
        Assert.Equal(0, again.Settler.Healed);
    }

    private static bool IsOfIndex(string file) => Path.GetFileName(file) is not ("lock" or "turn");

    private string CopyFolder()
    {
        var copy = _directory.File(Guid.NewGuid().ToString("N"));
        IndexedChain.CopyFolder(Folder, copy);
        return copy;
    }
}
