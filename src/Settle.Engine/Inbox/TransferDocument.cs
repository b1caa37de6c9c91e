using System.Globalization;
using System.Text.Json;

namespace Settle.Inbox;

/// <summary>
/// A transfer document as it was read: what it asks for, or which of its fields is malformed.
/// </summary>
internal sealed class TransferDocument
{
    public const string IdPrefix = "transfer:";

    // Before everything that says when it is; the view sorts these first, too.
    private const long NoTime = long.MinValue;

    private TransferDocument(JsonElement body, string revision) =>
        (Body, Revision) = (body, revision);

    /// <summary>The document; it lives as long as this.</summary>
    public JsonElement Body { get; }

    public string Revision { get; }

    /// <summary>The id of the transfer: what stands behind <c>transfer:</c>.</summary>
    public string Id { get; private init; } = "";

    public bool IsPending { get; private init; }

    public TransferRequest? Request { get; private init; }

    public string? Author { get; private init; }

    public bool IsTeller { get; private init; }

    /// <summary>Microseconds since 1970; the smallest number when it says nothing.</summary>
    public long Time { get; private init; } = NoTime;

    /// <summary>What is malformed; null when nothing is.</summary>
    public InvalidRequestException? Fault { get; private init; }

    /// <summary>Whether other revisions claim to be this document, too.</summary>
    public bool HasConflicts { get; private set; }

    /// <summary>The order in which documents are decided (I3).</summary>
    public static int Compare(TransferDocument a, TransferDocument b) =>
        a.Time != b.Time ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Id, b.Id);

    /// <summary>
    /// A document by its revisions that nothing follows; where there are several, the oldest one
    /// that is pending stands for it until it is resolved.
    /// </summary>
    public static TransferDocument Of(List<JsonElement> leaves, RequestBatch scratch)
    {
        if (leaves.Count == 1) return Read(leaves[0], scratch);
        var read = leaves.ConvertAll(leaf => Read(leaf, scratch));
        read.Sort(Compare);
        var document = read.Find(leaf => leaf.IsPending) ?? read[0];
        document.HasConflicts = true;
        return document;
    }

    /// <param name="body">The document with <c>_id</c> and <c>_rev</c>.</param>
    /// <param name="scratch">To be used for checking; it is cleared.</param>
    public static TransferDocument Read(JsonElement body, RequestBatch scratch)
    {
        var id = body.GetProperty("_id").GetString()!;
        var revision = body.GetProperty("_rev").GetString()!;
        var isPending = body.TryGetProperty("status", out var status)
            && status.ValueKind == JsonValueKind.String && status.ValueEquals("pending");
        var ownId = id.StartsWith(IdPrefix, StringComparison.Ordinal) ? id[IdPrefix.Length..] : "";
        try
        {
            var request = ReadRequest(body, ownId);
            var author = Text(body, "author") ?? throw Missing("author");
            var isTeller = Flag(body, "teller");
            scratch.Clear();
            Local.RequestReader.Read(scratch, request, ownId, author, isTeller);
            if (author.Length == 0)
                throw new InvalidRequestException("author", "must not be empty");
            return new TransferDocument(body, revision)
            {
                Id = ownId, IsPending = isPending, Request = request, Author = author,
                IsTeller = isTeller, Time = TimeOf(request.Timestamp!),
            };
        }
        catch (InvalidRequestException e)
        {
            return new TransferDocument(body, revision)
            {
                Id = ownId, IsPending = isPending, Fault = e,
            };
        }
    }

    private static TransferRequest ReadRequest(JsonElement body, string id)
    {
        if (Text(body, "type") != "transfer")
            throw new InvalidRequestException("type", "must be \"transfer\"");
        if (id.Length == 0)
            throw new InvalidRequestException("_id", "must be \"transfer:\" and the transfer's id");
        return new TransferRequest
        {
            Id = id,
            From = Text(body, "from") ?? throw Missing("from"),
            To = Text(body, "to") ?? throw Missing("to"),
            Amount = Amount(body),
            Asset = Text(body, "asset") is "" ? throw Missing("asset") : Text(body, "asset"),
            Timestamp = Text(body, "timestamp") is { Length: > 0 } timestamp
                ? timestamp : throw Missing("timestamp"),
            Memo = Text(body, "memo"),
            Meta = Meta(body),
        };
    }

    private static InvalidRequestException Missing(string field) => new(field, "is missing");

    private static string? Text(JsonElement body, string field)
    {
        if (!body.TryGetProperty(field, out var member)) return null;
        return member.ValueKind == JsonValueKind.String
            ? Unescaped(field, member)
            : throw new InvalidRequestException(field, "must be a string");
    }

    // Half a surrogate pair can be written in JSON, but stands for nothing.
    private static string Unescaped(string field, JsonElement member)
    {
        try
        {
            return member.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidRequestException(field, "must be valid Unicode");
        }
    }

    private static long Amount(JsonElement body)
    {
        if (!body.TryGetProperty("amount", out var member)) throw Missing("amount");
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var amount)
            ? amount
            : throw new InvalidRequestException(
                "amount", "must be an integer in the minor unit (5000 is 50.00)");
    }

    private static bool Flag(JsonElement body, string field)
    {
        if (!body.TryGetProperty(field, out var member)) return false;
        return member.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.GetBoolean()
            : throw new InvalidRequestException(field, "must be true or false");
    }

    private static Dictionary<string, string>? Meta(JsonElement body)
    {
        if (!body.TryGetProperty("meta", out var member)) return null;
        if (member.ValueKind != JsonValueKind.Object)
            throw new InvalidRequestException("meta", "must be an object of strings");
        var meta = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in member.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String)
                throw new InvalidRequestException($"meta.{pair.Name}", "must be a string");
            meta[pair.Name] = Unescaped($"meta.{pair.Name}", pair.Value);
        }
        return meta;
    }

    // A plain date is its beginning (UTC); a leap second has no place in a clock.
    private static long TimeOf(string timestamp) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? Chain.ChainTime.From(time) : NoTime;
}
