using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Settle.Stores.CouchDb;

/// <summary>Side documents as plain documents of the ledger's database.</summary>
/// <param name="store">The chain's; it knows what a create means on a cluster.</param>
internal sealed class CouchSideDocuments(CouchStore store) : ISideDocuments
{
    private const int PageRows = 200;

    private readonly CouchConnection _connection = store.Connection;

    public async Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        foreach (var page in documents.Chunk(PageRows))
        {
            var json = new JsonBuffer(64 * 1024);
            json.Raw("{\"docs\":["u8);
            for (var i = 0; i < page.Length; i++)
            {
                json.Raw(i == 0 ? "{\"_id\":"u8 : ",{\"_id\":"u8);
                json.String(Encoding.UTF8.GetBytes(page[i].Id));
                json.Raw(","u8);
                json.Raw(page[i].Body.Span[1..]);
            }
            json.Raw("]}"u8);
            var answer = await _connection.AskAsync(
                HttpMethod.Post, "_bulk_docs", json.Memory, cancellation).ConfigureAwait(false);
            CheckCreated(answer);
        }
    }

    // What many are created by at once may differ from node to node until they have talked.
    public async Task<ReadOnlyMemory<byte>> ClaimAsync(
        Document document, CancellationToken cancellation)
    {
        Exception? silence = null;
        try
        {
            var outcome = await store.CreateAsync(document.Id, document.Body, cancellation)
                .ConfigureAwait(false);
            if (outcome == CreateOutcome.Created) return document.Body;
        }
        catch (WriteOutcomeUnknownException e)
        {
            silence = e;
        }
        var kept = await store.GetAsync(document.Id, CancellationToken.None).ConfigureAwait(false);
        return kept?.Body ?? throw new OutcomeUnknownException(document.Id,
            $"whether {document.Id} was written is unknown; ask again", silence);
    }

    // Its replicas may each have another revision of what is replaced, and keep both.
    public Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation) => Task.FromResult(false);

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation)
    {
        var answer = await AskAsync(id, cancellation).ConfigureAwait(false);
        return answer?.Body;
    }

    // A list shows what one copy has. What it has not is asked for by itself, of several copies.
    public async Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var page in ids.Chunk(PageRows))
        {
            using var json = await ListAsync("_all_docs?include_docs=true", page, cancellation)
                .ConfigureAwait(false);
            foreach (var row in json.RootElement.GetProperty("rows").EnumerateArray())
            {
                if (row.TryGetProperty("doc", out var body)
                    && body.ValueKind == JsonValueKind.Object)
                    found[row.GetProperty("id").GetString()!] =
                        Encoding.UTF8.GetBytes(body.GetRawText());
            }
        }
        foreach (var id in ids)
        {
            if (!found.ContainsKey(id)
                && await GetAsync(id, cancellation).ConfigureAwait(false) is { } body)
                found[id] = body;
        }
        return found;
    }

    public async IAsyncEnumerable<Document> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var after = prefix; ;)
        {
            var answer = await _connection.GetAsync(string.Create(CultureInfo.InvariantCulture,
                $"_all_docs?include_docs=true&limit={PageRows}&startkey={Key(after)}")
                + $"&endkey={Key(prefix + "\U0010FFFF")}", cancellation).ConfigureAwait(false);
            if (answer.Status != HttpStatusCode.OK)
                throw CouchErrors.Unavailable(_connection.Address, answer);
            using var json = answer.Read(_connection.Address);
            var rows = json.RootElement.GetProperty("rows");
            foreach (var row in rows.EnumerateArray())
            {
                if (row.TryGetProperty("doc", out var body)
                    && body.ValueKind == JsonValueKind.Object)
                {
                    yield return new Document(row.GetProperty("id").GetString()!,
                        Encoding.UTF8.GetBytes(body.GetRawText()));
                }
            }
            if (rows.GetArrayLength() < PageRows) yield break;
            after = rows[PageRows - 1].GetProperty("id").GetString() + "\0";
        }
    }

    public async Task EraseAsync(string id, CancellationToken cancellation)
    {
        if (await AskAsync(id, cancellation).ConfigureAwait(false) is not { } found) return;
        var revision = found.Member("_rev");
        var answer = await _connection.AskAsync(HttpMethod.Delete,
            $"{Uri.EscapeDataString(id)}?rev={revision}", default, cancellation)
            .ConfigureAwait(false);
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted
            or HttpStatusCode.NotFound))
            throw CouchErrors.Unavailable(_connection.Address, answer);
    }

    public async Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        using var json = await ListAsync("_all_docs", ids, cancellation).ConfigureAwait(false);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in json.RootElement.GetProperty("rows").EnumerateArray())
            if (row.TryGetProperty("id", out var id)) found.Add(id.GetString()!);
        return found;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<JsonDocument> ListAsync(
        string address, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var wanted = new JsonObject { ["keys"] = new JsonArray([.. ids]) };
        var answer = await _connection.AskAsync(HttpMethod.Post, address,
            Encoding.UTF8.GetBytes(wanted.ToJsonString()), cancellation).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.OK ? answer.Read(_connection.Address)
            : throw CouchErrors.Unavailable(_connection.Address, answer);
    }

    private async Task<CouchAnswer?> AskAsync(string id, CancellationToken cancellation)
    {
        var answer = await _connection.GetAsync(Uri.EscapeDataString(id), cancellation)
            .ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.OK => answer,
            HttpStatusCode.NotFound => null,
            _ => throw CouchErrors.Unavailable(_connection.Address, answer),
        };
    }

    private void CheckCreated(CouchAnswer answer)
    {
        if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.Accepted))
            throw CouchErrors.Unavailable(_connection.Address, answer);
        using var json = answer.Read(_connection.Address);
        foreach (var row in json.RootElement.EnumerateArray())
        {
            if (row.TryGetProperty("error", out var error) && error.GetString() != "conflict")
                throw new StoreUnavailableException(
                    $"{_connection.Address.Location} did not take "
                    + $"{row.GetProperty("id").GetString()}: {error.GetString()}");
        }
    }

    private static string Key(string id) =>
        Uri.EscapeDataString($"\"{JsonEncodedText.Encode(id)}\"");
}
