using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Documents in a CouchDB database, which any number of processes may use at once. A create is a
/// PUT without a revision, which the server takes only while it has no such document.
/// </summary>
internal sealed class CouchStore : IStore
{
    private readonly CouchConnection _connection;
    private readonly CouchAddress _address;
    private readonly bool _isReadOnly;
    private bool _isDisposed;

    private CouchStore(CouchConnection connection, bool isReadOnly) =>
        (_connection, _address, _isReadOnly) = (connection, connection.Address, isReadOnly);

    public CouchAddress Address => _address;

    /// <summary>The same connection, for what is no block.</summary>
    public CouchConnection Connection => _connection;

    public string Location => _address.Location;

    public bool KeepsBytes => false;

    /// <summary>Opens a database.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mayMake">Whether it is made when absent.</param>
    /// <param name="isReadOnly">Whether nothing is ever written to it.</param>
    /// <param name="cancellation">Gives up opening.</param>
    /// <exception cref="UnauthorizedException">The user may not.</exception>
    /// <exception cref="StoreUnavailableException">Absent, or not to be reached.</exception>
    public static async Task<CouchStore> OpenAsync(CouchAddress address, bool mayMake,
        bool isReadOnly, CancellationToken cancellation)
    {
        var connection = new CouchConnection(address);
        try
        {
            await CouchDatabase.OpenAsync(connection, mayMake && !isReadOnly, cancellation)
                .ConfigureAwait(false);
            return new CouchStore(connection, isReadOnly);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isReadOnly) throw CouchErrors.ReadOnly(_address);
        // Once it is sent, only an answer ends it: who gives up would not know the outcome.
        var answer = await _connection.PutAsync(id, body).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.Created => Created(id, answer),
            HttpStatusCode.Conflict => CreateOutcome.Exists,
            // Some servers ask who may change the block before they look whether there is one.
            HttpStatusCode.Forbidden
                when await GetAsync(id, CancellationToken.None).ConfigureAwait(false) is not null =>
                CreateOutcome.Exists,
            HttpStatusCode.RequestTimeout => throw Unknown(id, answer),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError =>
                throw CouchErrors.Unavailable(_address, answer),
            // 202 too: too few copies have it, so that it may be lost or outvoted.
            _ => throw Unknown(id, answer),
        };
    }

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (limit == 0
            || DocumentIds.Encode(idFrom).AsSpan().SequenceCompareTo(DocumentIds.Encode(idTo)) > 0)
            return [];
        var answer = await _connection.GetAsync(string.Create(CultureInfo.InvariantCulture,
            $"_all_docs?include_docs=true&limit={limit}&startkey={Key(idFrom)}&endkey={Key(idTo)}"),
            cancellation).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.OK) throw CouchErrors.Unavailable(_address, answer);
        return ReadRows(answer);
    }

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var answer = await _connection.GetAsync(Uri.EscapeDataString(id), cancellation)
            .ConfigureAwait(false);
        return answer switch
        {
            { Status: HttpStatusCode.OK } => new Document(id, answer.Body),
            { Status: HttpStatusCode.NotFound, Reason: "missing" } => null,
            { Status: HttpStatusCode.NotFound, Reason: "deleted" } => throw Deleted(id),
            _ => throw CouchErrors.Unavailable(_address, answer),
        };
    }

    public ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true)) _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private CreateOutcome Created(string id, CouchAnswer answer)
    {
        if (answer.Member("rev") is not { } revision) throw Unknown(id, answer);
        // The server takes a body on top of a deleted one. Then there was another under this id.
        return revision.StartsWith("1-", StringComparison.Ordinal)
            ? CreateOutcome.Created : throw Deleted(id);
    }

    private List<Document> ReadRows(CouchAnswer answer)
    {
        using var json = answer.Read(_address);
        if (!json.RootElement.TryGetProperty("rows", out var rows))
            throw CouchErrors.Unavailable(_address, answer);
        var documents = new List<Document>(rows.GetArrayLength());
        foreach (var row in rows.EnumerateArray())
        {
            var id = row.GetProperty("id").GetString()!;
            documents.Add(row.TryGetProperty("doc", out var body)
                && body.ValueKind == JsonValueKind.Object
                ? new Document(id, JsonMarshal.GetRawUtf8Value(body).ToArray())
                : throw Deleted(id));
        }
        return documents;
    }

    private static WriteOutcomeUnknownException Unknown(string id, CouchAnswer answer) =>
        new(id, new HttpRequestException(
            $"answered {(int)answer.Status}: {answer.Reason}", null, answer.Status));

    private StoreCorruptException Deleted(string id) =>
        new($"{Location}: {id} was deleted, which nobody may do; run settle verify");

    private static string Key(string id) =>
        Uri.EscapeDataString($"\"{JsonEncodedText.Encode(id)}\"");
}
