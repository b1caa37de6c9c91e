using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// Three copies of a database that behave as CouchDB's do: a copy takes the first body that it is
/// shown, and readers see the body with the greatest revision of whichever copy answers. Who is
/// away, and what a write reaches, a test says.
/// </summary>
internal sealed class ScriptedCluster : IAsyncDisposable
{
    private const string Missing = """{"error":"not_found","reason":"missing"}""";

    private readonly ScriptedServer _server = new();
    private readonly ConcurrentDictionary<string, SortedDictionary<string, string>>[] _copies =
        [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    public ScriptedCluster() => _server.AnswerAsync = AnswerAsync;

    public string Location => _server.Location;

    /// <summary>Copies that are down: they take nothing and say so.</summary>
    public HashSet<int> Down { get; } = [];

    /// <summary>Which copies a write reaches; null for all.</summary>
    public Func<string, int[]?> Reaches { get; set; } = _ => null;

    /// <summary>What comes between two copies of one write.</summary>
    public Func<Task> Between { get; set; } = () => Task.CompletedTask;

    /// <summary>Instead of the answer to a write, when not null.</summary>
    public Func<string, (int Status, string Body)?> Instead { get; set; } = _ => null;

    /// <summary>The copy that readers are answered from.</summary>
    public int Reader { get; set; }

    /// <summary>What listings leave out, as when it was written while they were made.</summary>
    public HashSet<string> Hidden { get; } = [];

    /// <summary>When the database was made.</summary>
    public int Instance { get; set; } = 17;

    public int Writes { get; private set; }

    public int Requests { get; private set; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Puts a body into one copy, as a writer who reached no other.</summary>
    public void Put(int copy, string id, string json) =>
        TryPut(copy, id, (JsonObject)JsonNode.Parse(json)!);

    /// <summary>Writes something on top of a body, on one copy.</summary>
    public void Change(string id)
    {
        var bodies = _copies[0][id];
        var body = bodies.Values.First();
        bodies.Clear();
        bodies["2-a"] = body.Replace("\"_rev\":\"1-", "\"_rev\":\"2-", StringComparison.Ordinal);
    }

    /// <summary>Takes the newest blocks out of a copy, as a restored backup does.</summary>
    public void SetBack(int copy, string idFrom)
    {
        foreach (var id in _copies[copy].Keys.Where(id => string.CompareOrdinal(id, idFrom) >= 0))
            _copies[copy].TryRemove(id, out _);
    }

    /// <summary>The name that a copy gives to a body.</summary>
    public static string RevisionOf(string json) => RevisionOf((JsonObject)JsonNode.Parse(json)!);

    /// <summary>Brings all copies to what each of them knows, as CouchDB does in time.</summary>
    public void Replicate()
    {
        foreach (var from in _copies)
            foreach (var (id, bodies) in from)
                foreach (var to in _copies)
                    lock (to)
                        foreach (var (revision, body) in bodies.ToArray())
                            to.GetOrAdd(id, NewBodies)[revision] = body;
    }

    /// <summary>The writers of the blocks that the copies show, copy by copy.</summary>
    public IEnumerable<string> Shown(string id) => _copies.Select(
        copy => (string)JsonNode.Parse(copy[id].Values.Last())!["writer"]!);

    private static SortedDictionary<string, string> NewBodies(string id) =>
        new(StringComparer.Ordinal);

    private async Task<(int Status, string Body)> AnswerAsync(ScriptedServer.Asked asked)
    {
        lock (_copies) Requests++;
        var path = asked.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(Uri.UnescapeDataString).ToArray();
        if (path[0] == "_node" && path[1] == "_local")
            return (404, """{"error":"not_found","reason":"unknown_config_value"}""");
        if (path[0] == "_node") return ReadCopy(int.Parse(path[1][4..]), path[2], path[3]);
        if (path.Length == 1)
            return (200, """{"db_name":"bank","instance_start_time":"@","cluster":{"n":3}}"""
                .Replace("@", $"{Instance}", StringComparison.Ordinal));
        if (path[1] == "_shards")
            return (200, """{"range":"0-f","nodes":["node0","node1","node2"]}""");
        if (path[1] == "_all_docs") return List(asked.Query);
        if (asked.Method == "PUT") return await WriteAsync(asked, path[1]);
        return Read(path[1]) is { } body ? (200, body) : (404, Missing);
    }

    private async Task<(int Status, string Body)> WriteAsync(ScriptedServer.Asked asked, string id)
    {
        if (asked.Query["w"] != "3") return (400, """{"reason":"without full quorum"}""");
        var body = (JsonObject)JsonNode.Parse(asked.Body)!;
        if (asked.Query["new_edits"] == "false") return Merge(id, body, asked.Body);
        lock (_copies) Writes++;
        if (body.ContainsKey("_rev")) return (409, """{"reason":"a revision"}""");
        var reached = Reaches(id) ?? [0, 1, 2];
        var taken = 0;
        var answered = 0;
        string? revision = null;
        foreach (var copy in Random.Shared.GetItems([0, 1], 1)[0] == 0 ? reached : reached.Reverse())
        {
            await Between();
            if (Down.Contains(copy)) continue;
            answered++;
            if (TryPut(copy, id, body) is not { } made) continue;
            revision = made;
            taken++;
        }
        if (Instead(id) is { } instead) return instead;
        if (taken == 0)
            return answered == 0 ? (500, """{"reason":"no copy"}""")
                : (409, """{"error":"conflict","reason":"Document update conflict."}""");
        return (taken == 3 ? 201 : 202, $$"""{"ok":true,"id":"{{id}}","rev":"{{revision}}"}""");
    }

    // As a replicator writes: beside what there is.
    private (int Status, string Body) Merge(string id, JsonObject body, string sent)
    {
        var revision = (string)body["_rev"]!;
        foreach (var copy in Enumerable.Range(0, _copies.Length).Except(Down))
            lock (_copies[copy]) _copies[copy].GetOrAdd(id, NewBodies)[revision] = sent;
        return (201, $$"""{"ok":true,"id":"{{id}}","rev":"{{revision}}"}""");
    }

    private string? TryPut(int copy, string id, JsonObject body)
    {
        var plain = (JsonObject)body.DeepClone();
        plain.Remove("_id");
        var revision = RevisionOf(plain);
        var full = new JsonObject { ["_id"] = id, ["_rev"] = revision };
        foreach (var (name, value) in plain) full[name] = value?.DeepClone();
        var bodies = _copies[copy].GetOrAdd(id, NewBodies);
        lock (_copies[copy])
        {
            if (bodies.Count > 0) return null;
            bodies[revision] = full.ToJsonString();
            return revision;
        }
    }

    private static string RevisionOf(JsonObject body)
    {
        var plain = (JsonObject)body.DeepClone();
        plain.Remove("_id");
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(plain.ToJsonString()));
        return "1-" + Convert.ToHexStringLower(digest.AsSpan(0, 16));
    }

    private (int Status, string Body) ReadCopy(int copy, string shard, string id)
    {
        if (shard != $"shards/0-f/bank.{Instance}") return (404, """{"reason":"no_db_file"}""");
        if (Down.Contains(copy))
            return (412, $$"""{"error":"nodedown","reason":"node{{copy}} is down"}""");
        lock (_copies[copy])
        {
            var leaves = _copies[copy].TryGetValue(id, out var bodies) ? bodies.Values.ToArray() : [];
            return (200, $"[{string.Join(',', leaves.Select(leaf => $$"""{"ok":{{leaf}}}"""))}]");
        }
    }

    private string? Read(string id)
    {
        lock (_copies[Reader])
            return _copies[Reader].TryGetValue(id, out var bodies) && bodies.Count > 0
                ? bodies.Values.Last() : null;
    }

    private (int Status, string Body) List(System.Collections.Specialized.NameValueCollection query)
    {
        var from = (string)JsonNode.Parse(query["startkey"]!)!;
        var to = (string)JsonNode.Parse(query["endkey"]!)!;
        var rows = _copies[Reader].Keys.Except(Hidden)
            .Where(id => string.CompareOrdinal(id, from) >= 0 && string.CompareOrdinal(id, to) <= 0)
            .Order(StringComparer.Ordinal).Take(int.Parse(query["limit"]!))
            .Select(id => $$"""{"id":"{{id}}","doc":{{Read(id)}}}""");
        return (200, $$"""{"rows":[{{string.Join(',', rows)}}]}""");
    }
}
