using Settle.Stores.Memory;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>Stores that take only small documents.</summary>
public sealed class BlockSizeTests
{
    [Theory]
    [InlineData(16_000, true)]
    [InlineData(16_000, false)]
    [InlineData(1_200, false)]
    public async Task Blocks_are_as_small_as_the_store_needs_and_no_request_is_lost(
        int bytesMax, bool saysSo)
    {
        const int count = 2000;
        var store = new LimitedStore(new MemoryStore(), bytesMax, saysSo);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        // Two at once, so that there is a block on top of the one that is refused.
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 2).Select(half =>
            ledger.TransferBatchAsync(Enumerable.Range(half * count, count).Select(Pay).ToArray())));
        Assert.All(verdicts.SelectMany(each => each),
            verdict => Assert.Equal((RefusalCode.None, false), (verdict.Refusal, verdict.Replayed)));
        Assert.Equal(saysSo, store.Refusals == 0);
        var report = await LedgerVerification.VerifyAsync(store, null, CancellationToken.None);
        Assert.True(report.IsClean);
        Assert.Equal((2 * count) + 1, report.Entries);
    }

    [Fact]
    public async Task A_request_that_no_block_can_hold_fails_alone()
    {
        var store = new LimitedStore(new MemoryStore(), 2000, saysSo: false);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        var tooLong = Pay(1) with { Meta = new Dictionary<string, string> { ["k"] = new('x', 500),
            ["l"] = new('x', 500), ["m"] = new('x', 500), ["n"] = new('x', 500) } };
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => ledger.TransferAsync(tooLong));
        Assert.Contains("only 2000", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await ledger.TransferBatchAsync(new[] { Pay(2), Pay(3) })).Length);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.TransferAsync(tooLong));
        Assert.False((await ledger.TransferAsync(Pay(1))).Replayed);
    }

    private static TransferRequest Pay(int number) =>
        new() { Id = $"t-{number}", From = "@world", To = $"a{number % 7}", Amount = Minor(1) };
}
