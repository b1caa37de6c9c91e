using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Settle.Stores.CouchDb;

/// <summary>One body of a document as a copy holds it.</summary>
/// <param name="Revision">CouchDB's name for it; the same body has the same one.</param>
/// <param name="Json">The body as it was read.</param>
/// <param name="Hash">The block's hash, by which the next block names it.</param>
/// <param name="IsSound">Whether its content has the hash that it names.</param>
/// <param name="IsDeleted">Whether it is a deletion.</param>
internal sealed record CopyBody(string Revision, ReadOnlyMemory<byte> Json, BlockHash Hash,
    bool IsSound, bool IsDeleted = false) : IComparable<CopyBody>
{
    private const string HashMember = "hash";

    /// <summary>Whether a create wrote it, and nobody changed or deleted it.</summary>
    public bool IsFirst => CouchRow.IsFirst(Revision) && !IsDeleted;

    /// <summary>Reads a body.</summary>
    /// <param name="revision">CouchDB's name for it.</param>
    /// <param name="json">It may hold <c>_id</c> and <c>_rev</c>.</param>
    public static CopyBody Of(string revision, ReadOnlyMemory<byte> json)
    {
        var content = ContentHash(json, out var isPlain);
        using var document = JsonDocument.Parse(json);
        var isDeleted = document.RootElement.TryGetProperty("_deleted", out _);
        if (!document.RootElement.TryGetProperty(HashMember, out var member))
            return new CopyBody(revision, json, content, isPlain, isDeleted);
        var isSound = isPlain && member.ValueKind == JsonValueKind.String
            && BlockHash.TryParse(Encoding.UTF8.GetBytes(member.GetString()!), out var named)
            && named == content;
        return new CopyBody(revision, json, content, isSound, isDeleted);
    }

    /// <summary>
    /// The winner comes first: what no writer writes loses to what one wrote, then the greatest
    /// revision wins. That is CouchDB's own rule, so that a copy that knows the winner shows it.
    /// </summary>
    public int CompareTo(CopyBody? other)
    {
        if (other is null) return -1;
        if (IsSound != other.IsSound) return IsSound ? -1 : 1;
        return string.CompareOrdinal(other.Revision, Revision);
    }

    /// <summary>
    /// The body for writing it again. Its members keep their order and its texts their spelling:
    /// another one would be another body.
    /// </summary>
    public byte[] WithoutRevision()
    {
        using var document = JsonDocument.Parse(Json);
        using var stream = new MemoryStream(Json.Length);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.NameEquals("_rev")) continue;
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value));
            }
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    // What is not canonical JSON was not written here, but has to have a place in the order too.
    private static BlockHash ContentHash(ReadOnlyMemory<byte> json, out bool isPlain)
    {
        try
        {
            var canonical = CanonicalJson.Canonicalize(
                BlockTableReader.Expand(json) ?? json, "_id", "_rev", HashMember);
            isPlain = true;
            return new BlockHash(SHA256.HashData(canonical));
        }
        catch (FormatException)
        {
            isPlain = false;
            return new BlockHash(SHA256.HashData(json.Span));
        }
    }
}
