using Settle.Stores.Memory;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>Stores whose writes take long: who calls again and again shares blocks.</summary>
public sealed class GatheringTests
{
    private const int Callers = 16;
    private const int Calls = 8;

    [Fact]
    public async Task Callers_who_wait_for_their_transfers_are_in_one_block_and_not_in_two()
    {
        var store = new SlowStore(new MemoryStore(), TimeSpan.FromMilliseconds(160));
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var call = 0; call < Calls; call++)
                await ledger.TransferAsync(Pay(caller, call));
        }));
        var info = await ledger.GetInfoAsync();
        // One for each call of all; a few more, because at first nobody knows how long a write takes.
        Assert.InRange(info.Height, Calls, Calls + 3);
    }

    [Fact]
    public async Task Nobody_waits_for_callers_who_do_not_come_back()
    {
        var store = new SlowStore(new MemoryStore(), TimeSpan.FromMilliseconds(20));
        await using var ledger = await MemoryLedger.OpenAsync(store);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(
            caller => ledger.TransferAsync(Pay(caller, 0))));
        for (var call = 1; call <= Calls; call++) await ledger.TransferAsync(Pay(0, call));
        Assert.Equal(Calls + Callers, await CountAsync(store));
    }

    private static async Task<long> CountAsync(SlowStore store) =>
        (await LedgerVerification.VerifyAsync(store, null, CancellationToken.None)).Entries - 1;

    private static TransferRequest Pay(int caller, int call) =>
        new() { Id = $"t-{caller}-{call}", From = "@world", To = $"a{caller}", Amount = Minor(1) };
}
