using Settle.Chain;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>What cannot be: the ledger stops, says so to everybody, and leaves nobody waiting.</summary>
public sealed class FatalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nobody_waits_for_a_ledger_that_stopped_while_it_wrote()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await ledger.TransferAsync(In("t-0"));
        var gate = new TaskCompletionSource<StoreFault>();
        var asked = new TaskCompletionSource();
        store.OnCreate = _ =>
        {
            asked.TrySetResult();
            return new(gate.Task);
        };
        var written = ledger.TransferAsync(In("t-1"));
        await asked.Task;
        var decided = ledger.TransferAsync(In("t-2"));
        gate.SetException(new InvalidOperationException("a store that breaks its word"));
        // Whether the first one stands in the chain, nobody knows.
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => written.WaitAsync(Patience));
        await Assert.ThrowsAsync<StoreCorruptException>(() => decided.WaitAsync(Patience));
        await AssertStoppedAsync(ledger, "breaks its word");
        Assert.Equal(1, (await ledger.GetAccountAsync("Alex"))!.Balances[0].Balance.Units);
    }

    [Fact]
    public async Task Nobody_waits_for_a_request_whose_past_is_damaged()
    {
        await using var inner = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(inner)) await ledger.TransferAsync(In("t-0"));
        var damaging = new DamagingStore(inner);
        await using var opened = await MemoryLedger.OpenAsync(damaging);
        damaging.IsDamaging = true;
        var again = opened.TransferAsync(In("t-0"));
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => again.WaitAsync(Patience));
        Assert.Contains("settle verify", error.ToString(), StringComparison.Ordinal);
        await AssertStoppedAsync(opened, "damaged");
    }

    [Fact]
    public async Task A_chain_that_somebody_continued_wrongly_stops_its_readers()
    {
        await using var inner = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(inner);
        await ledger.TransferAsync(In("t-0"));
        var stranger = new BlockBuilder();
        stranger.Begin("main", 2);
        stranger.Seal("main", BlockHash.None, 1_900_000_000_000_000, "stranger");
        await inner.CreateAsync(stranger.Id, stranger.Body, CancellationToken.None);
        var call = ledger.TransferAsync(In("t-1"));
        await Assert.ThrowsAsync<StoreCorruptException>(() => call.WaitAsync(Patience));
        await AssertStoppedAsync(ledger, "does not follow");
        await Assert.ThrowsAsync<StoreCorruptException>(() => MemoryLedger.OpenAsync(inner));
    }

    [Theory]
    [InlineData("""{"id":"t-9","status":"successful","type":"gift"}""")]
    [InlineData("""{"amount":1,"asset":"gold","from":"A","id":"t-9","status":"successful","to":"B","type":"transfer"}""")]
    [InlineData("""{"amount":1,"from":"Alex","hold":"h-9","id":"c-9","status":"successful","to":"Jane","type":"capture"}""")]
    public async Task A_block_with_an_entry_that_cannot_be_is_a_damaged_chain(string entry)
    {
        await using var inner = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(inner)) await ledger.TransferAsync(In("t-0"));
        var last = BlockDocument.Parse("block:main:000000000001",
            (await inner.GetAsync("block:main:000000000001", CancellationToken.None))!.Body, true);
        var json = System.Text.Encoding.UTF8.GetBytes("\"entries\":[" + entry + "]");
        var tail = System.Text.Encoding.UTF8.GetBytes(",\"height\":2,\"prev\":\"" + last.Header.Hash
            + "\",\"site\":\"main\",\"time\":\"2099-01-01T00:00:00.000000Z\",\"type\":\"block\",\"version\":1,\"writer\":\"x\"}");
        byte[] body = [.. "{\"_id\":\"block:main:000000000002\","u8, .. json,
            .. System.Text.Encoding.UTF8.GetBytes($",\"hash\":\"{BlockBuilder.Hash(json, tail)}\""), .. tail];
        await inner.CreateAsync("block:main:000000000002", body, CancellationToken.None);
        await Assert.ThrowsAsync<StoreCorruptException>(() => MemoryLedger.OpenAsync(inner));
    }

    [Fact]
    public async Task Whoever_follows_a_ledger_that_stops_hears_why()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await ledger.TransferAsync(In("t-0"));
        await using var waiting = FromNowOn(ledger).GetAsyncEnumerator();
        var next = waiting.MoveNextAsync().AsTask();
        store.OnCreate = _ => throw new InvalidOperationException("a store that breaks its word");
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => ledger.TransferAsync(In("t-1")));
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => next.WaitAsync(Patience));
        Assert.Contains("breaks its word", error.Message, StringComparison.Ordinal);
        await using var late = FromNowOn(ledger).GetAsyncEnumerator();
        await Assert.ThrowsAsync<StoreCorruptException>(
            () => late.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_missing_block_is_a_damaged_chain()
    {
        await using var inner = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(inner))
        {
            for (var i = 0; i < 3; i++) await ledger.TransferAsync(In($"t-{i}"));
        }
        await using var holed = new MemoryStore();
        foreach (var document in await inner.ReadAsync("", "~", 9, CancellationToken.None))
            if (!document.Id.EndsWith('2')) await holed.CreateAsync(document.Id, document.Body, CancellationToken.None);
        await Assert.ThrowsAsync<StoreCorruptException>(() => MemoryLedger.OpenAsync(holed));
    }

    private static async Task AssertStoppedAsync(LocalLedger ledger, string why)
    {
        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<StoreCorruptException>(
                () => ledger.TransferAsync(In("t-later")).WaitAsync(Patience));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
        await ledger.DisposeAsync().AsTask().WaitAsync(Patience);
        await Assert.ThrowsAnyAsync<Exception>(() => ledger.TransferAsync(In("t-last")).WaitAsync(Patience));
    }

    private static IAsyncEnumerable<ChainEntry> FromNowOn(LocalLedger ledger) =>
        ledger.FollowAsync(new EntryPosition(ledger.State.Height, int.MaxValue));

    private static TransferRequest In(string id) =>
        new() { Id = id, From = "@world", To = "Alex", Amount = Minor(1) };
}
