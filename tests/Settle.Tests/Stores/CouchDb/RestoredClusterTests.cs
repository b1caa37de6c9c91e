using Settle.Local;
using Settle.Simulation;
using Settle.Tests.Rules;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>A cluster's database that is put back, or made anew, under an open ledger.</summary>
public sealed class RestoredClusterTests : IAsyncDisposable
{
    private const string Second = "block:main:000000000002";
    private const string Fourth = "block:main:000000000004";

    private readonly ScriptedCluster _cluster = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ledger_whose_cluster_is_put_back_stops(bool isMadeAnew)
    {
        await using var ledger = await OpenAsync();
        for (var number = 1; number < 4; number++) await PayAsync(ledger, $"t-{number}");
        await BeSureNoMoreAsync();
        for (var copy = 0; copy < 3; copy++) _cluster.SetBack(copy, Second);
        if (isMadeAnew) _cluster.Instance++;
        var writes = _cluster.Writes;
        var error = await Assert.ThrowsAnyAsync<SettleException>(() => PayAsync(ledger, "t-9"));
        Assert.Contains("block:main:000000000003", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-9"));
        Assert.Equal(writes, _cluster.Writes);
        Assert.IsType<StoreCorruptException>(await ledger.FindObstacleAsync(Stop));
    }

    [Fact]
    public async Task Another_block_at_the_newest_height_is_noticed_too()
    {
        await using var ledger = await OpenAsync();
        await PayAsync(ledger, "t-1");
        await PayAsync(ledger, "t-2");
        await BeSureNoMoreAsync();
        for (var copy = 0; copy < 3; copy++) _cluster.SetBack(copy, Second);
        await using (var other = await OpenAsync()) await PayAsync(other, "t-7");
        await Assert.ThrowsAnyAsync<SettleException>(() => PayAsync(ledger, "t-9"));
        await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-9"));
    }

    [Fact]
    public async Task A_copy_that_lags_behind_is_not_taken_for_a_restored_one()
    {
        await using var ledger = await OpenAsync();
        for (var number = 1; number < 4; number++) await PayAsync(ledger, $"t-{number}");
        await BeSureNoMoreAsync();
        _cluster.SetBack(0, Second);
        _cluster.Reader = 0;
        await PayAsync(ledger, "t-4");
        _cluster.Reader = 1;
        await using var other = await OpenAsync();
        Assert.Equal(Fourth, (await other.Store.GetAsync(Fourth, Stop))!.Id);
    }

    [Fact]
    public async Task While_a_copy_is_away_nobody_knows_whether_it_was_put_back()
    {
        await using var ledger = await OpenAsync();
        for (var number = 1; number < 4; number++) await PayAsync(ledger, $"t-{number}");
        await BeSureNoMoreAsync();
        _cluster.SetBack(0, Second);
        _cluster.SetBack(1, Second);
        _cluster.Down.Add(2);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PayAsync(ledger, "t-9"));
        _cluster.Down.Clear();
        await PayAsync(ledger, "t-9");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    [InlineData(-10, true)]
    public async Task What_a_database_says_of_the_time_is_compared_with_this_machines_clock(
        int minutes, bool differs)
    {
        var network = new CouchNetwork(TimeProvider.System)
        {
            WallClock = new ManualClock { Now = DateTimeOffset.UtcNow.AddMinutes(minutes) },
        };
        await using var store = await CouchStore.OpenAsync(CouchAddress.Parse(_cluster.Location),
            mayMake: false, isReadOnly: false, Stop, network);
        Assert.Equal((differs, false), (store.Clock!.Differs, store.Clock.IsOfAnotherMachine));
        Assert.Equal(minutes, store.Clock.Ahead.TotalMinutes, 0.5);
    }

    // The store believes for 20 ms what it has seen. Waiting for the clock, not for something else.
    private static async Task BeSureNoMoreAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMilliseconds(25))
            await Task.Yield();
    }

    private async Task<LocalLedger> OpenAsync()
    {
        var store = await CouchStore.OpenAsync(
            CouchAddress.Parse(_cluster.Location), mayMake: false, isReadOnly: false, Stop);
        return await LocalLedger.OpenAsync(
            "bank", new ClusterStore(store), null, new LedgerOptions(), Stop);
    }

    private static Task<Transfer> PayAsync(LocalLedger ledger, string id) =>
        ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), id, Stop);
}
