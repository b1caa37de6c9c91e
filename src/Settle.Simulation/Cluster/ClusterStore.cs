using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle.Simulation;

/// <summary>
/// The product's own store for CouchDB, without its feed of changes: a ledger that is told nothing
/// looks by itself.
/// </summary>
/// <param name="store">The product's.</param>
/// <param name="hasDocuments">Whether clients' documents are settled there.</param>
internal sealed class ClusterStore(IStore store, bool hasDocuments = false) : IStore
{
    public CouchConnection? Connection => hasDocuments ? store.Connection : null;

    public bool HasCopies => store.HasCopies;


    public string Location => store.Location;

    public bool KeepsBytes => store.KeepsBytes;

    public int BodyBytesMax => store.BodyBytesMax;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        store.CreateAsync(id, body, cancellation);

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        store.ReadAsync(idFrom, idTo, limit, cancellation);

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        store.GetAsync(id, cancellation);

    public ValueTask CheckAsync(CancellationToken cancellation) =>
        store.CheckAsync(cancellation);

    public ValueTask ProbeAsync(bool hasFailed, CancellationToken cancellation) =>
        store.ProbeAsync(hasFailed, cancellation);

    public Task WaitForCopiesAsync(Predicate<string> isWanted, CancellationToken cancellation) =>
        store.WaitForCopiesAsync(isWanted, cancellation);

    public ISideDocuments OpenSideDocuments(bool isReadOnly) =>
        Settle.Stores.Memory.MemorySideDocuments.Of(this);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
