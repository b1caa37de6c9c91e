using System.Text;
using Settle.Stores.Memory;
using Settle.Tests.Client;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>How a ledger in a database learns of blocks that others wrote.</summary>
[Collection<SharedCouch>]
public sealed class CatchUpTests(CouchFixture couch)
{
    [Fact]
    public async Task A_thousand_blocks_take_a_few_requests()
    {
        const int blocks = 1000;
        using var place = couch.NewDatabase();
        await (await place.OpenAsync()).DisposeAsync();
        await FillAsync(place, blocks);
        await using var proxy = new LossyProxy(place.Server);
        var requests = 0;
        proxy.OnRequest = text =>
        {
            if (text.StartsWith("GET ", StringComparison.Ordinal)) Interlocked.Increment(ref requests);
            return Task.CompletedTask;
        };
        await using var ledger = await place.OpenAsync(place.LocationAt(proxy.Address));
        Assert.Equal(blocks, (await ledger.GetInfoAsync()).Height);
        Assert.InRange(requests, 1, 50);
    }

    [Fact]
    public async Task Large_blocks_are_read_one_by_one_and_a_missing_one_is_noticed()
    {
        const int blocks = 14;
        using var place = couch.NewDatabase();
        await using (var writer = await place.OpenAsync())
        {
            for (var number = 0; number < blocks; number++)
                await writer.TransferBatchAsync(Transfers(number), TestContext.Current.CancellationToken);
        }
        await using var proxy = new LossyProxy(place.Server);
        var requests = new List<string>();
        proxy.OnRequest = text =>
        {
            lock (requests) requests.Add(text[..text.IndexOf('\n', StringComparison.Ordinal)]);
            return Task.CompletedTask;
        };
        using var elsewhere = new TemporaryDirectory();
        Task<ILedger> OpenAsync(string name) => Ledger.OpenAsync(place.LocationAt(proxy.Address),
            new LedgerOptions { CacheFolder = elsewhere.File(name) });
        await using (var reader = await OpenAsync("first"))
            Assert.InRange((await reader.GetInfoAsync()).Height, blocks, blocks + 1);
        Assert.Contains(requests, line => line.StartsWith("GET", StringComparison.Ordinal)
            && line.Contains($"block%3Amain%3A{blocks:D12} ", StringComparison.Ordinal));
        Assert.InRange(requests.Count(line => line.Contains("_all_docs", StringComparison.Ordinal)), 1, 6);

        // One that never was there, as after a restore that lost a part.
        using var hole = couch.NewDatabase();
        hole.Send(HttpMethod.Put, "").Dispose();
        using var from = place.AsAdmin();
        using var to = hole.AsAdmin();
        for (var height = 1; height <= blocks; height++)
        {
            var block = from.Get($"block%3Amain%3A{height:D12}").AsObject();
            block.Remove("_rev");
            if (height != blocks - 2) Assert.Equal(201, to.Put(block).Status);
        }
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => hole.OpenAsync());
        Assert.Contains($"block {blocks - 2} is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_ledger_is_told_of_others_blocks_and_hardly_asks()
    {
        using var place = couch.NewDatabase();
        await using var proxy = new LossyProxy(place.Server);
        var listings = 0;
        var longpolls = new SemaphoreSlim(0);
        proxy.OnRequest = text =>
        {
            if (text.Contains("/_all_docs?", StringComparison.Ordinal))
                Interlocked.Increment(ref listings);
            if (text.Contains("feed=longpoll", StringComparison.Ordinal)) longpolls.Release();
            return Task.CompletedTask;
        };
        await using var writer = await place.OpenAsync();
        await using var reader = await place.OpenAsync(place.LocationAt(proxy.Address));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.True(await longpolls.WaitAsync(TimeSpan.FromSeconds(60), cancellation));
        var before = listings;
        await Task.Delay(2000, cancellation);
        Assert.InRange(listings - before, 0, 10);
        await writer.TransferAsync(
            new TransferRequest { From = "@world", To = "Alex", Amount = Minor(5) }, cancellation);
        while ((await reader.GetInfoAsync(cancellation)).Height == 0)
            await Task.Delay(10, cancellation);
    }

    private static TransferRequest[] Transfers(int batch) => [.. Enumerable.Range(0, 4000).Select(number =>
        new TransferRequest { Id = $"transfer-{batch}-{number}", From = "@world", To = "Alex", Amount = Minor(1) })];

    // A chain that was made in memory, put there as a replication would.
    private static async Task FillAsync(CouchPlace place, int blocks)
    {
        await using var store = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(new Settling.UnreliableStore(store)))
        {
            for (var number = 0; number < blocks; number++)
                await ledger.TransferAsync(new TransferRequest
                    { Id = $"t-{number}", From = "@world", To = "Alex", Amount = Minor(1) });
        }
        var documents = await store.ReadAsync("", "~", blocks, default);
        var body = $$"""{"docs":[{{string.Join(',', documents.Select(document =>
            Encoding.UTF8.GetString(document.Body.Span)))}}]}""";
        using var answer = place.Send(HttpMethod.Post, "/_bulk_docs", body);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
