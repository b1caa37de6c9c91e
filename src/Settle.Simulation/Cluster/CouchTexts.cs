using System.Text.Json.Nodes;

namespace Settle.Simulation;

/// <summary>What CouchDB's nodes are asked and answer, as texts.</summary>
internal static class CouchTexts
{
    /// <summary>A document that these databases have not got: nobody reads their views.</summary>
    public const string Design = "_design/settle";

    public const string Missing = """{"error":"not_found","reason":"missing"}""";

    /// <summary>A body as it is shown: with its revision.</summary>
    public static string Shown((string Revision, byte[] Body) found)
    {
        var text = Encoding.UTF8.GetString(found.Body);
        var end = text.IndexOf(',', StringComparison.Ordinal) + 1;
        return $"{text[..end]}\"_rev\":\"{found.Revision}\",{text[end..]}";
    }

    /// <summary>The revision of a body that is shown.</summary>
    public static string NamedRevision(byte[] shown)
    {
        using var json = JsonDocument.Parse(shown);
        return json.RootElement.GetProperty("_rev").GetString()!;
    }

    /// <summary>A body as it was before it was shown.</summary>
    public static byte[] Plain(byte[] shown, string revision) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(shown).Replace(
            $"\"_rev\":\"{revision}\",", "", StringComparison.Ordinal));

    /// <summary>All bodies of one copy.</summary>
    public static string Leaves(IEnumerable<(string Revision, byte[] Body)> bodies) =>
        $"[{string.Join(',', bodies.Select(each => $$"""{"ok":{{Shown(each)}}}"""))}]";

    /// <summary>A listing.</summary>
    public static string Rows(IEnumerable<(string Id, string Shown)> rows) =>
        $$"""{"rows":[{{string.Join(',', rows.Select(Row))}}]}""";

    /// <summary>What the node says to a write.</summary>
    public static string Written(int status, string id, string revision) => status switch
    {
        201 or 202 => $$"""{"ok":true,"id":"{{id}}","rev":"{{revision}}"}""",
        409 => """{"error":"conflict","reason":"Document update conflict."}""",
        _ => """{"error":"internal_server_error","reason":"no answer"}""",
    };

    public static (string[] Path, Dictionary<string, string> Query) Parts(string address)
    {
        var halves = address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('?');
        var path = halves[0].Split('/')[1..].Select(Uri.UnescapeDataString).ToArray();
        var query = halves.Length == 1 ? [] : halves[1].Split('&')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return (path, query);
    }

    public static string Key(string json) => JsonNode.Parse(json)!.GetValue<string>();

    private static string Row((string Id, string Shown) row) =>
        $$"""{"id":"{{row.Id}}","doc":{{row.Shown}}}""";
}
