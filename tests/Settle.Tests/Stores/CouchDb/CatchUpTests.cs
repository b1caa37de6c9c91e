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
