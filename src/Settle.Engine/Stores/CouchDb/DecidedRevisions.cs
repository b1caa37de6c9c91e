using System.Diagnostics.CodeAnalysis;

namespace Settle.Stores.CouchDb;

/// <summary>
/// The winners that are known, newest first to stay. Once decided is decided for ever, so that none
/// has to be found out twice. Safe to use from many threads.
/// </summary>
internal sealed class DecidedRevisions
{
    private const int IdsMax = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _revisions = [];
    private readonly Queue<string> _byAge = [];

    public bool TryFind(string id, [NotNullWhen(true)] out string? revision)
    {
        lock (_lock) return _revisions.TryGetValue(id, out revision);
    }

    public void Add(string id, string revision)
    {
        lock (_lock)
        {
            if (!_revisions.TryAdd(id, revision)) return;
            _byAge.Enqueue(id);
            if (_byAge.Count > IdsMax) _revisions.Remove(_byAge.Dequeue());
        }
    }
}
