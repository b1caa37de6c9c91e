using System.Runtime.InteropServices;
using System.Text.Json;

namespace Settle.Stores.CouchDb;

/// <summary>A document as a listing or a question gave it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Revision">CouchDB's name for its body.</param>
/// <param name="Hash">The hash that it says it has; null when it says none.</param>
/// <param name="Prev">The hash of the block before it; null when it names none.</param>
internal sealed record CouchRow(Document Document, string Revision, string? Hash, string? Prev)
{
    public string Id => Document.Id;

    public static CouchRow Of(string id, JsonElement body) => new(
        new Document(id, JsonMarshal.GetRawUtf8Value(body).ToArray()),
        Text(body, "_rev") ?? "", Text(body, "hash"), Text(body, "prev"));

    /// <summary>Whether a revision is one that a create makes.</summary>
    public static bool IsFirst(string revision) =>
        revision.StartsWith("1-", StringComparison.Ordinal);

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString() : null;
}
