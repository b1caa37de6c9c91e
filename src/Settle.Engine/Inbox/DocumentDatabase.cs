using System.Net;
using System.Text.Json.Nodes;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.CouchDb.Design;

namespace Settle.Inbox;

/// <summary>The documents of a database: how the inbox reads and writes them.</summary>
/// <remarks>
/// Nothing here decides anything, and everything may be asked again. Every call fails with
/// <see cref="StoreUnavailableException"/> when the database does not answer as it should.
/// </remarks>
internal sealed class DocumentDatabase(IStore store, CouchConnection connection)
{
    private const int RowsPerPage = 10_000;

    /// <summary>Whether what was found in one copy may be missing in another.</summary>
    public bool HasCopies => store.HasCopies;

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
                    && gone.ValueKind == JsonValueKind.True,
                revisions.EnumerateArray().Sum(
                    each => Change.GenerationOf(each.GetProperty("rev").GetString()!))));
        }
        return (changes, CouchFeed.LastIn(json.RootElement), results.GetArrayLength() < limit);
    }

    /// <summary>Where what is written from now on will be found.</summary>
    public async Task<string> ReadCursorAsync(CancellationToken cancellation)
    {
        var answer = await connection.GetAsync("_changes?limit=1&since=now", cancellation)
            .ConfigureAwait(false);
        using var json = Read(answer);
        return CouchFeed.LastIn(json.RootElement);
    }

    /// <summary>
    /// Adds every document that may wait for its verdict. What the database itself knows of each is
    /// asked: a note of how far all is done could be written by anybody.
    /// </summary>
    public async Task AddWaitingAsync(HashSet<string> ids, CancellationToken cancellation)
    {
        await store.WaitForCopiesAsync(InboxDocument.IsOne, cancellation).ConfigureAwait(false);
        for (var behind = ""; ;)
        {
            var answer = await connection.GetAsync(string.Create(CultureInfo.InvariantCulture,
                $"{WaitingDesign.Id}/_view/waiting?limit={RowsPerPage}{behind}"), cancellation)
                .ConfigureAwait(false);
            using var json = Read(answer);
            var rows = json.RootElement.GetProperty("rows");
            foreach (var row in rows.EnumerateArray()) ids.Add(row.GetProperty("id").GetString()!);
            if (rows.GetArrayLength() < RowsPerPage) return;
            var key = rows[RowsPerPage - 1].GetProperty("key").GetRawText();
            behind = $"&skip=1&startkey={Uri.EscapeDataString(key)}";
        }
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

    /// <summary>How old each document is that was found: see <see cref="Change.Age"/>.</summary>
    public static IEnumerable<(string Id, int Age)> AgesIn(JsonDocument fetched)
    {
        foreach (var row in fetched.RootElement.GetProperty("results").EnumerateArray())
        {
            var age = 0;
            foreach (var revision in row.GetProperty("docs").EnumerateArray())
            {
                if (revision.TryGetProperty("ok", out var document))
                    age += Change.GenerationOf(DocumentFields.TextOf(document, "_rev"));
            }
            yield return (row.GetProperty("id").GetString()!, age);
        }
    }

    private static IEnumerable<JsonElement> LeavesIn(JsonElement revisions)
    {
        foreach (var row in revisions.EnumerateArray())
        {
            if (row.TryGetProperty("ok", out var document)
                && !DocumentFields.TryFind(document, "_deleted", out _))
                yield return document;
        }
    }

    /// <summary>Writes documents, each on the revision that it names.</summary>
    /// <exception cref="DocumentTooLargeException">
    /// One of them, or all together: nothing was written.
    /// </exception>
    public async Task<List<WriteAnswer>> WriteAsync(
        ReadOnlyMemory<byte> bulk, CancellationToken cancellation)
    {
        var answer = await connection.AskAsync(HttpMethod.Post, "_bulk_docs", bulk, cancellation)
            .ConfigureAwait(false);
        if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.Accepted))
            throw CouchErrors.Refused(connection.Address, answer, "the request", bulk);
        using var json = answer.Read(connection.Address);
        var answers = new List<WriteAnswer>(json.RootElement.GetArrayLength());
        foreach (var row in json.RootElement.EnumerateArray())
        {
            var revision = Text(row, "rev");
            answers.Add(new WriteAnswer(row.GetProperty("id").GetString()!, revision,
                revision is null ? Text(row, "error") ?? "error" : null, Text(row, "reason")));
        }
        return answers;
    }

    private JsonDocument Read(CouchAnswer answer) => answer.Status == HttpStatusCode.OK
        ? answer.Read(connection.Address)
        : throw CouchErrors.Unavailable(connection.Address, answer);

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString() : null;
}
