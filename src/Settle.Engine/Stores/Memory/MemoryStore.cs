namespace Settle.Stores.Memory;

/// <summary>Documents in this process's memory: the twin that tests and simulations use.</summary>
internal sealed class MemoryStore : IStore
{
    private readonly Lock gate = new();
    private readonly SortedSet<Entry> entries = new(new ByKey());

    public string Location => "memory";

    public bool KeepsBytes => true;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<CreateOutcome>(cancellation);
        var entry = new Entry(DocumentIds.Encode(id), new Document(id, body.ToArray()));
        lock (gate)
            return new(entries.Add(entry) ? CreateOutcome.Created : CreateOutcome.Exists);
    }

    public bool KeepsCopies => true;

    public ValueTask CreateAllAsync(
        IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            foreach (var (id, body) in documents)
                entries.Add(new Entry(DocumentIds.Encode(id), new Document(id, body.ToArray())));
        }
        return default;
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<Document>>(cancellation);
        var (from, to) = (DocumentIds.Encode(idFrom), DocumentIds.Encode(idTo));
        if (from.AsSpan().SequenceCompareTo(to) > 0)
            return new([]);
        lock (gate)
        {
            var found = entries.GetViewBetween(new(from, null), new(to, null)).Take(limit);
            return new(found.Select(entry => entry.Document!).ToList());
        }
    }

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<Document?>(cancellation);
        var wanted = new Entry(DocumentIds.Encode(id), null);
        lock (gate)
            return new(entries.TryGetValue(wanted, out var entry) ? entry.Document : null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private readonly record struct Entry(byte[] Key, Document? Document);

    private sealed class ByKey : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y) => x.Key.AsSpan().SequenceCompareTo(y.Key);
    }
}
