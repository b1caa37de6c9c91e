namespace Settle.Stores.CouchDb;

/// <summary>A document as a listing or a question gave it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Revision">CouchDB's name for its body.</param>
/// <param name="Hash">The hash that it says it has; null when it says none.</param>
/// <param name="Prev">The hash of the block before it; null when it names none.</param>
internal sealed record CouchRow(Document Document, string Revision, string? Hash, string? Prev)
{
    private static ReadOnlySpan<byte> HashKey => "],\"hash\":\""u8;

    public string Id => Document.Id;

    /// <summary>A document by its own JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static CouchRow Of(string id, ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        var row = Read(id, json, ref reader);
        reader.Read(); // Nothing may come behind it.
        return row;
    }

    /// <summary>
    /// Reads the document that begins here, in one pass: it may have megabytes. What is read is
    /// not copied.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="whole">What the reader reads.</param>
    /// <param name="reader">Stands at the beginning of the document, and then at its end.</param>
    /// <exception cref="JsonException">It is not a document.</exception>
    public static CouchRow Read(string id, ReadOnlyMemory<byte> whole, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("no document");
        var start = (int)reader.TokenStartIndex;
        string? revision = null, hash = null, prev = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsAt(ref reader, "_rev"u8)) revision = Text(ref reader);
            else if (IsAt(ref reader, "hash"u8)) hash = Text(ref reader);
            else if (IsAt(ref reader, "prev"u8)) prev = Text(ref reader);
            else reader.Skip();
        }
        var body = whole[start..(int)reader.BytesConsumed];
        return new CouchRow(new Document(id, body), revision ?? "", hash, prev);
    }

    /// <summary>The hash that a block names, as its writer wrote it; null for none.</summary>
    public static string? HashIn(ReadOnlySpan<byte> block)
    {
        var at = block.LastIndexOf(HashKey);
        return at < 0 || block.Length - at < HashKey.Length + BlockHash.TextLength ? null
            : Encoding.ASCII.GetString(block.Slice(at + HashKey.Length, BlockHash.TextLength));
    }

    /// <summary>Whether a revision is one that a create makes.</summary>
    public static bool IsFirst(string revision) =>
        revision.StartsWith("1-", StringComparison.Ordinal);

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return TextAt(ref reader);
        reader.Skip();
        return null;
    }

    /// <summary>
    /// Whether the reader stands at this name. Escaped names are not decoded: none of ours is one,
    /// and half a surrogate could not be.
    /// </summary>
    public static bool IsAt(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(name);

    /// <summary>
    /// The string that the reader stands at; null where it is not Unicode, but half a surrogate.
    /// </summary>
    public static string? TextAt(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
