using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>What a ledger does when its store or its clock fails, and that it goes on by itself.</summary>
public sealed class StoreFailureTests : IAsyncLifetime
{
    private readonly MemoryStore _inner = new();
    private readonly ManualClock _clock = new(speed: 200);
    private UnreliableStore _store = null!;
    private LocalLedger _ledger = null!;
    private TaskCompletionSource<StoreFault> _gate = new();

    public async ValueTask InitializeAsync()
    {
        _store = new UnreliableStore(_inner);
        _ledger = await MemoryLedger.OpenAsync(_store, _clock);
        await PayAsync("t-0", 100);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.TrySetResult(StoreFault.None);
        await _ledger.DisposeAsync();
        await WrittenChain.ReadAsync(_inner);
        await _inner.DisposeAsync();
    }

    [Fact]
    public async Task After_the_store_was_away_work_goes_on_by_itself()
    {
        _store.OnCreate = _ => new(StoreFault.Unavailable);
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => PayAsync("t-1", 1));
        Assert.Equal(100, await AlexAsync());
        _store.OnCreate = _ => new(StoreFault.None);
        Assert.Equal((2, false), await PayAsync("t-1", 1));
        Assert.Equal(101, await AlexAsync());
    }

    [Fact]
    public async Task A_lost_answer_is_found_out()
    {
        Once(StoreFault.LostAnswer);
        Assert.Equal((2, false), await PayAsync("t-1", 1));
        Once(StoreFault.LostRequest);
        Assert.Equal((3, false), await PayAsync("t-2", 1));
        Once(StoreFault.LateLanding);
        Assert.Equal((4, false), await PayAsync("t-3", 1));
        Assert.Equal(103, await AlexAsync());
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_is_called_so_and_asking_again_is_safe()
    {
        // The block lands, but the store never tells: neither the write nor the reading back is answered.
        _store.OnCreate = _ => new(StoreFault.LostAnswer);
        _store.OnRead = () => throw new StoreUnavailableException("the test says so");
        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => PayAsync("t-1", 1));
        Assert.Equal("t-1", error.Id);
        Assert.Equal(["t-1"], error.Ids);
        _store.OnCreate = _ => new(StoreFault.None);
        _store.OnRead = () => default;
        Assert.Equal((2, true), await PayAsync("t-1", 1));
        Assert.Equal(101, await AlexAsync());
    }

    [Fact]
    public async Task A_write_that_was_delivered_twice_counts_once()
    {
        Once(StoreFault.Doubled);
        Assert.Equal((2, true), await PayAsync("t-1", 1));
        Assert.Equal(101, await AlexAsync());
    }

    [Fact]
    public async Task A_height_that_is_taken_and_cannot_be_read_may_be_taken_by_ones_own_block()
    {
        _store.OnCreate = _ => new(StoreFault.Doubled);
        _store.OnRead = () => throw new StoreUnavailableException("the test says so");
        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => PayAsync("t-1", 1));
        Assert.Equal("t-1", error.Id);
        _store.OnCreate = _ => new(StoreFault.None);
        _store.OnRead = () => default;
        Assert.Equal((2, true), await PayAsync("t-1", 1));
        Assert.Equal(101, await AlexAsync());
    }

    [Fact]
    public async Task A_block_that_lands_after_its_writer_gave_up_counts_once()
    {
        var creates = 0;
        _store.OnCreate = _ => new(++creates == 1 ? StoreFault.LateLanding : StoreFault.LostRequest);
        _store.OnRead = () => throw new StoreUnavailableException("the test says so");
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => PayAsync("t-1", 1));
        _store.OnCreate = _ => new(StoreFault.None);
        _store.OnRead = () => default;
        var (block, _) = await PayAsync("t-1", 1);
        Assert.Equal((block, true), await PayAsync("t-1", 1));
        Assert.Equal(101, await AlexAsync());
    }

    [Fact]
    public async Task A_past_that_cannot_be_read_decides_nothing()
    {
        await _ledger.HoldAsync(new HoldRequest { Id = "h-1", From = "Alex", To = "Jane", Amount = Minor(5) });
        await _ledger.DisposeAsync();
        _ledger = await MemoryLedger.OpenAsync(_store, _clock);
        _store.OnRead = () => throw new StoreUnavailableException("the test says so");
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _ledger.CaptureAsync(new CaptureRequest { Id = "c-1", Hold = "h-1" }));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PayAsync("t-0", 100));
        // What needs no past is settled all the same.
        Assert.Equal((3, false), await PayAsync("t-1", 1));
        _store.OnRead = () => default;
        Assert.Equal(4, (await _ledger.CaptureAsync(new CaptureRequest { Id = "c-1", Hold = "h-1" })).Block);
        Assert.Equal((1, true), await PayAsync("t-0", 100));
    }

    [Fact]
    public async Task What_was_decided_is_answered_though_nothing_can_be_read()
    {
        await _ledger.HoldAsync(new HoldRequest { Id = "h-1", From = "Alex", To = "Jane", Amount = Minor(5) });
        // The decision needs what the hold was; that block is in memory from here on.
        Assert.NotNull(await _ledger.GetHoldAsync("h-1"));
        _store.OnRead = () => throw new StoreUnavailableException("the test says so");
        var voided = await _ledger.VoidAsync(new VoidRequest { Id = "v-1", Hold = "h-1" });
        Assert.Equal((false, HoldState.Voided, "h-1"), (voided.Replayed, voided.State!.Value, voided.Id));
        _store.OnRead = () => default;
        var again = await _ledger.VoidAsync(new VoidRequest { Id = "v-1", Hold = "h-1" });
        Assert.Equal((true, HoldState.Voided), (again.Replayed, again.State!.Value));
    }

    [Fact]
    public async Task A_clock_that_goes_back_a_little_does_not_take_the_chain_with_it()
    {
        _clock.Now -= TimeSpan.FromSeconds(Limits.ClockToleranceSeconds);
        Assert.Equal((2, false), await PayAsync("t-1", 1));
        _clock.Now += TimeSpan.FromSeconds(1);
        await PayAsync("t-2", 1);
        var times = (await _ledger.ReadBlocksAsync(1, 10)).Count;
        Assert.Equal(3, times);
        var entries = (await _ledger.ListEntriesAsync("Alex", new EntryQuery())).Items;
        Assert.Single(entries.Select(entry => entry.Time).Distinct());
    }

    [Fact]
    public async Task A_clock_that_is_wrong_stops_the_writer_until_it_is_right()
    {
        var right = _clock.Now;
        _clock.Now = right - TimeSpan.FromSeconds(Limits.ClockToleranceSeconds + 1);
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync("t-1", 1));
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync("t-1", 1));
        Assert.Equal(100, await AlexAsync());
        _clock.Now = right;
        Assert.Equal((2, false), await PayAsync("t-1", 1));
    }

    [Fact]
    public async Task Holds_expire_by_the_chains_time_when_the_clock_goes_back()
    {
        await _ledger.HoldAsync(new HoldRequest { Id = "h-1", From = "Alex", To = "Jane", Amount = Minor(60), ExpiresIn = TimeSpan.FromSeconds(10) });
        _clock.Now += TimeSpan.FromSeconds(10);
        await PayAsync("t-1", 1);
        _clock.Now -= TimeSpan.FromSeconds(10);
        // A block has said that the hold is over.
        var late = await Assert.ThrowsAsync<RejectedException>(
            () => _ledger.CaptureAsync(new CaptureRequest { Id = "c-1", Hold = "h-1" }));
        Assert.Equal(RefusalCode.HoldExpired, late.Refusal);
        Assert.Equal(HoldState.Expired, (await _ledger.GetHoldAsync("h-1"))!.State);
        Assert.Equal(101, (await _ledger.GetAccountAsync("Alex"))!.Balances[0].Available.Units);
    }

    [Fact]
    public async Task An_expired_hold_stays_expired_for_readers_while_a_block_is_under_way()
    {
        await _ledger.HoldAsync(new HoldRequest { Id = "h-1", From = "Alex", To = "Jane", Amount = Minor(60), ExpiresIn = TimeSpan.FromSeconds(10) });
        _clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(100, (await _ledger.GetAccountAsync("Alex"))!.Balances[0].Available.Units);
        var (gate, asked) = Gate();
        var held = _ledger.HoldAsync(
            new HoldRequest { Id = "h-2", From = "Alex", To = "Jane", Amount = Minor(7), ExpiresIn = TimeSpan.FromSeconds(1) });
        await asked;
        Assert.Equal((100, 100), await BothAsync());
        Assert.Equal(HoldState.Expired, (await _ledger.GetHoldAsync("h-1"))!.State);
        // Not even when a hold that nobody sees yet has expired before it is durable.
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal((100, 100), await BothAsync());
        gate.SetResult(StoreFault.None);
        await held;
        Assert.Equal((100, 100), await BothAsync());
        Assert.Equal(HoldState.Expired, (await _ledger.GetHoldAsync("h-2"))!.State);
    }

    [Fact]
    public async Task A_closing_ledger_answers_what_it_has_taken()
    {
        var (gate, asked) = Gate();
        var first = PayAsync("t-1", 1);
        await asked;
        var others = Enumerable.Range(2, 50).Select(i => PayAsync($"t-{i}", 1)).ToList();
        var closing = _ledger.DisposeAsync().AsTask();
        await Task.Delay(20);
        Assert.False(closing.IsCompleted);
        gate.SetResult(StoreFault.None);
        await closing;
        await first;
        await Task.WhenAll(others);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => PayAsync("t-99", 1));
    }

    [Theory]
    [InlineData((int)StoreFault.Unavailable)]
    [InlineData((int)StoreFault.LostRequest)]
    [InlineData((int)StoreFault.LostAnswer)]
    public async Task A_ledger_closes_although_its_store_is_stuck(int fault)
    {
        _store.OnCreate = _ => new((StoreFault)fault);
        _store.OnRead = () => throw new StoreUnavailableException("the test says so");
        var calls = Enumerable.Range(1, 5).Select(i => PayAsync($"t-{i}", 1)).ToList();
        await _ledger.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        foreach (var call in calls)
        {
            var error = await Record.ExceptionAsync(() => call);
            Assert.True(error is StoreUnavailableException or OutcomeUnknownException, $"{error}");
        }
    }

    private (TaskCompletionSource<StoreFault> Gate, Task Asked) Gate()
    {
        _gate = new TaskCompletionSource<StoreFault>();
        var asked = new TaskCompletionSource();
        _store.OnCreate = _ =>
        {
            asked.TrySetResult();
            return new(_gate.Task);
        };
        return (_gate, asked.Task);
    }

    private void Once(StoreFault fault) => _store.OnCreate = _ =>
    {
        _store.OnCreate = _ => new(StoreFault.None);
        return new(fault);
    };

    private async Task<(long Block, bool Replayed)> PayAsync(string id, long amount)
    {
        var transfer = await _ledger.TransferAsync(
            new TransferRequest { Id = id, From = "@world", To = "Alex", Amount = Minor(amount) });
        return (transfer.Block, transfer.Replayed);
    }

    private async Task<Int128> AlexAsync() => (await _ledger.GetAccountAsync("Alex"))!.Balances[0].Balance.Units;

    private async Task<(Int128 Balance, Int128 Available)> BothAsync()
    {
        var balance = (await _ledger.GetAccountAsync("Alex"))!.Balances[0];
        return (balance.Balance.Units, balance.Available.Units);
    }
}
