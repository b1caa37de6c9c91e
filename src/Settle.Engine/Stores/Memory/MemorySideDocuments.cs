using System.Runtime.CompilerServices;

namespace Settle.Stores.Memory;

/// <summary>
/// Side documents in this process's memory, for ledgers whose store is there too.
/// </summary>
internal sealed class MemorySideDocuments : ISideDocuments
{
    private static readonly ConditionalWeakTable<IStore, MemorySideDocuments> ByStore = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _bodies = new(StringComparer.Ordinal);

    /// <summary>The side documents of a store: the same for everybody who opens it.</summary>
    public static MemorySideDocuments Of(IStore store) =>
        ByStore.GetValue(store, _ => new MemorySideDocuments());

    public Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        lock (_gate)
            foreach (var document in documents)
                _bodies.TryAdd(document.Id, document.Body.ToArray());
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> ClaimAsync(Document document, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _bodies.TryAdd(document.Id, document.Body.ToArray());
            return Task.FromResult<ReadOnlyMemory<byte>>(_bodies[document.Id]);
        }
    }

    public Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation)
    {
        lock (_gate)
        {
            var isThere = _bodies.TryGetValue(document.Id, out var body)
                && damaged.Span.SequenceEqual(body);
            if (isThere) _bodies[document.Id] = document.Body.ToArray();
            return Task.FromResult(isThere);
        }
    }

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation)
    {
        lock (_gate)
        {
            // A null array would become a memory that is empty, and not none.
            ReadOnlyMemory<byte>? found = null;
            if (_bodies.TryGetValue(id, out var body)) found = body;
            return Task.FromResult(found);
        }
    }

    public Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(ids.Where(_bodies.ContainsKey).Distinct().ToDictionary(
                id => id, id => (ReadOnlyMemory<byte>)_bodies[id], StringComparer.Ordinal));
        }
    }

    public async IAsyncEnumerable<Document> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Document> found;
        lock (_gate)
        {
            found = [.. _bodies.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new Document(pair.Key, pair.Value))];
        }
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var document in found) yield return document;
    }

    public Task EraseAsync(string id, CancellationToken cancellation)
    {
        lock (_gate) _bodies.Remove(id);
        return Task.CompletedTask;
    }

    public Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(
                ids.Where(_bodies.ContainsKey).ToHashSet(StringComparer.Ordinal));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
