using System.Text.Json.Nodes;

namespace Settle.Simulation;

/// <summary>A request as CouchDB answers it, at one moment.</summary>
internal sealed class DatabaseRequest
{
    private const string Missing = """{"error":"not_found","reason":"missing"}""";
    private const string Deleted = """{"error":"not_found","reason":"deleted"}""";
    private const string Conflict =
        "\"error\":\"conflict\",\"reason\":\"Document update conflict.\"}";

    private readonly Database _database;
    private readonly HttpMethod _method;
    private readonly byte[]? _body;
    private readonly string _writer;
    private readonly string _path;
    private readonly Dictionary<string, string> _query;

    public DatabaseRequest(
        Database database, HttpMethod method, string address, byte[]? body, string writer)
    {
        (_database, _method, _body, _writer) = (database, method, body, writer);
        // http://server:5984/bank/document?query
        var halves = address.Split("://", 2)[1].Split('?', 2);
        var path = halves[0].Split('/', 3);
        _path = path.Length < 3 ? "" : path[1] == "bank" ? Uri.UnescapeDataString(path[2])
            : $"/{path[1]}";
        _query = halves.Length == 1 ? [] : halves[1].Split('&')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
    }

    /// <summary>Whether it was sent to this state of the database, and not before it was put back.
    /// </summary>
    public bool IsFor(Database database) => database == _database;

    public bool IsWrite => _method == HttpMethod.Put || _path == "_bulk_docs";

    public bool IsLongPoll => _query.GetValueOrDefault("feed") == "longpoll";

    public long TimeoutMicroseconds => Number(_query["timeout"]) * 1_000;

    /// <summary>Whether there are changes that it asks for.</summary>
    public bool HasNews => _database.Sequence > Number(_query["since"]);

    public (int Status, string Body) Do() => _path switch
    {
        "" => (200, """{"db_name":"bank","instance_start_time":"0"}"""),
        "_all_docs" => (200, List()),
        "_changes" => (200, Changes()),
        "_design/settle-inbox/_view/waiting" => (200, Waiting()),
        "_bulk_get" => (200, Fetch()),
        "_bulk_docs" => (201, WriteAll()),
        ['/', ..] => (404, Missing),
        _ when _method == HttpMethod.Put => Put(),
        _ => Get(),
    };

    public override string ToString() => _path == "_bulk_docs"
        ? "outcome of " + string.Join(", ", Documents().Select(Id)) : $"{_method} {_path}";

    private (int, string) Put()
    {
        using var json = JsonDocument.Parse(_body);
        return _database.Put(_path, json.RootElement, _writer) is { } revision
            ? (201, $$"""{"ok":true,"id":"{{_path}}","rev":"{{revision}}"}""")
            : (409, "{" + Conflict);
    }

    private (int, string) Get()
    {
        if (_database.Find(_path) is not { } document) return (404, Missing);
        if (_query.ContainsKey("open_revs")) return (200, Leaves(document));
        return document.Winner.IsDeleted ? (404, Deleted) : (200, document.Show(document.Winner));
    }

    private string List()
    {
        var (first, last) = (Key("startkey"), Key("endkey"));
        var rows = _database.Documents.Where(document => document.Id[0] != '_'
                && string.CompareOrdinal(document.Id, first) >= 0
                && string.CompareOrdinal(document.Id, last) <= 0 && !document.Winner.IsDeleted)
            .Take((int)Number(_query["limit"])).Select(document =>
                $$"""{"id":"{{document.Id}}","doc":{{document.Show(document.Winner)}}}""");
        return $$"""{"rows":[{{string.Join(',', rows)}}]}""";
    }

    private string Changes()
    {
        var limit = _query.TryGetValue("limit", out var most) ? (int)Number(most) : int.MaxValue;
        var since = _query["since"] == "now" ? _database.Sequence : Number(_query["since"]);
        var found = _database.ChangedSince(since).Take(limit).ToList();
        var isAll = _query.GetValueOrDefault("style") == "all_docs";
        var rows = found.Select(document =>
        {
            var leaves = isAll ? document.Leaves.OrderByDescending(leaf => leaf == document.Winner)
                : Enumerable.Repeat(document.Winner, 1);
            var changes = string.Join(',', leaves.Select(leaf => $$"""{"rev":"{{leaf.Name}}"}"""));
            var gone = document.Winner.IsDeleted ? ",\"deleted\":true" : "";
            var (sequence, id) = (document.Sequence, document.Id);
            return $$"""{"seq":{{sequence}},"id":"{{id}}","changes":[{{changes}}]{{gone}}}""";
        });
        var last = found.Count > 0 ? found[^1].Sequence : since;
        return $$"""{"results":[{{string.Join(',', rows)}}],"last_seq":{{last}}}""";
    }

    // By the view's own rule, which is JavaScript.
    private string Waiting()
    {
        var from = _query.ContainsKey("startkey") ? Key("startkey") : "";
        var skip = _query.TryGetValue("skip", out var some) ? (int)Number(some) : 0;
        var rows = _database.Documents.Where(document => IsWaiting(document)
                && string.CompareOrdinal(document.Id, from) >= 0)
            .Skip(skip).Take((int)Number(_query["limit"]))
            .Select(document => $$"""{"id":"{{document.Id}}","key":"{{document.Id}}"}""");
        return $$"""{"rows":[{{string.Join(',', rows)}}]}""";
    }

    private static bool IsWaiting(DatabaseDocument document)
    {
        if (!document.Id.StartsWith("transfer:", StringComparison.Ordinal)
            || document.Winner.IsDeleted) return false;
        using var json = JsonDocument.Parse($"{{{document.Winner.Members}}}");
        return document.Leaves.Count(leaf => !leaf.IsDeleted) > 1
            || (json.RootElement.TryGetProperty("status", out var status)
                && status.ValueEquals("pending"));
    }

    private string Fetch()
    {
        var rows = Documents().Select(wanted => _database.Find(Id(wanted)) is { } document
            ? $$"""{"id":"{{document.Id}}","docs":{{Leaves(document)}}}"""
            : $$"""{"id":"{{Id(wanted)}}","docs":[{"error":{{Missing}}}]}""");
        return $$"""{"results":[{{string.Join(',', rows)}}]}""";
    }

    private string WriteAll()
    {
        using var json = JsonDocument.Parse(_body);
        if (json.RootElement.TryGetProperty("new_edits", out _))
        {
            foreach (var document in Documents())
                _database.Replicate(Id(document), document, _writer);
            return "[]";
        }
        var rows = Documents().Select(document =>
            _database.Put(Id(document), document, _writer) is { } revision
                ? $$"""{"ok":true,"id":"{{Id(document)}}","rev":"{{revision}}"}"""
                : $$"""{"id":"{{Id(document)}}",{{Conflict}}""");
        return $"[{string.Join(',', rows)}]";
    }

    private static string Leaves(DatabaseDocument document) => "[" + string.Join(',',
        document.Leaves.Select(leaf => $$"""{"ok":{{document.Show(leaf)}}}""")) + "]";

    private List<JsonElement> Documents()
    {
        using var json = JsonDocument.Parse(_body);
        return [.. json.RootElement.GetProperty("docs").EnumerateArray()
            .Select(document => document.Clone())];
    }

    private string Key(string name) => JsonNode.Parse(_query[name])!.GetValue<string>();

    private static string Id(JsonElement document) =>
        (document.TryGetProperty("_id", out var id) ? id : document.GetProperty("id")).GetString()!;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
