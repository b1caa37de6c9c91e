using Settle.Chain;
using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Invoicing;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>A chain that an older program began.</summary>
public sealed class OldVersionTests
{
    [Fact]
    public async Task A_chain_of_version_1_is_verified_and_goes_on()
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
        Assert.Equal(BlockHeader.BaseVersion, BlockDocument.Parse(newest!.Id, newest.Body, true).Header.Version);
    }

    [Fact]
    public async Task A_block_has_the_newest_format_only_if_it_holds_something_new()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await LocalLedger.OpenAsync("bank", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken))
        {
            await MonthEnd.PrepareAsync(ledger, 1, 1);
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = "c0", Amount = Money.Of(5), Description = "coffee", CostCentre = "bar",
            });
            await ledger.TransferAsync("@world", "Alex", Money.Of(5));
        }
        var blocks = await store.ReadAsync(BlockId.Format("main", 1),
            BlockId.Format("main", BlockId.HeightMax), 100, TestContext.Current.CancellationToken);
        var versions = blocks.Select(each => BlockDocument.Parse(each.Id, each.Body, true).Header.Version).ToList();
        Assert.Equal([4, 3], versions[^2..]);
        Assert.All(versions[..^2], version => Assert.Equal(3, version));
        Assert.Empty((await LedgerVerification.VerifyAsync(
            store, null, TestContext.Current.CancellationToken)).Faults);
    }
}
