using Settle.Stores;

namespace Settle.Simulation;

/// <summary>What is durable: documents that are created once and never change.</summary>
internal sealed class Disk
{
    private readonly SortedList<string, Stored> _documents = new(StringComparer.Ordinal);

    /// <summary>Whether nothing more can be created.</summary>
    public bool IsFull { get; set; }

    /// <summary>How many documents there are; each one's age is its number.</summary>
    public int Count => _documents.Count;

    public IEnumerable<Document> Documents => _documents.Values.Select(stored => stored.Document);

    public CreateOutcome Create(string id, ReadOnlyMemory<byte> body)
    {
        var stored = new Stored(new Document(id, body.ToArray()), _documents.Count);
        return _documents.TryAdd(id, stored) ? CreateOutcome.Created : CreateOutcome.Exists;
    }

    /// <summary>A document, if it is one of the oldest <paramref name="seen"/>.</summary>
    public Document? Get(string id, int seen) =>
        _documents.TryGetValue(id, out var stored) && stored.Number < seen
            ? stored.Document : null;

    public IReadOnlyList<Document> Read(string idFrom, string idTo, int limit, int seen)
    {
        var found = new List<Document>();
        for (var at = FirstAtOrAfter(idFrom); at < _documents.Count && found.Count < limit; at++)
        {
            var stored = _documents.GetValueAtIndex(at);
            if (string.CompareOrdinal(stored.Document.Id, idTo) > 0) break;
            if (stored.Number < seen) found.Add(stored.Document);
        }
        return found;
    }

    private int FirstAtOrAfter(string id)
    {
        var (low, high) = (0, _documents.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_documents.GetKeyAtIndex(middle), id) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private readonly record struct Stored(Document Document, int Number);
}
