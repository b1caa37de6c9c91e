using Settle.Stores.Memory;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

public sealed class ChainWatcherTests
{
    [Theory]
    [InlineData("block:main:000000000001")]
    [InlineData(null)]
    public async Task A_block_is_read_when_the_store_tells_of_it(string? id)
    {
        await using var chain = new MemoryStore();
        await using var writer = await MemoryLedger.OpenAsync(new UnreliableStore(chain));
        // Its clock stands still: nothing is read because time went by.
        var store = new TellingStore(chain);
        await using var reader = await MemoryLedger.OpenAsync(store, new StillClock());
        await writer.TransferAsync(
            new() { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(5) });
        await store.TellAsync("transfer:7");
        await store.TellAsync("block:lisbon:000000000001");
        var before = store.Reads;
        await store.TellAsync(id);
        await reader.State.WhenAbove(0).WaitAsync(
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(1, reader.State.Height);
        Assert.Equal(before + 1, store.Reads);
    }
}
