using System.Runtime.InteropServices;

namespace Settle.Inbox;

/// <summary>
/// A client's document as it was read: what it asks for, or which of its fields is malformed.
/// </summary>
/// <param name="body">The document with <c>_id</c> and <c>_rev</c>; it lives as long.</param>
internal abstract class InboxDocument(JsonElement body)
{
    // The rules of the database count in the same way; who need not keep to them is refused here.
    private const int CharactersMax = 65_536;

    // Before everything that says when it is; the view sorts these first, too.
    private const long NoTime = long.MinValue;

    private const string Pending = "pending";
    private const string Decided = "decided";

    private static readonly string[] Prefixes =
        [TransferDocument.IdPrefix, ChargeDocument.IdPrefix];

    private readonly string? _status = StatusOf(body);

    public JsonElement Body { get; } = body;

    /// <summary>The document's own id: the prefix of its type and <see cref="Id"/>.</summary>
    public string DocumentId { get; } = DocumentFields.TextOf(body, "_id");

    /// <summary>How large it is.</summary>
    public int Bytes { get; } = JsonMarshal.GetRawUtf8Value(body).Length;

    public string Revision { get; } = DocumentFields.TextOf(body, "_rev");

    /// <summary>The id that is decided.</summary>
    public string Id => DocumentId[Prefix.Length..];

    public bool IsPending => _status == Pending;

    /// <summary>Whether it wants a verdict or has one; else it is an app's own affair.</summary>
    public bool IsOurs => _status is not null;

    /// <summary>Whether something has to be written.</summary>
    public bool Waits => IsPending || HasConflicts;

    public string? Author { get; protected set; }

    public bool IsTeller { get; protected set; }

    /// <summary>The account whose owners may write it; null where others decide that.</summary>
    public virtual string? Payer => null;

    /// <summary>Microseconds since 1970; the smallest number when it says nothing.</summary>
    public long Time { get; private set; } = NoTime;

    /// <summary>What is malformed; null when nothing is.</summary>
    public InvalidRequestException? Fault { get; private set; }

    /// <summary>Whether other revisions claim to be this document, too.</summary>
    public bool HasConflicts { get; private set; }

    protected abstract string Prefix { get; }

    /// <summary>Whether a document is one that somebody may want to be decided.</summary>
    public static bool IsOne(string documentId) => Array.Exists(
        Prefixes, prefix => documentId.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The order in which documents are decided (I3).</summary>
    public static int Compare(InboxDocument a, InboxDocument b) =>
        a.Time != b.Time ? a.Time.CompareTo(b.Time)
        : string.CompareOrdinal(a.Id, b.Id) is var byId and not 0 ? byId
        : string.CompareOrdinal(a.DocumentId, b.DocumentId);

    /// <summary>
    /// A document by its revisions that nothing follows; where there are several that want a
    /// verdict or have one, the oldest one that is pending stands for it until it is resolved.
    /// </summary>
    public static InboxDocument Of(List<JsonElement> leaves, RequestBatch scratch)
    {
        if (leaves.Count == 1) return Read(leaves[0], scratch);
        var read = leaves.ConvertAll(leaf => Read(leaf, scratch));
        read.Sort(Compare);
        var document = read.Find(leaf => leaf.IsPending) ?? read[0];
        document.HasConflicts = read.Count(leaf => leaf.IsOurs) > 1;
        return document;
    }

    /// <param name="body">The document with <c>_id</c> and <c>_rev</c>.</param>
    /// <param name="scratch">To be used for checking; it is cleared.</param>
    public static InboxDocument Read(JsonElement body, RequestBatch scratch)
    {
        var isCharge = DocumentFields.TextOf(body, "_id")
            .StartsWith(ChargeDocument.IdPrefix, StringComparison.Ordinal);
        InboxDocument document = isCharge ? new ChargeDocument(body) : new TransferDocument(body);
        try
        {
            CheckSize(body);
            var type = document.Prefix[..^1];
            var fields = new DocumentFields(body);
            if (fields.Text("type") != type)
                throw new InvalidRequestException("type", $"must be \"{type}\"");
            if (document.Id.Length == 0)
            {
                throw new InvalidRequestException(
                    "_id", $"must be \"{document.Prefix}\" and the {type}'s id");
            }
            var time = document.Read(fields);
            document.Author = fields.Text("author") ?? throw DocumentFields.Missing("author");
            scratch.Clear();
            document.Add(scratch);
            if (document.Author.Length == 0)
                throw new InvalidRequestException("author", "must not be empty");
            document.Time = TimeOf(time);
        }
        catch (InvalidRequestException e)
        {
            document.Fault = e;
        }
        return document;
    }

    /// <summary>Adds what it asks for to a batch.</summary>
    /// <exception cref="InvalidRequestException">It is malformed.</exception>
    public abstract void Add(RequestBatch batch);

    /// <summary>Reads what is special to its type.</summary>
    /// <returns>The time by which it is ordered.</returns>
    protected abstract string Read(DocumentFields fields);

    private static string? StatusOf(JsonElement body)
    {
        if (!DocumentFields.TryFind(body, "status", out var status)) return null;
        var raw = JsonMarshal.GetRawUtf8Value(status);
        return raw.SequenceEqual("\"pending\""u8) ? Pending
            : raw.SequenceEqual("\"successful\""u8) || raw.SequenceEqual("\"rejected\""u8)
                ? Decided : null;
    }

    private static void CheckSize(JsonElement body)
    {
        var raw = JsonMarshal.GetRawUtf8Value(body);
        if (raw.Length <= CharactersMax) return;
        var characters = Encoding.UTF8.GetCharCount(raw);
        // What the database itself adds does not count.
        if (DocumentFields.TryFind(body, "_rev", out var revision))
            characters -= "\"_rev\":,".Length + JsonMarshal.GetRawUtf8Value(revision).Length;
        if (characters <= CharactersMax) return;
        throw new InvalidRequestException("document", string.Create(CultureInfo.InvariantCulture,
            $"has {characters} characters, and may have {CharactersMax}"));
    }

    // A plain date is its beginning (UTC); a leap second has no place in a clock.
    private static long TimeOf(string timestamp)
    {
        var utf8 = Encoding.UTF8.GetBytes(timestamp);
        return Texts.IsTimestamp(utf8) && Texts.WhyOdd(utf8) is null
            ? Chain.ChainTime.From(Texts.TimestampOf(utf8)) : NoTime;
    }
}
