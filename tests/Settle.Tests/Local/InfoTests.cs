using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Settling;
using Xunit;

namespace Settle.Tests.Local;

public sealed class InfoTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Accounts_are_counted_as_often_as_they_are_listed(int seed)
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, clock);
        var life = new RandomLife(seed, clock);
        for (var i = 0; i < 40; i++)
        {
            await life.LiveAsync(ledger, 3);
            // A rejected transfer names accounts without making them.
            await Assert.ThrowsAsync<InsufficientFundsException>(() => ledger.TransferAsync(
                new TransferRequest { From = $"poor-{i}", To = $"hopeful-{i}", Amount = Minor(1) }));
            if (i % 2 == 0)
                await ledger.TransferAsync(new TransferRequest { From = "@world", To = $"hopeful-{i}", Amount = Minor(1) });
            await AssertCountedAsync(ledger);
        }
        await using var again = await MemoryLedger.OpenAsync(store, clock);
        await AssertCountedAsync(again);
    }

    [Fact]
    public async Task The_count_of_accounts_is_kept_with_a_checkpoint()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock))
        {
            await new RandomLife(3, clock).LiveAsync(ledger, 200);
            await Assert.ThrowsAsync<InsufficientFundsException>(() => ledger.TransferAsync(
                new TransferRequest { From = "poor", To = "hopeful", Amount = Minor(1) }));
        }
        Assert.NotEmpty(Directory.GetFiles(directory.File("index"), "checkpoint-*"));
        await using var again = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock);
        await AssertCountedAsync(again);
    }

    [Fact]
    public async Task An_account_counts_once_its_block_is_durable_and_not_when_it_is_lost()
    {
        await using var inner = new MemoryStore();
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await ledger.TransferAsync(new TransferRequest { From = "@world", To = "Alex", Amount = Minor(1) });
        foreach (var fault in (StoreFault[])[StoreFault.Unavailable, StoreFault.None])
        {
            var gate = new TaskCompletionSource<StoreFault>();
            var asked = new TaskCompletionSource();
            store.OnCreate = _ =>
            {
                asked.TrySetResult();
                return new(gate.Task);
            };
            var transfer = ledger.TransferAsync(new TransferRequest { From = "@world", To = "Jane", Amount = Minor(1) });
            await asked.Task;
            Assert.Equal(2, (await ledger.GetInfoAsync()).Accounts);
            gate.SetResult(fault);
            if (fault == StoreFault.None) await transfer;
            else await Assert.ThrowsAsync<StoreUnavailableException>(() => transfer);
            await AssertCountedAsync(ledger);
        }
        Assert.Equal(3, (await ledger.GetInfoAsync()).Accounts);
    }

    private static async Task AssertCountedAsync(LocalLedger ledger) =>
        Assert.Equal((await Paged.AccountsAsync(ledger, 1000)).Count, (await ledger.GetInfoAsync()).Accounts);
}
