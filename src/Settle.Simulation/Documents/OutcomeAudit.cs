namespace Settle.Simulation;

/// <summary>
/// Holds what documents say against what their clients wrote and the chain decided. Reads plain
/// JSON; knows nothing of the product's code.
/// </summary>
internal sealed class OutcomeAudit
{
    private const string Prefix = "transfer:";

    private readonly World _world;
    private readonly IDocumentPlace _place;
    private readonly DocumentSource _source;
    private readonly Dictionary<string, AuditedEntry> _decided = [];

    public OutcomeAudit(World world, IDocumentPlace place, DocumentSource source)
    {
        (_world, _place, _source) = (world, place, source);
        foreach (var copy in place.Copies) copy.Written += Look;
    }

    /// <summary>What the copies have together.</summary>
    public IEnumerable<DatabaseDocument> Documents => All.Documents;

    private bool IsCluster => _place.Copies.Count > 1;

    private Database All => IsCluster ? Database.Of(_place.Copies) : _place.Copies[0];

    public static bool IsPending(DatabaseDocument document) => IsTransfer(document)
        && document.Leaves.Any(leaf => !leaf.IsDeleted && Read(leaf).Status == "pending");

    /// <summary>The revisions that wait, and whose time has come.</summary>
    public List<(DatabaseDocument Document, DatabaseRevision Leaf)> Due(DateTimeOffset until) =>
        [.. Documents.Where(IsTransfer).SelectMany(document => document.Leaves
            .Where(leaf => !leaf.IsDeleted && Read(leaf).Status == "pending" && IsDue(leaf, until))
            .Select(leaf => (document, leaf)))];

    /// <summary>None of what was due is still as it was.</summary>
    public void AuditResolved(
        string name, List<(DatabaseDocument Document, DatabaseRevision Leaf)> due)
    {
        var all = All;
        foreach (var (document, leaf) in due)
        {
            if (!all.Find(document.Id)!.Leaves.Contains(leaf)) continue;
            _world.Fail("resolve", $"{name} is done, and {document.Id} {leaf.Name} is pending");
        }
    }

    /// <summary>Every document, when all is over.</summary>
    /// <returns>The first fault; null for none.</returns>
    public Violation? Audit(string defaultAsset)
    {
        if (IsCluster) ReadChain();
        foreach (var document in Documents.Where(IsTransfer))
        {
            var leaves = document.Leaves.Where(leaf => !leaf.IsDeleted).ToList();
            if (leaves.Count > 1) return new("conflict", $"{document.Id} is in conflict for ever");
            if (leaves.Count == 1 && AuditShown(document, leaves[0], defaultAsset) is { } fault)
                return fault;
            if (AuditLost(document, defaultAsset) is { } lost) return lost;
        }
        return AuditOrder();
    }

    // A machine writes only what is decided, and a block is decided when it is there.
    private void Look(DatabaseDocument document, DatabaseRevision revision)
    {
        if (document.Id.StartsWith("block:", StringComparison.Ordinal))
        {
            ReadBlock(document.Block(revision));
        }
        if (!IsTransfer(document) || revision.IsDeleted) return;
        var shown = Read(revision);
        if (shown.Status is "pending" || shown.Field.Length > 0) return;
        if (IsCluster) ReadChain();
        if (!_decided.TryGetValue(IdOf(document), out var decided)
            || decided.Height != shown.Block)
        {
            _world.Fail("outcome", $"{revision.Writer} says {document.Id} is {shown.Status} by "
                + $"block {shown.Block}, which has not decided it");
        }
    }

    // Which body of a block counts is known of a cluster only from all of its copies.
    private void ReadChain()
    {
        _decided.Clear();
        foreach (var block in _place.Blocks) ReadBlock(block);
    }

    private void ReadBlock(ReadOnlyMemory<byte> body)
    {
        foreach (var entry in BlockReading.Read(body).Entries) _decided.TryAdd(entry.Id, entry);
    }

    private Violation? AuditShown(
        DatabaseDocument document, DatabaseRevision leaf, string defaultAsset)
    {
        var shown = Read(leaf);
        var dropped = _source.Made[shown.Number];
        if (shown.Status == "pending") return new("liveness", $"{document.Id} is pending");
        if (dropped.Fault.Length > 0)
        {
            return (shown.Status, shown.Field) == ("rejected", dropped.Fault)
                && shown.Reason.Contains(dropped.Fault, StringComparison.Ordinal) ? null
                : new("malformed", $"{document.Id} has a malformed {dropped.Fault}, and says "
                    + $"{shown.Status} {shown.Reason}");
        }
        if (!_decided.TryGetValue(IdOf(document), out var entry))
            return new("shown", $"{document.Id} says {shown.Status}; no block has it");
        var expected = entry.IsFor(dropped.Wish, defaultAsset)
            ? (entry.Status, entry.Reason, entry.Height) : ("rejected", "id_reused", entry.Height);
        return (shown.Status, shown.Reason, shown.Block) == expected && shown.Field.Length == 0
            ? null : new("shown", $"{document.Id} ({dropped}) says {shown.Status} {shown.Reason} "
                + $"by block {shown.Block}, and should say {expected}");
    }

    // Of conflicting revisions, the one that was decided is not the one that goes.
    private Violation? AuditLost(DatabaseDocument document, string defaultAsset)
    {
        if (!_decided.TryGetValue(IdOf(document), out var entry)) return null;
        foreach (var end in document.Leaves.Where(leaf => leaf.IsDeleted && !IsClient(leaf.Writer)))
        {
            var lost = _source.Made[Read(end.Parent!).Number];
            if (AuditTold(end, lost, entry, defaultAsset) is { } silence) return silence;
            if (lost.Fault.Length > 0 || !entry.IsFor(lost.Wish, defaultAsset)) continue;
            var gone = Line(end).ToHashSet();
            // A client may have written over the one that stayed, or deleted it.
            var stayed = document.Leaves.Where(leaf => !leaf.IsDeleted || IsClient(leaf.Writer));
            if (!stayed.SelectMany(Line).Any(revision => !gone.Contains(revision)
                && !revision.IsDeleted && IsDecided(revision, entry, defaultAsset)))
                return new("lost", $"{end.Writer} deleted {lost}, which block {entry.Height} has");
        }
        return null;
    }

    // Its last revision tells who wrote it why it is gone.
    private static Violation? AuditTold(DatabaseRevision end, DroppedDocument lost,
        AuditedEntry entry, string defaultAsset)
    {
        var said = Read(end);
        var isTold = lost.Fault.Length > 0
            ? (said.Status, said.Field) == ("rejected", lost.Fault)
            : (said.Status, said.Reason, said.Block) == (entry.IsFor(lost.Wish, defaultAsset)
                ? (entry.Status, entry.Reason, entry.Height)
                : ("rejected", "id_reused", entry.Height));
        return isTold ? null
            : new("told", $"{end.Writer} deleted {lost}, and said {said.Status} {said.Reason}");
    }

    private bool IsDecided(DatabaseRevision leaf, AuditedEntry entry, string defaultAsset) =>
        _source.Made[Read(leaf).Number] is { Fault.Length: 0 } dropped
        && entry.IsFor(dropped.Wish, defaultAsset);

    /// <summary>A revision and all that it follows.</summary>
    private static IEnumerable<DatabaseRevision> Line(DatabaseRevision leaf)
    {
        for (DatabaseRevision? at = leaf; at is not null; at = at.Parent) yield return at;
    }

    // What one writer decided together, it decided oldest first.
    private Violation? AuditOrder()
    {
        foreach (var block in _decided.Values.Where(entry => entry.Author.Length > 0)
            .GroupBy(entry => entry.Height))
        {
            var entries = block.OrderBy(entry => entry.Number).ToList();
            for (var i = 1; i < entries.Count; i++)
            {
                var (a, b) = (entries[i - 1], entries[i]);
                var (first, second) = ((TimeOf(a.Timestamp), a.Id), (TimeOf(b.Timestamp), b.Id));
                if (first.CompareTo(second) >= 0)
                    return new("oldest", $"{a.Id} before {b.Id} in block {block.Key}");
            }
        }
        return null;
    }

    private bool IsDue(DatabaseRevision leaf, DateTimeOffset until)
    {
        var dropped = _source.Made[Read(leaf).Number];
        return dropped.Fault.Length > 0 || TimeOf(dropped.Wish.Timestamp) <= until;
    }

    private static DateTimeOffset TimeOf(string timestamp) => DateTimeOffset.Parse(timestamp,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal);

    private static bool IsTransfer(DatabaseDocument document) =>
        document.Id.StartsWith(Prefix, StringComparison.Ordinal);

    private static bool IsClient(string writer) =>
        writer.StartsWith("app", StringComparison.Ordinal);

    private static string IdOf(DatabaseDocument document) => document.Id[Prefix.Length..];

    private static Shown Read(DatabaseRevision revision)
    {
        using var json = JsonDocument.Parse($"{{{revision.Members}}}");
        var root = json.RootElement;
        string Text(string name) =>
            root.TryGetProperty(name, out var text) ? text.GetString()! : "";
        return new Shown(root.GetProperty("number").GetInt32(), Text("status"), Text("reason"),
            Text("field"), root.TryGetProperty("block", out var block) ? block.GetInt64() : 0);
    }

    private sealed record Shown(int Number, string Status, string Reason, string Field, long Block);
}
