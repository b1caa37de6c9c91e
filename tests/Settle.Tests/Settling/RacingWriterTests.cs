using System.Collections.Concurrent;
using Settle.Chain;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>Several writers on one chain, in good and in bad weather.</summary>
public sealed class RacingWriterTests
{
    private const int Ids = 240;
    private const int CallersPerWriter = 6;

    [Theory]
    [InlineData(2, 0, 1)]
    [InlineData(4, 0, 2)]
    [InlineData(1, 40, 3)]
    [InlineData(2, 25, 4)]
    [InlineData(3, 25, 5)]
    [InlineData(4, 15, 6)]
    [InlineData(3, 60, 7)]
    public async Task Each_id_is_decided_once_and_everybody_is_told_the_same(int writers, int percent, int seed)
    {
        await using var inner = new MemoryStore();
        var told = new ConcurrentBag<(string Id, Verdict Verdict)>();
        var ledgers = new List<LocalLedger>();
        var clock = new ManualClock();
        for (var writer = 0; writer < writers; writer++)
        {
            var store = new UnreliableStore(inner);
            ledgers.Add(await MemoryLedger.OpenAsync(store, clock));
            new SeededFaults((seed * 100) + writer) { Percent = percent }.Strike(store);
        }
        await Task.WhenAll(ledgers.SelectMany((ledger, writer) => Enumerable.Range(0, CallersPerWriter)
            .Select(caller => Task.Run(() => CallAsync(ledger, inner, told, new Random(
                (seed * 1000) + (writer * 100) + caller))))));
        foreach (var ledger in ledgers) await ledger.DisposeAsync();

        var chain = await WrittenChain.ReadAsync(inner);
        Assert.Equal(Ids, told.Select(each => each.Id).Distinct().Count());
        Assert.All(told, each => Assert.Equal(chain.Verdicts[each.Id],
            (each.Verdict.Refusal, each.Verdict.Block)));
        Assert.Equal(Ids + 1, chain.Verdicts.Count);
        Assert.Contains(chain.Verdicts.Values, verdict => verdict.Refusal == RefusalCode.InsufficientFunds);
        await AssertReadAsync(inner, chain);
    }

    [Fact]
    public async Task A_refresh_sees_what_was_written_after_a_block_whose_answer_is_still_on_its_way()
    {
        await using var inner = new MemoryStore();
        var store = new LateAnswerStore(inner);
        await using var waiting = await MemoryLedger.OpenAsync(store, new StandingClock());
        await using var other = await MemoryLedger.OpenAsync(new UnreliableStore(inner), new StandingClock());
        var first = waiting.TransferAsync("@world", "Alex", Money.Of(1, "USD"), "t-1");
        await store.Created;
        Assert.Equal(2, (await other.TransferAsync("@world", "Alex", Money.Of(1, "USD"), "t-2")).Block);
        var refresh = waiting.Settler.RefreshAsync();
        store.Gate.SetResult();
        await refresh;
        Assert.Equal(2, waiting.State.Height);
        Assert.Equal(1, (await first).Block);
    }

    [Fact]
    public async Task Writers_that_never_read_each_others_news_still_agree()
    {
        // The second writer learns of the first one's blocks only by losing races.
        await using var inner = new MemoryStore();
        var first = await MemoryLedger.OpenAsync(new UnreliableStore(inner));
        var second = await MemoryLedger.OpenAsync(new UnreliableStore(inner));
        await using (first)
        await using (second)
        {
            for (var i = 0; i < 40; i++)
            {
                await first.TransferAsync(Transfer(6 * i));
                await second.TransferAsync(Transfer((6 * i) + 3));
                await second.TransferAsync(Transfer(6 * i));
            }
        }
        var chain = await WrittenChain.ReadAsync(inner);
        Assert.Equal(81, chain.Verdicts.Count);
    }

    // Every caller sends every id once or twice, in an order of its own, until it is told a verdict.
    private static async Task CallAsync(LocalLedger ledger, MemoryStore inner,
        ConcurrentBag<(string Id, Verdict Verdict)> told, Random random)
    {
        var order = Enumerable.Range(0, Ids).ToArray();
        random.Shuffle(order);
        foreach (var number in order.AsSpan(0, Ids * 2 / 3).ToArray())
        {
            var verdict = await InsistAsync(ledger, Transfer(number), random.Next(2) == 0);
            Assert.True(await IsDurableAsync(inner, Transfer(number).Id!, verdict.Block));
            told.Add((Transfer(number).Id!, verdict));
        }
    }

    private static async Task<Verdict> InsistAsync(LocalLedger ledger, TransferRequest request, bool inBatch)
    {
        while (true)
        {
            try
            {
                if (inBatch) return (await ledger.TransferBatchAsync(new[] { request }))[0];
                var transfer = await ledger.TransferAsync(request);
                return new Verdict(RefusalCode.None, transfer.Block, transfer.Replayed);
            }
            catch (RejectedException e)
            {
                return new Verdict(e.Refusal, e.Block, e.Replayed);
            }
            catch (Exception e) when (e is StoreUnavailableException or OutcomeUnknownException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<bool> IsDurableAsync(MemoryStore inner, string id, long height)
    {
        var document = await inner.GetAsync(BlockId.Format(new LedgerOptions().Site, height), CancellationToken.None);
        return document is not null && System.Text.Encoding.UTF8.GetString(document.Body.Span)
            .Contains($"\"id\":\"{id}\"", StringComparison.Ordinal);
    }

    // Some bring money in, the others spend it: what succeeds depends on the order.
    private static TransferRequest Transfer(int number) => number % 3 == 0
        ? new TransferRequest { Id = $"t-{number}", From = "@world", To = Name(number), Amount = Minor(10) }
        : new TransferRequest { Id = $"t-{number}", From = Name(number), To = Name(number + 1), Amount = Minor(7) };

    private static string Name(int number) => $"account {number % 5}";

    private static async Task AssertReadAsync(MemoryStore inner, WrittenChain chain)
    {
        await using var ledger = await MemoryLedger.OpenAsync(inner);
        foreach (var balance in await ledger.ListBalancesAsync())
            Assert.Equal(chain.Ledger.Balance(balance.Account, balance.Asset).Balance, balance.Amount.Units);
    }
}
