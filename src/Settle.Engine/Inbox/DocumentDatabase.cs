using System.Net;
using System.Text.Json.Nodes;
using Settle.Stores.CouchDb;

namespace Settle.Inbox;

/// <summary>The documents of a database: how the inbox reads and marks them.</summary>
/// <remarks>
/// Nothing here decides anything, and everything may be asked again. Every call fails with
/// <see cref="StoreUnavailableException"/> when the database does not answer as it should.
/// </remarks>
internal sealed class DocumentDatabase(CouchConnection connection)
{
    // Such a document is not replicated, so that each database has a cursor of its own.
    private const string CursorId = "_local/settle-inbox";

    /// <summary>A part of what changed, oldest first, and where the next part begins.</summary>
    public async Task<(List<Change> Changes, string Last, bool IsEnd)> ReadChangesAsync(
        string since, int limit, CancellationToken cancellation)
    {
        var answer = await connection.GetAsync(string.Create(CultureInfo.InvariantCulture,
            $"_changes?limit={limit}&style=all_docs&since={Uri.EscapeDataString(since)}"),
            cancellation).ConfigureAwait(false);
        using var json = Read(answer);
        var results = json.RootElement.GetProperty("results");
        var changes = new List<Change>(results.GetArrayLength());
        foreach (var row in results.EnumerateArray())
        {
            var revisions = row.GetProperty("changes");
            changes.Add(new Change(row.GetProperty("id").GetString()!,
                revisions[0].GetProperty("rev").GetString()!, revisions.GetArrayLength() > 1,
                row.TryGetProperty("deleted", out var gone)
                    && gone.ValueKind == JsonValueKind.True));
        }
        // A number or a text, depending on the server.
        var last = json.RootElement.GetProperty("last_seq");
        var text = last.ValueKind == JsonValueKind.String ? last.GetString()! : last.GetRawText();
        return (changes, text, results.GetArrayLength() < limit);
    }

    /// <summary>Documents by their ids.</summary>
    public async Task<JsonDocument> FetchAsync(
        IEnumerable<string> ids, CancellationToken cancellation)
    {
        var wanted = new JsonObject
        {
            ["docs"] = new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id })]),
        };
        var answer = await connection.AskAsync(HttpMethod.Post, "_bulk_get",
            Encoding.UTF8.GetBytes(wanted.ToJsonString()), cancellation).ConfigureAwait(false);
        return Read(answer);
    }

    /// <summary>
    /// For each document its revisions that nothing follows, without those that are gone.
    /// </summary>
    public static IEnumerable<List<JsonElement>> DocumentsIn(JsonDocument fetched)
    {
        foreach (var row in fetched.RootElement.GetProperty("results").EnumerateArray())
        {
            var leaves = LeavesIn(row.GetProperty("docs")).ToList();
            if (leaves.Count > 0) yield return leaves;
        }
    }

    /// <summary>Every revision of a document that nothing follows.</summary>
    public async Task<JsonDocument> FetchLeavesAsync(string id, CancellationToken cancellation)
    {
        var answer = await connection.GetAsync(
            $"{Uri.EscapeDataString(id)}?open_revs=all", cancellation).ConfigureAwait(false);
        return Read(answer);
    }

    public static IEnumerable<JsonElement> LeavesIn(JsonElement revisions)
    {
        foreach (var row in revisions.EnumerateArray())
        {
            if (row.TryGetProperty("ok", out var document)
                && !DocumentFields.TryFind(document, "_deleted", out _))
                yield return document;
        }
    }

    /// <summary>Writes documents, each on the revision that it names.</summary>
    public async Task<List<WriteAnswer>> WriteAsync(
        ReadOnlyMemory<byte> bulk, CancellationToken cancellation)
    {
        var answer = await connection.AskAsync(HttpMethod.Post, "_bulk_docs", bulk, cancellation)
            .ConfigureAwait(false);
        if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.Accepted))
            throw CouchErrors.Unavailable(connection.Address, answer);
        using var json = answer.Read(connection.Address);
        var answers = new List<WriteAnswer>(json.RootElement.GetArrayLength());
        foreach (var row in json.RootElement.EnumerateArray())
        {
            answers.Add(new WriteAnswer(row.GetProperty("id").GetString()!,
                Text(row, "rev"), Text(row, "error"), Text(row, "reason")));
        }
        return answers;
    }

    /// <summary>Up to where all is decided and marked; else the beginning.</summary>
    public async Task<string> ReadCursorAsync(CancellationToken cancellation)
    {
        var answer = await connection.GetAsync(CursorId, cancellation).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? "0"
            : answer.Status == HttpStatusCode.OK ? answer.Member("since") ?? "0"
            : throw CouchErrors.Unavailable(connection.Address, answer);
    }

    /// <summary>Notes the cursor. Another process may note another one: both are true.</summary>
    public async Task WriteCursorAsync(string since, CancellationToken cancellation)
    {
        var known = await connection.GetAsync(CursorId, cancellation).ConfigureAwait(false);
        var cursor = new JsonObject { ["since"] = since };
        if (known.Member("_rev") is { } revision) cursor["_rev"] = revision;
        await connection.AskAsync(HttpMethod.Put, CursorId,
            Encoding.UTF8.GetBytes(cursor.ToJsonString()), cancellation).ConfigureAwait(false);
    }

    private JsonDocument Read(CouchAnswer answer) => answer.Status == HttpStatusCode.OK
        ? answer.Read(connection.Address)
        : throw CouchErrors.Unavailable(connection.Address, answer);

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString() : null;
}
