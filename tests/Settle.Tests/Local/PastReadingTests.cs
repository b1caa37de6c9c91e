using System.Globalization;
using System.Text;
using Settle.Index;
using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>What it costs to read the past, and what it is read from.</summary>
public sealed class PastReadingTests : IDisposable
{
    private const int Changes = 200;
    private const int TransfersEach = 150;

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new();

    private string Folder => _directory.File("index");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_account_of_long_ago_is_found_without_walking_what_came_before_it_and_after_it()
    {
        await using var memory = new MemoryStore();
        var store = new WatchedStore(memory);
        var folder = new CountingFolder(Folder);
        await using (var ledger = await OpenAsync(store, folder)) await LiveAsync(ledger);
        await using var opened = await OpenAsync(store, folder);
        var runs = IndexManifest.Read(folder).Movements;
        Assert.True(runs.Sum(run => run.Rows) > 2 * Changes * TransfersEach);
        Assert.InRange(runs.Count, 1, 10);
        foreach (var moment in (AsOf[])[AsOf.AtTime(new ManualClock().Now.AddMinutes(99)), AsOf.AtHeight(202)])
        {
            folder.Reads = 0;
            var blocks = store.Reads;
            var hot = (await opened.GetAccountAsync("Hot", moment))!;
            Assert.Equal([5, 100 * TransfersEach], hot.Balances.Select(each => (long)each.Balance.Units));
            Assert.Equal(100, hot.Balances[1].Overdraft.Limit.Units);
            Assert.Equal("100", hot.Meta!["change"]);
            // Of each of three assets the balance and the terms, and once the account itself.
            Assert.InRange(folder.Reads, 1, runs.Count * 7);
            Assert.Equal(blocks, store.Reads);
        }
    }

    [Fact]
    public async Task An_index_of_the_version_before_is_made_anew()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store, new DiskFolder(Folder))) await LiveAsync(ledger);
        var path = Path.Combine(Folder, "manifest.json");
        var layout = $"\"Layout\":{IndexManifest.CurrentLayout}";
        var body = (await File.ReadAllTextAsync(path)).Split('\n', 2)[1];
        Assert.Contains(layout, body, StringComparison.Ordinal);
        body = body.Replace(layout, "\"Layout\":2", StringComparison.Ordinal);
        var sum = Checksum.Of(Encoding.UTF8.GetBytes(body)).ToString("x8", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(path, $"{sum}\n{body}");

        await using (var opened = await OpenAsync(store, new DiskFolder(Folder)))
            Assert.Equal(100, await OverdraftAsync(opened, 202));
        Assert.Equal(IndexManifest.CurrentLayout, IndexManifest.Read(new DiskFolder(Folder)).Layout);
        Assert.True(IndexManifest.Read(new DiskFolder(Folder)).Height > 0);
        await using var again = await OpenAsync(store, new DiskFolder(Folder));
        Assert.Equal(100, await OverdraftAsync(again, 202));
    }

    private static async Task<Int128> OverdraftAsync(LocalLedger ledger, long height) =>
        (await ledger.GetAccountAsync("Hot", AsOf.AtHeight(height)))!.Balances[1].Overdraft.Limit.Units;

    // Two blocks a minute: the terms, then transfers. What is in other assets comes before and after.
    private async Task LiveAsync(LocalLedger ledger)
    {
        await ledger.InitializeAsync("USD");
        await ledger.TransferAsync(
            new TransferRequest { From = "@world", To = "Hot", Amount = Minor(5, "EUR") });
        for (var change = 1; change <= Changes; change++)
        {
            await ledger.PutAccountAsync(new AccountRequest
            {
                Account = "Hot", Overdraft = Overdraft.Of(Minor(change)),
                Meta = new Dictionary<string, string> { ["change"] = $"{change}" },
            });
            await ledger.TransferBatchAsync(Enumerable.Range(0, TransfersEach)
                .Select(_ => new TransferRequest { From = "@world", To = "Hot", Amount = Minor(1) }).ToArray());
            _clock.Now += TimeSpan.FromMinutes(1);
        }
        await ledger.TransferAsync(
            new TransferRequest { From = "@world", To = "Hot", Amount = Minor(1, "JPY") });
    }

    private Task<LocalLedger> OpenAsync(IStore store, IFolder folder) =>
        LocalLedger.OpenAsync("memory", store, folder, new LedgerOptions
        {
            Clock = _clock, IndexSizes = new() { RowsMax = 10_000 },
        }, CancellationToken.None);
}
