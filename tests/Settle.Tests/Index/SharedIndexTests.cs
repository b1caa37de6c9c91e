using Settle.Index;
using Settle.TestHost;
using Settle.Tests.Crash;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>Two processes on one ledger share one index: what either wrote is right for both.</summary>
public sealed class SharedIndexTests
{
    // Each process gathers so many ids that it would write runs, several times.
    private const int Share = 300_000;

    [Fact]
    public async Task Two_processes_that_settle_at_once_leave_an_index_that_agrees_with_the_chain()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        HostProcess[] writers =
        [
            new("settle", path, "0", $"{Share}", "5000", "2"),
            new("settle", path, $"{Share - 20_000}", $"{Share}", "5000", "2"),
        ];
        await Task.WhenAll(writers.Select(writer => writer.BeginAsync()));
        foreach (var writer in writers)
        {
            await writer.FinishAsync();
            writer.Dispose();
        }
        var manifest = IndexManifest.Read(new DiskFolder(path + ".index"));
        Assert.True(manifest.Height > 0 && manifest.Ids.Count > 0);

        const int Count = (2 * Share) - 20_000;
        await using var ledger = await Ledger.OpenAsync(path);
        var naive = await NaiveLedger.ReadAsync(ledger);
        Assert.Equal(Count, naive.Verdicts.Count);
        for (var number = 0; number < Count; number += 1777)
        {
            var id = NumberedTransfers.For(number).Id!;
            var transfer = (await ledger.GetTransferAsync(id))!;
            Assert.Equal(naive.Verdicts[id].Block, transfer.Block);
            Assert.Equal(naive.Verdicts[id].Refusal == RefusalCode.None, transfer.Reason is null);
        }
        Assert.Null(await ledger.GetTransferAsync(NumberedTransfers.For(Count).Id!));
        Directory.Delete(path + ".index", recursive: true);
        await using var plain = await Ledger.OpenAsync(path, new LedgerOptions { IsReadOnly = true });
        foreach (var account in (string[])["account0", "account7", "account39"])
        {
            var here = await ledger.ListEntriesAsync(account, new EntryQuery { Limit = 1000 });
            var there = await plain.ListEntriesAsync(account, new EntryQuery { Limit = 1000 });
            Assert.Equal(there.Items, here.Items);
        }
        var middle = AsOf.AtHeight((await plain.GetInfoAsync()).Height / 2);
        Assert.Equal(await plain.ListBalancesAsync(middle), await ledger.ListBalancesAsync(middle));
    }
}
