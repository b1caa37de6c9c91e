using Settle.Stores;

namespace Settle.Tests.Settling;

/// <summary>A store that takes only small documents, and says so or not.</summary>
internal sealed class LimitedStore(IStore inner, int bytesMax, bool saysSo) : IStore
{
    /// <summary>How many documents were too large.</summary>
    public int Refusals { get; private set; }

    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public int BodyBytesMax => saysSo ? bytesMax : Limits.BlockBytesMax;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (body.Length <= bytesMax) return inner.CreateAsync(id, body, cancellation);
        Refusals++;
        throw new DocumentTooLargeException(id, body.Length, $"only {bytesMax} are allowed");
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        inner.GetAsync(id, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
