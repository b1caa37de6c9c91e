using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

public sealed class FullDiskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(1_000)]
    [InlineData(60_000)]
    [InlineData(300_000)]
    public async Task A_full_disk_is_a_clear_error_and_work_goes_on_when_there_is_room(int size)
    {
        using var disk = new Mount("2m");
        await using var store = await SqliteStore.OpenAsync(disk.File("bank.db"));
        var height = 0;
        StoreUnavailableException? error = null;
        while (error is null)
        {
            Assert.True(height < 3000);
            try
            {
                await store.CreateAsync($"{height:d5}", new byte[size], None);
                height++;
            }
            catch (StoreUnavailableException full)
            {
                error = full;
            }
        }
        Assert.Contains("full: free some room", error.Message, StringComparison.Ordinal);
        await AssertHoldsAsync(store, height);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.CreateAsync($"{height:d5}", new byte[size], None));
        await AssertHoldsAsync(store, height);

        disk.Resize("20m");
        Assert.Equal(CreateOutcome.Created,
            await store.CreateAsync($"{height:d5}", new byte[size], None));
        await AssertHoldsAsync(store, height + 1);
        await store.DisposeAsync();
        await using var again = await SqliteStore.OpenAsync(disk.File("bank.db"));
        await AssertHoldsAsync(again, height + 1);
    }

    [Fact]
    public async Task A_store_closed_on_a_full_disk_opens_with_everything_in_it()
    {
        using var disk = new Mount("2m");
        var height = 0;
        await using (var store = await SqliteStore.OpenAsync(disk.File("bank.db")))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            {
                for (; ; height++)
                    await store.CreateAsync($"{height:d5}", new byte[20_000], None);
            });
        }
        await using (var reading = await SqliteStore.OpenAsync(disk.File("bank.db")))
            await AssertHoldsAsync(reading, height);
        disk.Resize("20m");
        await using var writing = await SqliteStore.OpenAsync(disk.File("bank.db"));
        await AssertHoldsAsync(writing, height);
        Assert.Equal(CreateOutcome.Created, await writing.CreateAsync("x", new byte[20_000], None));
    }

    [Fact]
    public async Task A_new_file_on_a_full_disk_is_refused()
    {
        using var disk = new Mount("16k");
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => SqliteStore.OpenAsync(disk.File("bank.db")));
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        disk.Resize("20m");
        await using var store = await SqliteStore.OpenAsync(disk.File("bank.db"));
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync("a", new byte[1], None));
    }

    private static async Task AssertHoldsAsync(SqliteStore store, int count)
    {
        var documents = await store.ReadAsync("", "z", int.MaxValue, None);
        Assert.Equal(Enumerable.Range(0, count).Select(height => $"{height:d5}"),
            documents.Select(document => document.Id));
    }
}
