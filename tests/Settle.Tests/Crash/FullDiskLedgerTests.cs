using Settle.TestHost;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>A ledger whose disk is full or read-only refuses, keeps what it has, and goes on after.</summary>
public sealed class FullDiskLedgerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 4)]
    [InlineData(2000, 2)]
    public async Task A_full_disk_loses_nothing_and_the_same_ledger_goes_on(int batch, int inFlight)
    {
        using var disk = new Mount("3m");
        var path = disk.File("bank.db");
        var acknowledged = new Acknowledged();
        await using (var ledger = await Ledger.OpenAsync(path))
        {
            var errors = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(
                client => FillAsync(ledger, acknowledged, client * 100_000, batch)));
            Assert.All(errors, error =>
                Assert.Contains("full: free some room", error.Message, StringComparison.Ordinal));
            await NaiveLedger.ReadAsync(ledger);

            disk.Resize("60m");
            foreach (var first in Enumerable.Range(0, inFlight).Select(client => client * 100_000))
            {
                var requests = NumberedTransfers.Range(first, 3000);
                acknowledged.Add(requests, await ledger.TransferBatchAsync(requests));
            }
            await NaiveLedger.ReadAsync(ledger);
        }
        await acknowledged.AssertKeptAsync(path, new Random(1));
    }

    [Fact]
    public async Task A_full_disk_on_which_no_ledger_can_be_made_has_none_afterwards()
    {
        using var disk = new Mount("64k");
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(
            disk.File("filler"), new byte[128 * 1024], TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Ledger.OpenAsync(disk.File("bank.db")));
        Assert.Equal([disk.File("filler")], Directory.EnumerateFileSystemEntries(disk.File("")));
    }

    [Fact]
    public async Task A_ledger_on_a_read_only_disk_is_read_and_goes_on_when_it_is_writable()
    {
        using var disk = new Mount("20m");
        var path = disk.File("bank.db");
        var requests = NumberedTransfers.Range(0, 1000);
        await using (var ledger = await Ledger.OpenAsync(path))
            await ledger.TransferBatchAsync(requests);
        disk.MakeReadOnly();
        await using (var ledger = await Ledger.OpenAsync(path))
        {
            Assert.Equal(1000, (await NaiveLedger.ReadAsync(ledger)).Verdicts.Count);
            Assert.All(await ledger.TransferBatchAsync(requests), each => Assert.True(each.Replayed));
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(
                () => ledger.TransferBatchAsync(NumberedTransfers.Range(1000, 10)));
            Assert.Contains("read-only", error.Message, StringComparison.Ordinal);

            disk.MakeReadOnly(false);
            var verdicts = await ledger.TransferBatchAsync(NumberedTransfers.Range(1000, 10));
            Assert.All(verdicts, each => Assert.False(each.Replayed));
            Assert.Equal(1010, (await NaiveLedger.ReadAsync(ledger)).Verdicts.Count);
        }
    }

    private static async Task<StoreUnavailableException> FillAsync(
        ILedger ledger, Acknowledged acknowledged, int first, int batch)
    {
        for (; ; first += batch)
        {
            var requests = NumberedTransfers.Range(first, batch);
            try
            {
                acknowledged.Add(requests, await ledger.TransferBatchAsync(requests));
            }
            catch (StoreUnavailableException full)
            {
                return full;
            }
        }
    }
}
