using Settle.Stores.Memory;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>One writer: when it answers, what it does with many requests, and how it ends.</summary>
public sealed class SettlingTests
{
    [Fact]
    public async Task Nobody_is_answered_and_nothing_is_seen_before_the_block_is_durable()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        var gate = new TaskCompletionSource<StoreFault>();
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await ledger.TransferAsync(In("t-0", "Alex", 5));
        var asked = new TaskCompletionSource();
        store.OnCreate = _ =>
        {
            asked.TrySetResult();
            return new(gate.Task);
        };
        var first = ledger.TransferAsync(In("t-1", "Alex", 10));
        await asked.Task;
        // These are decided on top of the block that is under way.
        var second = ledger.TransferAsync(new TransferRequest { Id = "t-2", From = "Alex", To = "Jane", Amount = Minor(12) });
        var again = ledger.TransferAsync(In("t-1", "Alex", 10));
        await Task.Delay(50);
        Assert.False(first.IsCompleted || second.IsCompleted || again.IsCompleted);
        Assert.Equal(5, (await ledger.GetAccountAsync("Alex"))!.Balances[0].Balance.Units);
        Assert.Null(await ledger.GetTransferAsync("t-1"));
        Assert.Null(await ledger.GetAccountAsync("Jane"));
        Assert.Equal(1, (await ledger.GetInfoAsync()).Height);
        gate.SetResult(StoreFault.None);
        Assert.Equal(2, (await first).Block);
        Assert.Equal(3, (await second).Block);
        Assert.Equal((2, true), ((await again).Block, (await again).Replayed));
        Assert.Equal(3, (await ledger.GetAccountAsync("Alex"))!.Balances[0].Balance.Units);
    }

    [Fact]
    public async Task What_was_decided_on_top_of_a_lost_block_is_decided_again()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await using var other = await MemoryLedger.OpenAsync(new UnreliableStore(inner));
        await ledger.TransferAsync(In("t-0", "Alex", 10));
        var gate = new TaskCompletionSource<StoreFault>();
        var asked = new TaskCompletionSource();
        store.OnCreate = _ =>
        {
            asked.TrySetResult();
            return new(gate.Task);
        };
        var pays = ledger.TransferAsync(Out("t-1", "Alex", 10));
        await asked.Task;
        var paysOn = ledger.TransferBatchAsync(new[] { In("t-2", "Jane", 1), Out("t-3", "Jane", 1) });
        // Meanwhile another writer spends the money.
        await other.TransferAsync(Out("t-9", "Alex", 10));
        gate.SetResult(StoreFault.None);
        var refused = await Assert.ThrowsAsync<InsufficientFundsException>(() => pays);
        Assert.Equal((3, false), (refused.Block, refused.Replayed));
        Assert.All(await paysOn, verdict => Assert.True(verdict.IsSuccessful));
        Assert.Equal(6, (await WrittenChain.ReadAsync(inner)).Verdicts.Count);
    }

    [Fact]
    public async Task An_asset_that_was_named_is_kept_when_another_writer_sets_the_default()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await using var other = await MemoryLedger.OpenAsync(new UnreliableStore(inner));
        var gate = new TaskCompletionSource<StoreFault>();
        var asked = new TaskCompletionSource();
        store.OnCreate = _ =>
        {
            asked.TrySetResult();
            return new(gate.Task);
        };
        // On an empty chain the default would be USD, so that naming it means nothing...
        var named = ledger.TransferAsync(In("t-1", "Alex", 10) with { Asset = "USD" });
        await asked.Task;
        var posted = ledger.TransactAsync(new TransactionRequest
        {
            Id = "x-1",
            Postings = [new Posting { From = "@world", To = "Alex", Amount = Minor(3, "USD") }],
        });
        // ... until somebody else makes it EUR.
        await other.InitializeAsync("EUR");
        gate.SetResult(StoreFault.None);
        Assert.Equal("USD", (await named).Asset);
        Assert.Equal("USD", (await posted).Postings[0].Asset);
        var chain = await WrittenChain.ReadAsync(inner);
        Assert.Equal((13, 0), (chain.Ledger.Balance("Alex", "USD").Balance, chain.Ledger.Balance("Alex", "EUR").Balance));
        // And a repetition of the very same requests is one.
        Assert.True((await ledger.TransferAsync(In("t-1", "Alex", 10) with { Asset = "USD" })).Replayed);
    }

    [Fact]
    public async Task Money_of_an_empty_ledger_is_dollars_though_another_writer_sets_another_default()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await using var other = await MemoryLedger.OpenAsync(new UnreliableStore(inner));
        var gate = new TaskCompletionSource<StoreFault>();
        var asked = new TaskCompletionSource();
        store.OnCreate = _ =>
        {
            asked.TrySetResult();
            return new(gate.Task);
        };
        // Fifty is read as 50.00, because nobody has said yet that it is yen.
        var transfer = ledger.TransferAsync("@world", "Alex", Money.Of(50));
        await asked.Task;
        await other.InitializeAsync("JPY");
        gate.SetResult(StoreFault.None);
        Assert.Equal(("USD", 5000), ((await transfer).Asset, (int)(await transfer).Amount.Units));
        var yen = await ledger.TransferAsync("@world", "Alex", Money.Of(50));
        Assert.Equal(("JPY", 50), (yen.Asset, (int)yen.Amount.Units));
        var chain = await WrittenChain.ReadAsync(inner);
        Assert.Equal((5000, 50), (chain.Ledger.Balance("Alex", "USD").Balance, chain.Ledger.Balance("Alex", "JPY").Balance));
    }

    [Fact]
    public async Task Naming_the_default_asset_in_the_first_block_is_repeated_without_it()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.TransferAsync(In("t-1", "Alex", 10) with { Asset = "USD" });
        Assert.True((await ledger.TransferAsync(In("t-1", "Alex", 10))).Replayed);
        Assert.True((await ledger.TransferAsync(In("t-1", "Alex", 10) with { Asset = "USD" })).Replayed);
    }

    [Fact]
    public async Task Thousands_of_calls_at_once_are_settled_together()
    {
        await using var inner = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(inner);
        var transfers = await Task.WhenAll(Enumerable.Range(0, 5000)
            .Select(i => Task.Run(() => ledger.TransferAsync(In($"t-{i % 4000}", $"a-{i % 4000 % 7}", 1)))));
        Assert.Equal(1000, transfers.Count(transfer => transfer.Replayed));
        var chain = await WrittenChain.ReadAsync(inner);
        Assert.Equal(4001, chain.Verdicts.Count);
        Assert.Equal(-4000, chain.Ledger.Balance("@world", "USD").Balance);
    }

    [Fact]
    public async Task A_batch_larger_than_a_block_spans_several()
    {
        await using var inner = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(inner);
        var requests = Enumerable.Range(0, 60_000).Select(i => In($"t-{i}", $"a-{i % 1000}", 1)).ToArray();
        var verdicts = await ledger.TransferBatchAsync(requests);
        Assert.Equal(60_000, verdicts.Count(verdict => verdict is { IsSuccessful: true, Replayed: false }));
        Assert.True(verdicts[^1].Block > verdicts[0].Block);
        Assert.Equal(verdicts.Select(verdict => verdict.Block).Order(), verdicts.Select(verdict => verdict.Block));
        var chain = await WrittenChain.ReadAsync(inner);
        Assert.Equal(verdicts.Select((verdict, i) => ($"t-{i}", verdict.Block)),
            chain.Verdicts.Where(each => each.Key != "@ledger").Select(each => (each.Key, each.Value.Height)));
        Assert.All(await ledger.TransferBatchAsync(requests), (verdict, i) =>
            Assert.Equal((true, verdicts[i].Block), (verdict.Replayed, verdict.Block)));
    }

    [Fact]
    public async Task An_id_that_stands_twice_in_a_batch_is_decided_once()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var verdicts = await ledger.TransferBatchAsync(new[]
        {
            In("t-1", "Alex", 5), In("t-1", "Alex", 5), In("t-1", "Alex", 6), Out("t-2", "Jane", 1),
            Out("t-2", "Jane", 1), In("t-3", "Jane", 1), Out("t-2", "Jane", 1),
        });
        Assert.Equal(
            [(RefusalCode.None, false), (RefusalCode.None, true), (RefusalCode.IdReused, false),
                (RefusalCode.InsufficientFunds, false), (RefusalCode.InsufficientFunds, true),
                (RefusalCode.None, false), (RefusalCode.InsufficientFunds, true)],
            verdicts.Select(verdict => (verdict.Refusal, verdict.Replayed)));
        Assert.Equal(5, (await ledger.GetAccountAsync("Alex"))!.Balances[0].Balance.Units);
    }

    [Fact]
    public async Task One_malformed_transfer_refuses_its_whole_batch()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var error = await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.TransferBatchAsync(new[] { In("t-1", "Alex", 5), In("t-2", "Alex", 0) }));
        Assert.Equal("[1].amount", error.Field);
        Assert.Equal(0, (await ledger.GetInfoAsync()).Height);
        Assert.Empty(await ledger.TransferBatchAsync(ReadOnlyMemory<TransferRequest>.Empty));
    }

    private static TransferRequest In(string id, string to, long amount) =>
        new() { Id = id, From = "@world", To = to, Amount = Minor(amount) };

    private static TransferRequest Out(string id, string from, long amount) =>
        new() { Id = id, From = from, To = "@world", Amount = Minor(amount) };
}
