using Settle.Chain;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>A chain that an older program began.</summary>
public sealed class OldVersionTests
{
    [Fact]
    public async Task A_chain_of_version_1_is_verified_and_goes_on_in_the_newest()
    {
        var golden = await File.ReadAllBytesAsync(Path.Combine(
            Repository.Root, "tests/Settle.Tests/Chain/Golden/version-1.golden.json"),
            TestContext.Current.CancellationToken);
        await using var store = new MemoryStore();
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(
            BlockId.Format("main", 1), golden, TestContext.Current.CancellationToken));
        await using (var ledger = await MemoryLedger.OpenAsync(store, new ManualClock
        {
            Now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero),
        }))
            await ledger.TransferAsync(new TransferRequest { From = "@world", To = "Alex", Amount = Minor(5) });
        var report = await LedgerVerification.VerifyAsync(
            store, null, TestContext.Current.CancellationToken);
        Assert.Empty(report.Faults);
        var newest = await store.GetAsync(
            BlockId.Format("main", 2), TestContext.Current.CancellationToken);
        Assert.Equal(BlockHeader.CurrentVersion, BlockDocument.Parse(newest!.Id, newest.Body, true).Header.Version);
    }
}
