using System.Text.Json;
using System.Text.Json.Nodes;
using Settle.Chain;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>A database that is put back to an older state, under an open ledger or between two.</summary>
[Collection<SharedCouch>]
public sealed class RestoredDatabaseTests(CouchFixture couch)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_whose_database_is_put_back_while_it_is_open_stops()
    {
        Assert.SkipUnless(couch.IsPouch, "a database is put back with the tools of one node");
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync())
        {
            await PayAsync(ledger, "t-1");
            var backup = Read(place);
            for (var number = 2; number < 5; number++) await PayAsync(ledger, $"t-{number}");
            PutBack(place, backup);
            await Assert.ThrowsAnyAsync<SettleException>(() => PayAsync(ledger, "t-9"));
            await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-9"));
        }
        // Nothing was written above the gap.
        using (var gap = place.Send(HttpMethod.Get, "/block%3Amain%3A000000000005"))
            Assert.Equal(404, (int)gap.StatusCode);
        await using (var again = await place.OpenAsync())
        {
            var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(again, "t-9"));
            Assert.Contains("has 1 blocks, but had 4", error.Message, StringComparison.Ordinal);
        }
        await using (var told = await Ledger.OpenAsync(place.Location, new LedgerOptions
            { CacheFolder = place.Cache, AcceptRollback = true }, Stop))
            Assert.False((await PayAsync(told, "t-9")).Replayed);
        var report = await LedgerVerification.VerifyAsync(
            place.Location, new LedgerOptions { CacheFolder = place.Cache }, cancellationToken: Stop);
        Assert.True(report.IsClean);
        Assert.Equal(4, Assert.Single(report.Recoveries).LostHeight);
    }

    [Fact]
    public async Task A_word_that_one_machine_was_given_counts_for_the_others()
    {
        Assert.SkipUnless(couch.IsPouch, "a database is put back with the tools of one node");
        using var place = couch.NewDatabase();
        using var elsewhere = new TemporaryDirectory();
        var there = new LedgerOptions { CacheFolder = elsewhere.Path };
        await using (var ledger = await place.OpenAsync()) await PayAsync(ledger, "t-1");
        var backup = Read(place);
        await using (var ledger = await place.OpenAsync()) await PayAsync(ledger, "t-2");
        await using (var other = await Ledger.OpenAsync(place.Location, there, Stop))
            await PayAsync(other, "t-3");
        PutBack(place, backup);
        await using (var told = await Ledger.OpenAsync(place.Location, there with { AcceptRollback = true }, Stop))
            for (var number = 10; number < 14; number++) await PayAsync(told, $"t-{number}");
        await using var here = await place.OpenAsync();
        Assert.False((await PayAsync(here, "t-20")).Replayed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_newest_block_is_looked_for_however_it_was_learned_of(bool isRead)
    {
        Assert.SkipUnless(couch.IsPouch, "a database is put back with the tools of one node");
        using var place = couch.NewDatabase();
        await using var store = await place.OpenStoreAsync();
        await CreateAsync(store, BlockId.Format("main", 1));
        var backup = Read(place);
        await using (var other = await place.OpenStoreAsync())
            await CreateAsync(isRead ? other : store, BlockId.Format("main", 2));
        // As a writer does whose answer was lost.
        if (isRead) Assert.NotNull(await store.GetAsync(BlockId.Format("main", 2), Stop));
        await CreateAsync(store, "effect:mail:1");
        PutBack(place, backup);
        await Assert.ThrowsAsync<StoreCorruptException>(() => CreateAsync(store, BlockId.Format("main", 3)));
    }

    [Fact]
    public async Task A_first_block_is_not_there_when_the_database_was_made_anew_before_the_answer()
    {
        Assert.SkipUnless(couch.IsPouch, "a database is put back with the tools of one node");
        using var place = couch.NewDatabase();
        await using var store = await CouchStore.OpenAsync(
            CouchAddress.Parse(place.Location), mayMake: true, isReadOnly: false, Stop,
            new CouchNetwork(TimeProvider.System, () => new LateAnswer(() => PutBack(place, []))));
        await Assert.ThrowsAsync<StoreCorruptException>(
            () => CreateAsync(store, BlockId.Format("main", 1)));
    }

    /// <summary>Something happens between a block and the answer.</summary>
    private sealed class LateAnswer(Action happens) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Put
                && request.RequestUri!.AbsolutePath.Contains("/block", StringComparison.Ordinal))
                happens();
            return answer;
        }
    }

    private static async Task CreateAsync(CouchStore store, string id) =>
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(id, "{}"u8.ToArray(), Stop));

    private static Task<Transfer> PayAsync(ILedger ledger, string id) =>
        ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), id, Stop);

    private static List<JsonObject> Read(CouchPlace place)
    {
        using var answer = place.Send(HttpMethod.Get, "/_all_docs?include_docs=true");
        using var reader = new StreamReader(answer.Content.ReadAsStream(Stop));
        return [.. JsonNode.Parse(reader.ReadToEnd())!["rows"]!.AsArray()
            .Select(row => row!["doc"]!.DeepClone().AsObject())];
    }

    private static void PutBack(CouchPlace place, List<JsonObject> documents)
    {
        // Nobody restores a database within the 20 ms for which the store is sure of what it saw.
        Thread.Sleep(30);
        place.Send(HttpMethod.Delete, "").Dispose();
        place.Send(HttpMethod.Put, "").Dispose();
        foreach (var document in documents)
        {
            var copy = document.DeepClone().AsObject();
            copy.Remove("_rev");
            var id = Uri.EscapeDataString(copy["_id"]!.GetValue<string>());
            using var put = place.Send(HttpMethod.Put, $"/{id}", JsonSerializer.Serialize(copy));
            Assert.True(put.IsSuccessStatusCode);
        }
    }
}
