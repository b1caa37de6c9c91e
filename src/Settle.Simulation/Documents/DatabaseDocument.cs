namespace Settle.Simulation;

/// <summary>A document with all of its revisions.</summary>
internal sealed class DatabaseDocument(string id)
{
    private readonly List<DatabaseRevision> _revisions = [];

    public string Id { get; } = id;

    /// <summary>The number of its last change.</summary>
    public long Sequence { get; set; }

    public IReadOnlyList<DatabaseRevision> Revisions => _revisions;

    /// <summary>The revisions that nothing follows.</summary>
    public IEnumerable<DatabaseRevision> Leaves => _revisions.Where(
        revision => !_revisions.Exists(other => other.Parent == revision));

    /// <summary>
    /// The one that everybody is shown: no deletion if there is any other, then the longest
    /// history, then the greatest name.
    /// </summary>
    public DatabaseRevision Winner => Leaves.OrderByDescending(leaf => !leaf.IsDeleted)
        .ThenByDescending(leaf => leaf.Generation)
        .ThenByDescending(leaf => leaf.Name, StringComparer.Ordinal).First();

    public DatabaseRevision? Find(string name) => _revisions.Find(known => known.Name == name);

    /// <summary>The same as it is now.</summary>
    public DatabaseDocument Copy()
    {
        var copy = new DatabaseDocument(Id);
        _revisions.ForEach(copy.Add);
        return copy;
    }

    public void Add(DatabaseRevision revision) => _revisions.Add(revision);

    /// <summary>A revision of a block, as it was written.</summary>
    public ReadOnlyMemory<byte> Block(DatabaseRevision revision) => Encoding.UTF8.GetBytes(
        $$"""{"_id":"{{Id}}",{{revision.Members}}}""");

    /// <summary>A revision as it is shown.</summary>
    public string Show(DatabaseRevision revision)
    {
        var rest = (revision.IsDeleted ? ",\"_deleted\":true" : "")
            + (revision.Members.Length == 0 ? "" : "," + revision.Members);
        return $$"""{"_id":"{{Id}}","_rev":"{{revision.Name}}"{{rest}}}""";
    }
}
