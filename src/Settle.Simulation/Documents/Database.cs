using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Settle.Simulation;

/// <summary>
/// A model of a database on one node of CouchDB: documents with their revisions, conflicts, and the
/// order of their changes. Every step of it is atomic.
/// </summary>
internal sealed class Database
{
    private const string Local = "_local/";

    private readonly SortedDictionary<string, DatabaseDocument> _documents =
        new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, DatabaseDocument> _changes = [];

    /// <summary>Told each document that was written.</summary>
    public event Action<DatabaseDocument, DatabaseRevision>? Written;

    /// <summary>The number of the newest change.</summary>
    public long Sequence { get; private set; }

    public IEnumerable<DatabaseDocument> Documents => _documents.Values;

    /// <summary>The same as it is now, to be put back later.</summary>
    public Database Copy()
    {
        var copy = new Database { Sequence = Sequence };
        foreach (var document in _documents.Values)
        {
            var same = new DatabaseDocument(document.Id) { Sequence = document.Sequence };
            foreach (var revision in document.Revisions) same.Add(revision);
            copy._documents.Add(same.Id, same);
            if (same.Sequence > 0) copy._changes.Add(same.Sequence, same);
        }
        return copy;
    }

    /// <summary>What several copies have together, as they would be if each had heard of all.
    /// </summary>
    public static Database Of(IEnumerable<Database> copies)
    {
        var all = new Database();
        foreach (var document in copies.SelectMany(copy => copy.Documents)) all.Merge(document);
        return all;
    }

    /// <summary>Takes over the revisions that another copy has of a document.</summary>
    public void Merge(DatabaseDocument from)
    {
        var missing = from.Revisions
            .Where(revision => Find(from.Id)?.Find(revision.Name) is null).ToList();
        if (missing.Count == 0) return;
        if (!_documents.TryGetValue(from.Id, out var document))
            _documents.Add(from.Id, document = new DatabaseDocument(from.Id));
        missing.ForEach(document.Add);
        _changes.Remove(document.Sequence);
        _changes.Add(document.Sequence = ++Sequence, document);
    }

    /// <summary>Whether it has all revisions of a document.</summary>
    public bool HasAll(DatabaseDocument other) => Find(other.Id) is { } mine
        && other.Revisions.All(revision => mine.Find(revision.Name) is not null);

    public bool HasSame(Database other) => Documents.All(other.HasAll)
        && other.Documents.All(HasAll);

    public DatabaseDocument? Find(string id) => _documents.GetValueOrDefault(id);

    /// <summary>Documents by the order of their last changes.</summary>
    public IEnumerable<DatabaseDocument> ChangedSince(long sequence) =>
        _changes.Where(change => change.Key > sequence).Select(change => change.Value);

    /// <summary>Writes a document on the revision that its body names.</summary>
    /// <returns>The new revision; null when it is a conflict.</returns>
    public string? Put(string id, JsonElement body, string writer)
    {
        var parentName = body.TryGetProperty("_rev", out var named) ? named.GetString() : null;
        var document = Find(id);
        var parent = parentName is null ? document?.Winner : document?.Find(parentName);
        // A name is needed where there is a document, and a document where there is a name.
        if (parentName is null ? parent is { IsDeleted: false }
            : parent is null || !document!.Leaves.Contains(parent)) return null;
        return Add(id, parent, body, writer);
    }

    /// <summary>A revision from elsewhere, which may be in conflict with what is here.</summary>
    public void Replicate(string id, JsonElement body, string writer) =>
        Add(id, null, body, writer);

    private string Add(string id, DatabaseRevision? parent, JsonElement body, string writer)
    {
        var members = string.Join(',', body.EnumerateObject()
            .Where(member => !member.Name.StartsWith('_'))
            .Select(member =>
                $"{JsonValue.Create(member.Name).ToJsonString()}:{member.Value.GetRawText()}"));
        var isDeleted = body.TryGetProperty("_deleted", out _);
        if (!_documents.TryGetValue(id, out var document))
            _documents.Add(id, document = new DatabaseDocument(id));
        var name = NameOf(id, parent, members, isDeleted);
        if (document.Find(name) is not null) return name;
        var revision = new DatabaseRevision(name, parent, members, isDeleted, writer);
        document.Add(revision);
        if (!id.StartsWith(Local, StringComparison.Ordinal))
        {
            _changes.Remove(document.Sequence);
            _changes.Add(document.Sequence = ++Sequence, document);
        }
        Written?.Invoke(document, revision);
        return name;
    }

    private static string NameOf(
        string id, DatabaseRevision? parent, string members, bool isDeleted)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{id} {parent?.Name} {isDeleted} {members}"));
        return $"{(parent?.Generation ?? 0) + 1}-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }
}
