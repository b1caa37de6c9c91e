using Settle.TestHost;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>Who opens a ledger for reading leaves nothing behind.</summary>
public sealed class ReadOnlyLedgerTests
{
    private static readonly LedgerOptions ReadOnly = new() { IsReadOnly = true, IndexSizes = new() { RowsMax = 64 } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ledger_opened_for_reading_writes_nothing(bool hasIndex)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        await using (var ledger = await Ledger.OpenAsync(path, new LedgerOptions { IndexSizes = new() { RowsMax = 64 } }))
        {
            for (var first = 0; first < 1000; first += 50)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(first, 50));
        }
        if (!hasIndex) Directory.Delete(path + ".index", recursive: true);
        var before = Files(directory);
        await using (var ledger = await Ledger.OpenAsync(path, ReadOnly))
        {
            Assert.Equal(1001, (await ledger.GetInfoAsync()).Entries);
            Assert.NotEmpty((await ledger.ListTransfersAsync(new TransferQuery { Account = "account3" })).Items);
            await Assert.ThrowsAsync<StoreUnavailableException>(
                () => ledger.TransferBatchAsync(NumberedTransfers.Range(1000, 200)));
            Assert.True((await ledger.TransferBatchAsync(NumberedTransfers.Range(0, 1)))[0].Replayed);
        }
        Assert.Equal(before, Files(directory));
    }

    [Fact]
    public async Task A_damaged_index_is_done_without_and_left_as_it_is()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        await using (var ledger = await Ledger.OpenAsync(path, new LedgerOptions { IndexSizes = new() { RowsMax = 64 } }))
        {
            for (var first = 0; first < 1000; first += 50)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(first, 50));
        }
        foreach (var file in Directory.GetFiles(path + ".index", "*.run"))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[100] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        var before = Files(directory);
        await using (var ledger = await Ledger.OpenAsync(path, ReadOnly))
        {
            for (var number = 0; number < 1000; number += 90)
                Assert.NotNull(await ledger.GetTransferAsync(NumberedTransfers.For(number).Id!));
            Assert.NotEmpty((await ledger.ListEntriesAsync("account3", new EntryQuery())).Items);
        }
        Assert.Equal(before, Files(directory));
    }

    // SQLite keeps two files of its own beside one that is open; nothing of a ledger is only there.
    private static List<string> Files(TemporaryDirectory directory) =>
        [.. Directory.GetFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories)
            .Where(name => !name.EndsWith("-wal", StringComparison.Ordinal)
                && !name.EndsWith("-shm", StringComparison.Ordinal))
            .Order().Select(name => File.Exists(name)
                ? $"{name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(name)))}"
                : name)];
}
