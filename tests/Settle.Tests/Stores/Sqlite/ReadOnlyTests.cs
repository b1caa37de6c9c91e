using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

public sealed class ReadOnlyTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(SqliteAccess.ReadWriteCreate)]
    [InlineData(SqliteAccess.ReadWrite)]
    [InlineData(SqliteAccess.ReadOnly)]
    internal async Task A_file_on_a_read_only_disk_can_be_read(SqliteAccess opening)
    {
        using var disk = new Mount("2m");
        await MakeAsync(disk.File("bank.db"));
        disk.MakeReadOnly();
        await using var store = await SqliteStore.OpenAsync(disk.File("bank.db"), opening);
        Assert.Single(await store.ReadAsync("", "z", 10, None));
        Assert.NotNull(await store.GetAsync("a", None));
        await AssertReadOnlyAsync(store);
    }

    [Fact]
    public async Task The_same_store_goes_on_working_when_the_disk_is_writable_again()
    {
        using var disk = new Mount("2m");
        await MakeAsync(disk.File("bank.db"));
        disk.MakeReadOnly();
        await using var store = await SqliteStore.OpenAsync(disk.File("bank.db"));
        await AssertReadOnlyAsync(store);
        disk.MakeReadOnly(false);
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync("b", new byte[1], None));
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync("c", new byte[100_000], None));
        Assert.Equal(3, (await store.ReadAsync("", "z", 10, None)).Count);
    }

    [Fact]
    public async Task What_another_writer_adds_meanwhile_is_seen()
    {
        using var disk = new Mount("2m");
        await MakeAsync(disk.File("bank.db"));
        disk.MakeReadOnly();
        await using var reading = await SqliteStore.OpenAsync(
            disk.File("bank.db"), SqliteAccess.ReadOnly);
        Assert.NotNull(await reading.GetAsync("a", None));
        disk.MakeReadOnly(false);
        await using var writing = await SqliteStore.OpenAsync(disk.File("bank.db"));
        await writing.CreateAsync("b", new byte[1], None);
        Assert.NotNull(await reading.GetAsync("b", None));
        await AssertReadOnlyAsync(reading);
    }

    [Fact]
    public async Task A_new_file_cannot_be_made_on_a_read_only_disk()
    {
        using var disk = new Mount("2m");
        disk.MakeReadOnly();
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => SqliteStore.OpenAsync(disk.File("bank.db")));
        Assert.Contains("cannot be opened", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_on_a_read_only_disk_is_no_ledger()
    {
        using var disk = new Mount("2m");
        await File.WriteAllBytesAsync(disk.File("bank.db"), [], None);
        disk.MakeReadOnly();
        await Assert.ThrowsAnyAsync<SettleException>(
            () => SqliteStore.OpenAsync(disk.File("bank.db")));
    }

    [Fact]
    public async Task A_file_opened_for_reading_beside_its_writer_sees_every_write()
    {
        using var directory = new TemporaryDirectory();
        await using var writing = await SqliteStore.OpenAsync(directory.File("bank.db"));
        await using var reading = await SqliteStore.OpenAsync(
            directory.File("bank.db"), SqliteAccess.ReadOnly);
        for (var height = 0; height < 10; height++)
        {
            await writing.CreateAsync($"{height}", new byte[1], None);
            Assert.NotNull(await reading.GetAsync($"{height}", None));
        }
        await AssertReadOnlyAsync(reading);
    }

    private static async Task MakeAsync(string path)
    {
        await using var store = await SqliteStore.OpenAsync(path);
        await store.CreateAsync("a", new byte[1], None);
    }

    private static async Task AssertReadOnlyAsync(SqliteStore store)
    {
        foreach (var size in new[] { 1, 100_000 })
        {
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(
                async () => await store.CreateAsync("new", new byte[size], None));
            Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
        }
        Assert.Null(await store.GetAsync("new", None));
    }
}
