using Settle.Stores;
using Settle.Stores.Sqlite;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

public sealed class SqliteStoreTests : StoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        for (var start = 0; start < 3; start++)
        {
            await using var store = await SqliteStore.OpenAsync(directory.File("bank.db"));
            Assert.Equal(start, (await store.ReadAsync("", "z", 10, None)).Count);
            await store.CreateAsync($"{start}", new byte[start * 100_000], None);
        }
    }

    [Fact]
    public async Task A_closed_file_is_whole_by_itself()
    {
        using var directory = new TemporaryDirectory();
        await using (var store = await SqliteStore.OpenAsync(directory.File("bank.db")))
            await store.CreateAsync("a", "x"u8.ToArray(), None);
        Assert.Equal(["bank.db"], Directory.GetFiles(directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Many_stores_make_one_new_file_at_once_and_race_on_it()
    {
        using var directory = new TemporaryDirectory();
        for (var file = 0; file < 10; file++)
        {
            var path = directory.File($"{file}.db");
            var created = 0;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                await using var store = await SqliteStore.OpenAsync(path);
                for (var height = 0; height < 5; height++)
                {
                    var outcome = await store.CreateAsync($"{height}", new byte[10], None);
                    if (outcome == CreateOutcome.Created)
                        Interlocked.Increment(ref created);
                }
            })));
            Assert.Equal(5, created);
        }
    }

    [Fact]
    public async Task An_empty_file_becomes_a_ledger_file_only_for_who_may_make_one()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        await File.WriteAllBytesAsync(path, [], None);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => SqliteStore.OpenAsync(path, SqliteAccess.ReadWrite));
        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWriteCreate);
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync("a", new byte[1], None));
    }

    [Fact]
    public async Task Names_that_URIs_and_SQLite_treat_specially_are_plain_names_here()
    {
        using var directory = new TemporaryDirectory();
        string[] names = ["a b?mode=ro#x%20.db", ":memory:", "file:x.db", "b\u00e4nk.db"];
        foreach (var name in names)
        {
            await using var store = await SqliteStore.OpenAsync(directory.File(name));
            await store.CreateAsync("a", new byte[1], None);
            Assert.True(File.Exists(directory.File(name)));
        }
    }

    [Fact]
    public async Task A_file_deleted_under_an_open_store_takes_no_more_writes()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        await using var store = await SqliteStore.OpenAsync(path);
        await store.CreateAsync("a", new byte[1], None);
        File.Move(path, path + ".away");
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.CreateAsync("b", new byte[1], None));
        Assert.Contains("moved or deleted", error.Message, StringComparison.Ordinal);
        File.Move(path + ".away", path);
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync("b", new byte[1], None));
    }

    [Fact]
    public async Task A_disposed_store_says_so()
    {
        using var directory = new TemporaryDirectory();
        var store = await SqliteStore.OpenAsync(directory.File("bank.db"));
        await store.DisposeAsync();
        await store.DisposeAsync();
        foreach (var size in new[] { 1, 100_000 })
            await Assert.ThrowsAsync<ObjectDisposedException>(
                async () => await store.CreateAsync("a", new byte[size], None));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await store.GetAsync("a", None));
    }

    internal override async Task<StorePlace> NewPlaceAsync()
    {
        var directory = new TemporaryDirectory();
        return new StorePlace(await SqliteStore.OpenAsync(directory.File("bank.db")), directory);
    }
}
