using System.Text.Json;
using Settle.Stores;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// Puts any bytes into a JSON document and takes them out again, so that a store of JSON can be
/// held to the contract of all.
/// </summary>
internal sealed class JsonEnvelopeStore(IStore inner) : IStore
{
    public string Location => inner.Location;

    public bool KeepsBytes => true;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        inner.CreateAsync(id, JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object> { ["_id"] = id, ["bytes"] = body.ToArray() }), cancellation);

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        var found = await inner.ReadAsync(idFrom, idTo, limit, cancellation);
        return [.. found.Select(Open)];
    }

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        var found = await inner.GetAsync(id, cancellation);
        return found is null ? null : Open(found);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static Document Open(Document document)
    {
        using var json = JsonDocument.Parse(document.Body);
        return document with { Body = json.RootElement.GetProperty("bytes").GetBytesFromBase64() };
    }
}
