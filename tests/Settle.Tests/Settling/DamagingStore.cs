using Settle.Stores;

namespace Settle.Tests.Settling;

/// <summary>A store whose disk turns a bit in whatever is read by its id.</summary>
internal sealed class DamagingStore(IStore inner) : IStore
{
    public bool IsDamaging { get; set; }

    public string Location => "damaging";

    public bool KeepsBytes => inner.KeepsBytes;

    public ValueTask<CreateOutcome> CreateAsync(string id, ReadOnlyMemory<byte> body,
        CancellationToken cancellation) => inner.CreateAsync(id, body, cancellation);

    public ValueTask<IReadOnlyList<Document>> ReadAsync(string idFrom, string idTo, int limit,
        CancellationToken cancellation) => inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        var document = await inner.GetAsync(id, cancellation);
        if (document is null || !IsDamaging) return document;
        var body = document.Body.ToArray();
        body[body.Length / 2] ^= 1;
        return document with { Body = body };
    }

    public ValueTask DisposeAsync() => default;
}
