using Settle.Stores;

namespace Settle.Tests.Local;

/// <summary>Counts what is read, and tells of every block that is made.</summary>
internal sealed class WatchedStore(IStore inner) : IStore
{
    private int _reads;

    /// <summary>
    /// Single documents, and lists of blocks that exist: above them the loop looks for other writers' by itself.
    /// </summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Told once a block is durable, before anybody is answered.</summary>
    public Action? Created { get; set; }

    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public bool KeepsCopies => inner.KeepsCopies;

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var outcome = await inner.CreateAsync(id, body, cancellation);
        Created?.Invoke();
        return outcome;
    }

    public ValueTask CreateAllAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        inner.CreateAllAsync(documents, cancellation);

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        var found = await inner.ReadAsync(idFrom, idTo, limit, cancellation);
        if (found.Count > 0) Interlocked.Increment(ref _reads);
        return found;
    }

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return inner.GetAsync(id, cancellation);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
