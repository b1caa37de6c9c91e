using System.Security.Cryptography;

namespace Settle.Simulation;

/// <summary>
/// One node of a CouchDB cluster with its copy of the database. A copy takes a body from a writer
/// only while it holds none; replication adds bodies in any case.
/// </summary>
internal sealed class ClusterNode(Timeline timeline, string name)
{
    private readonly SortedDictionary<string, SortedDictionary<string, byte[]>> _documents =
        new(StringComparer.Ordinal);
    private readonly List<Action> _backlog = [];
    private readonly List<Action> _mourners = [];

    public string Name { get; } = name;

    /// <summary>Its copy of what clients wrote.</summary>
    public Database Documents { get; } = new();

    /// <summary>Dead: it does nothing, and others hear of it. Its disk keeps what it
    /// took.</summary>
    public bool IsDown { get; private set; }

    /// <summary>It does nothing, and nobody hears of it.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>It works, but nothing gets to it or away from it.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>How often it died: what was planned in an earlier life never happens.</summary>
    public int Lives { get; private set; }

    public bool IsWell => !IsDown && !IsFrozen && !IsCutOff;

    public IEnumerable<string> Ids => _documents.Keys;

    /// <summary>Does something on the node after a while, when it still or again can.</summary>
    public void After(long delay, Action action)
    {
        var life = Lives;
        timeline.After(delay, null, () =>
        {
            if (Lives != life || IsDown) return;
            if (IsFrozen) _backlog.Add(action);
            else action();
        });
    }

    public void Kill()
    {
        Lives++;
        (IsDown, IsFrozen) = (true, false);
        _backlog.Clear();
        Mourn();
    }

    public void Start() => IsDown = false;

    public void Freeze() => IsFrozen = !IsDown;

    public void Thaw()
    {
        IsFrozen = false;
        var backlog = _backlog.ToArray();
        _backlog.Clear();
        foreach (var action in backlog) After(timeline.Dice.Between(1, 2_000), action);
    }

    /// <summary>Hears when others take this node for dead.</summary>
    public void WhenLost(Action action) => _mourners.Add(action);

    /// <summary>Others take it for dead.</summary>
    public void Mourn()
    {
        var mourners = _mourners.ToArray();
        _mourners.Clear();
        foreach (var mourner in mourners) mourner();
    }

    /// <summary>CouchDB's name for a body: the same body has the same one.</summary>
    public static string Revision(ReadOnlySpan<byte> body)
    {
        using var json = JsonDocument.Parse(body.ToArray());
        var content = json.RootElement.EnumerateObject()
            .Where(member => !member.NameEquals("_id") && !member.NameEquals("_rev"))
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => member.Name + member.Value.GetRawText());
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(content)));
        return "1-" + Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    /// <summary>A writer's body; false when there is one already.</summary>
    public bool TryPut(string id, string revision, byte[] body)
    {
        if (_documents.ContainsKey(id)) return false;
        Merge(id, revision, body);
        return true;
    }

    /// <summary>A body from another copy.</summary>
    public void Merge(string id, string revision, byte[] body)
    {
        if (!_documents.TryGetValue(id, out var bodies))
            _documents.Add(id, bodies = new(StringComparer.Ordinal));
        bodies.TryAdd(revision, body);
    }

    /// <summary>All bodies under an id, by revision.</summary>
    public IReadOnlyList<(string Revision, byte[] Body)> Bodies(string id) =>
        _documents.TryGetValue(id, out var bodies)
            ? [.. bodies.Select(pair => (pair.Key, pair.Value))] : [];

    /// <summary>The body that CouchDB shows: the one with the greatest revision.</summary>
    public (string Revision, byte[] Body)? Winner(string id) =>
        Bodies(id) is { Count: > 0 } bodies ? bodies[^1] : null;
}
