namespace Settle.Stores.CouchDb;

/// <summary>
/// Reads a listing in one pass. A page of blocks has megabytes: a tree of all its values would cost
/// as much as applying them.
/// </summary>
internal static class CouchListing
{
    /// <summary>
    /// The ids in it, each with its document; without one where it was deleted meanwhile. Null when
    /// there are no rows.
    /// </summary>
    /// <exception cref="JsonException">It is not a listing.</exception>
    public static List<(string Id, CouchRow? Row)>? Read(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        List<(string, CouchRow?)>? rows = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRows = CouchRow.IsAt(ref reader, "rows"u8);
            reader.Read();
            if (!isRows) reader.Skip();
            else rows = ReadRows(body, ref reader);
        }
        reader.Read(); // Nothing may come behind it.
        return rows;
    }

    private static List<(string, CouchRow?)> ReadRows(
        ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("no rows");
        var rows = new List<(string, CouchRow?)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            rows.Add(ReadRow(body, ref reader));
        return reader.TokenType == JsonTokenType.EndArray
            ? rows : throw new JsonException("a row that is none");
    }

    private static (string, CouchRow?) ReadRow(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        string? id = null;
        CouchRow? row = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isDocument) =
                (CouchRow.IsAt(ref reader, "id"u8), CouchRow.IsAt(ref reader, "doc"u8));
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String) id = CouchRow.TextAt(ref reader);
            else if (isDocument && reader.TokenType == JsonTokenType.StartObject)
                row = CouchRow.Read(id ?? "", body, ref reader);
            else reader.Skip();
        }
        if (id is null) throw new JsonException("a row without id");
        return (id, row is null ? null : row with { Document = row.Document with { Id = id } });
    }
}
