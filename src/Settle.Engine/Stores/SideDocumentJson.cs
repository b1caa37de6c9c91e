namespace Settle.Stores;

/// <summary>Reads documents beside the chain, which no hash protects from damage.</summary>
internal static class SideDocumentJson
{
    /// <summary>What a document says.</summary>
    /// <param name="id">Its id, for people.</param>
    /// <param name="body">The document.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="StoreCorruptException">It is not one that Settle writes.</exception>
    public static T Read<T>(string id, ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException
            or KeyNotFoundException or FormatException)
        {
            throw new StoreCorruptException($"the document {Texts.Shown(id)} beside the chain "
                + $"cannot be read: {Texts.Shown(e.Message)}; put it back from a backup", e);
        }
    }
}
