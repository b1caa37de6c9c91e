using Settle.Stores;

namespace Settle.Tests.Local;

/// <summary>Counts the single documents that are read.</summary>
internal sealed class WatchedStore(IStore inner) : IStore
{
    private int _reads;

    /// <summary>Listings are not counted: the loop looks for other writers' blocks by itself.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        inner.CreateAsync(id, body, cancellation);

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        inner.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return inner.GetAsync(id, cancellation);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
