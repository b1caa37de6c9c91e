using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>Somebody who talks to one database by HTTP, as CouchDB's own clients do.</summary>
internal sealed class CouchUser : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _server;
    private readonly string _database;

    public CouchUser(Uri server, string database, string? user, string password)
    {
        (_server, _database) = (new Uri($"{server.Scheme}://{server.Authority}/"), database);
        // Else CouchDB gives the revisions of a document as parts.
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        if (user is null) return;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>Sends something to the database; the answer's status and body.</summary>
    public (int Status, JsonNode Body) Send(HttpMethod method, string rest, JsonNode? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server, $"{_database}/{rest}"));
        if (json is not null)
            request.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = _http.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var text = reader.ReadToEnd();
        return ((int)answer.StatusCode, JsonNode.Parse(text.Length == 0 ? "{}" : text)!);
    }

    public JsonNode Get(string rest) => Send(HttpMethod.Get, rest) is (200, var body)
        ? body : throw new InvalidOperationException($"GET {rest}: {Send(HttpMethod.Get, rest)}");

    /// <summary>Writes a document under the id it names.</summary>
    public (int Status, string Reason) Put(JsonObject document)
    {
        var id = Uri.EscapeDataString(document["_id"]!.GetValue<string>());
        var (status, body) = Send(HttpMethod.Put, id, document);
        return (status, body["reason"]?.GetValue<string>() ?? body["rev"]!.GetValue<string>());
    }

    /// <summary>
    /// Writes a revision as a replicator does: the server takes it as it is, or says why not.
    /// </summary>
    public (bool Taken, string Reason) Replicate(JsonObject document)
    {
        var (_, body) = Send(HttpMethod.Post, "_bulk_docs", new JsonObject
        {
            ["new_edits"] = false,
            ["docs"] = new JsonArray(document),
        });
        // What was taken is not mentioned.
        var refused = (body as JsonArray)?.FirstOrDefault(row => row!["error"] is not null);
        return (refused is null, refused?["reason"]?.GetValue<string>() ?? "");
    }

    public void Dispose() => _http.Dispose();
}
