using System.Text.Json.Nodes;
using Settle.Tests.Cli;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>Documents that are too large: each is refused by itself, and stops no other.</summary>
[Collection<SharedCouch>]
public sealed class LargeDocumentTests(CouchFixture couch)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_beyond_the_limit_is_told_so_and_uses_up_no_id()
    {
        using var place = await InboxPlace.NewAsync(couch);
        place.Drop(Large("a-1", 70_000));
        place.Drop(Large("a-2", 60_000));
        await using var ledger = await place.OpenAsync();
        await place.SettledAsync();
        var refused = place.Read("a-1");
        Assert.Equal("document", refused["field"]!.GetValue<string>());
        Assert.Contains("may have 65536", place.Verdict("a-1"), StringComparison.Ordinal);
        Assert.Null(refused["block"]);
        Assert.Equal("successful", place.Verdict("a-2"));
        await ledger.TransferAsync(new TransferRequest
            { Id = "a-1", From = "wallet:ann", To = "wallet:bob", Amount = Minor(1) });
    }

    [Fact]
    public async Task A_document_that_no_longer_fits_keeps_no_other_from_its_mark_and_is_named()
    {
        Assert.SkipUnless(couch.IsPouch, "sets the server's limit");
        await using var server = new CouchServer();
        await server.StartAsync();
        using var place = await InboxPlace.NewAsync(new CouchPlace(server.Address, "bank"));
        for (var number = 0; number < 40; number++) place.Drop(Large($"b-{number}", 10_000));
        place.Drop(Large("huge", 300_000));
        SetLimit(server, "60kb");
        var warnings = new List<string>();
        var report = await LedgerDocuments.ResolveAsync(place.Place.Location, DateTimeOffset.UtcNow,
            new LedgerOptions { CacheFolder = place.Place.Cache, Warn = warnings.Add }, cancellationToken: Stop);
        Assert.Equal(["transfer:huge"], report.WithoutOutcome);
        Assert.Equal(40, report.Successful);
        Assert.Equal(["huge"], place.Pending());
        var warning = Assert.Single(warnings);
        Assert.Contains("transfer:huge", warning, StringComparison.Ordinal);
        Assert.Contains("max_document_size", warning, StringComparison.Ordinal);

        // What comes later is not held up either, and the command says that not all got their outcome.
        place.Drop(Large("c-1", 100));
        var run = await CommandRun.OnAsync(place.Place.Location, "resolve");
        Assert.Equal(1, run.Status);
        Assert.Contains("transfer:huge", run.Error, StringComparison.Ordinal);
        Assert.Equal(["huge"], place.Pending());
        SetLimit(server, "64mb");
        Assert.Equal(0, (await CommandRun.OnAsync(place.Place.Location, "resolve")).Status);
        Assert.Equal("document", place.Read("huge")["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_document_that_a_rule_protects_keeps_no_other_from_its_mark_and_is_named()
    {
        using var place = await InboxPlace.NewAsync(couch);
        place.Drop(InboxPlace.Document("a-1", 1));
        place.Drop(InboxPlace.Document("a-2", 1));
        var (status, _) = place.Client.Put(new JsonObject
        {
            ["_id"] = "_design/app",
            ["validate_doc_update"] = "function (doc) { if (doc._id === 'transfer:a-1' && "
                + "doc.status !== 'pending') throw { forbidden: 'not this one' }; }",
        });
        Assert.Equal(201, status);
        var warnings = new List<string>();
        var report = await LedgerDocuments.ResolveAsync(place.Place.Location, DateTimeOffset.UtcNow,
            new LedgerOptions { CacheFolder = place.Place.Cache, Warn = warnings.Add }, cancellationToken: Stop);
        Assert.Equal(["transfer:a-1"], report.WithoutOutcome);
        Assert.Contains("not this one", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal("successful", place.Verdict("a-2"));
    }

    private static JsonObject Large(string id, int characters)
    {
        var document = InboxPlace.Document(id, 1);
        document["note"] = new string('x', characters);
        return document;
    }

    private static void SetLimit(CouchServer server, string size)
    {
        using var http = new HttpClient();
        using var body = new StringContent($"\"{size}\"");
        using var request = new HttpRequestMessage(HttpMethod.Put,
            new Uri(server.Address, "_config/couchdb/max_document_size")) { Content = body };
        using var answer = http.Send(request);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
