using Settle.Tests.Cli;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary><c>settle resolve</c>: returns when all that is pending up to a time is decided.</summary>
[Collection<SharedCouch>]
public sealed class ResolveTests(CouchFixture couch)
{
    [Fact]
    public async Task It_decides_and_marks_what_is_due_and_leaves_the_rest()
    {
        using var place = await InboxPlace.NewAsync(couch);
        place.Drop(InboxPlace.Document("a-1", 10, at: "2026-11-21T20:00:00Z"));
        place.Drop(InboxPlace.Document("a-2", 10, at: "2026-11-21T20:00:01Z"));
        place.Drop(InboxPlace.Document("a-3", 99_999, at: "2026-11-21T19:00:00Z"));
        place.Drop(InboxPlace.Document("a-4", -1, at: "2026-11-21T19:00:00Z"));
        var run = await CommandRun.DoneAsync(place.Place.Location,
            "resolve", "--until", "2026-11-21T20:00:00Z", "--json");
        Assert.Equal((1, 1, 1), (run.Json.GetProperty("successful").GetInt32(),
            run.Json.GetProperty("rejected").GetInt32(), run.Json.GetProperty("malformed").GetInt32()));
        Assert.Equal(["a-2"], place.Pending());
        var rest = await CommandRun.DoneAsync(
            place.Place.Location, "resolve", "--until", "2030-01-01");
        Assert.Contains("1 successful, 0 rejected, 0 malformed", rest.Output, StringComparison.Ordinal);
        Assert.Empty(place.Pending());
        Assert.Contains("0 successful", (await CommandRun.DoneAsync(place.Place.Location, "resolve"))
            .Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_server_it_returns_when_all_is_marked_by_whomever()
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var ledger = await place.OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            for (var number = 0; number < 10; number++)
                place.Drop(InboxPlace.Document($"b-{round}-{number}", 1));
            await LedgerDocuments.ResolveAsync(place.Place.Location, DateTimeOffset.UtcNow,
                new LedgerOptions { CacheFolder = place.Place.Cache });
            Assert.Empty(place.Pending());
        }
        await using var reader = await place.OpenAsync();
        Assert.Equal(50, await InboxTests.BalanceAsync(reader, "wallet:bob"));
    }

    [Fact]
    public async Task Only_a_database_has_documents()
    {
        using var folder = new TemporaryDirectory();
        var run = await CommandRun.OnAsync(folder.File("bank.db"), "resolve");
        Assert.Equal(2, run.Status);
        Assert.Contains("CouchDB", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.OnAsync("couchdb://localhost:1/x", "resolve",
            "--until", "42")).Status);
    }
}
