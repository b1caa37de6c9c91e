using System.Text;
using System.Text.Json.Nodes;
using Settle.Simulation;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>
/// The simulator's model of a database with documents answers as a real server does. Where
/// pouchdb-server answers otherwise than Apache CouchDB, only the latter is asked.
/// </summary>
[Collection<SharedCouch>]
public sealed class DatabaseModelTests(CouchFixture couch)
{
    private delegate (int Status, JsonNode Body) Send(HttpMethod method, string rest, JsonNode? json = null);

    [Fact]
    public void It_answers_as_a_server_does()
    {
        using var place = couch.NewDatabase();
        using var database = place.AsAdmin();
        Assert.Equal(201, database.Send(HttpMethod.Put, "?n=1").Status);
        var (model, real) = (Ask(Model()), Ask((method, rest, json) => database.Send(method, rest, json)));
        Assert.Equal(
        [
            "201 1", "409", "201 2", "409", "conflict ok", "shows 2", "leaves 2 9", "changed 1", "changed 2",
            "ok", "shows 9", "leaves 9", "ok", "404 deleted", "201 4", "404 missing", "all e",
        ], model);
        // pouchdb-server does not know what was deleted from what was never there.
        var count = couch.IsPouch ? model.IndexOf("404 deleted") : model.Count;
        Assert.Equal(model.Take(count), real.Take(count));
    }

    [Fact]
    public void It_fetches_every_revision_as_CouchDB_does()
    {
        using var place = couch.NewDatabase();
        Assert.SkipWhen(couch.IsPouch, "pouchdb-server fetches only what it shows");
        using var database = place.AsAdmin();
        Assert.Equal(201, database.Send(HttpMethod.Put, "?n=1").Status);
        Assert.Equal(Fetch(Model()), Fetch((method, rest, json) => database.Send(method, rest, json)));
    }

    private static Send Model()
    {
        var database = new Database();
        return (method, rest, json) =>
        {
            var body = json is null ? null : Encoding.UTF8.GetBytes(json.ToJsonString());
            var (status, text) = new DatabaseRequest(
                database, method, $"http://server:5984/bank/{rest}", body, "test").Do();
            return (status, JsonNode.Parse(text)!);
        };
    }

    private static List<string> Ask(Send send)
    {
        var answers = new List<string>();
        var (status, first) = send(HttpMethod.Put, "d", new JsonObject { ["a"] = 1 });
        answers.Add($"{status} {Generation(first)}");
        answers.Add($"{send(HttpMethod.Put, "d", new JsonObject { ["a"] = 2 }).Status}");
        (status, var second) = send(HttpMethod.Put, "d",
            new JsonObject { ["a"] = 2, ["_rev"] = Revision(first) });
        answers.Add($"{status} {Generation(second)}");
        answers.Add($"{send(HttpMethod.Put, "d",
            new JsonObject { ["a"] = 3, ["_rev"] = Revision(first) }).Status}");
        answers.Add(WriteAll(send, new JsonObject { ["_id"] = "d", ["_rev"] = Revision(first) },
            new JsonObject { ["_id"] = "e", ["a"] = 5 }));
        Replicate(send, 9);
        answers.Add($"shows {send(HttpMethod.Get, "d").Body["a"]}");
        answers.Add(Leaves(send));
        answers.Add($"changed {Changed(send, "main_only")}");
        answers.Add($"changed {Changed(send, "all_docs")}");
        answers.Add(WriteAll(send, Deletion(Revision(second))));
        var other = send(HttpMethod.Get, "d").Body;
        answers.Add($"shows {other["a"]}");
        answers.Add(Leaves(send));
        answers.Add(WriteAll(send, Deletion(other["_rev"]!.GetValue<string>())));
        (status, var gone) = send(HttpMethod.Get, "d");
        answers.Add($"{status} {gone["reason"]}");
        (status, var anew) = send(HttpMethod.Put, "d", new JsonObject { ["a"] = 6 });
        answers.Add($"{status} {Generation(anew)}");
        WriteAll(send, Deletion(Revision(anew)));
        (status, var missing) = send(HttpMethod.Get, "nothing");
        answers.Add($"{status} {missing["reason"]}");
        answers.Add("all " + string.Join(' ', send(HttpMethod.Get,
            "_all_docs?include_docs=true&limit=9&startkey=%22a%22&endkey=%22z%22").Body["rows"]!
            .AsArray().Select(row => row!["id"])));
        return answers;
    }

    private static string Fetch(Send send)
    {
        var first = send(HttpMethod.Put, "d", new JsonObject { ["a"] = 1 }).Body;
        send(HttpMethod.Put, "d", new JsonObject { ["a"] = 2, ["_rev"] = Revision(first) });
        Replicate(send, 9);
        var rows = send(HttpMethod.Post, "_bulk_get", new JsonObject
        {
            ["docs"] = new JsonArray(
                new JsonObject { ["id"] = "d" }, new JsonObject { ["id"] = "nothing" }),
        }).Body["results"]!.AsArray();
        return string.Join("; ", rows.Select(row => string.Join(' ', row!["docs"]!.AsArray()
            .Select(each => each!["ok"]?["a"]?.ToString() ?? "none").Order())));
    }

    // A revision of somebody who knew of no other.
    private static void Replicate(Send send, int content) => send(HttpMethod.Post, "_bulk_docs",
        new JsonObject
        {
            ["new_edits"] = false,
            ["docs"] = new JsonArray(new JsonObject
            {
                ["_id"] = "d", ["_rev"] = "1-0123456789abcdef0123456789abcdef", ["a"] = content,
            }),
        });

    private static string WriteAll(Send send, params JsonNode[] documents) => string.Join(' ',
        send(HttpMethod.Post, "_bulk_docs", new JsonObject { ["docs"] = new JsonArray(documents) }).Body
            .AsArray().Select(row => row!["error"]?.GetValue<string>() ?? "ok"));

    private static string Leaves(Send send) => "leaves " + string.Join(' ',
        send(HttpMethod.Get, "d?open_revs=all").Body.AsArray().Select(row => row!["ok"]!)
            .Where(leaf => leaf["_deleted"] is null).Select(leaf => leaf["a"]!.ToString()).Order());

    private static int Changed(Send send, string style) => send(HttpMethod.Get,
        $"_changes?limit=100&style={style}&since=0").Body["results"]!.AsArray()
        .Single(row => row!["id"]!.GetValue<string>() == "d")!["changes"]!.AsArray().Count;

    private static JsonObject Deletion(string revision) =>
        new() { ["_id"] = "d", ["_rev"] = revision, ["_deleted"] = true };

    private static string Revision(JsonNode answer) => answer["rev"]!.GetValue<string>();

    private static string Generation(JsonNode answer) => Revision(answer).Split('-')[0];
}
