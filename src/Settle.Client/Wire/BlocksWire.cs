namespace Settle.Wire;

/// <summary>A page of blocks; their bytes go through unchanged.</summary>
internal static class BlocksWire
{
    /// <summary>Adds the blocks of a page, which start at a height.</summary>
    /// <returns>The height to go on from; null after the last.</returns>
    /// <exception cref="JsonException">It is not such a page.</exception>
    public static long? Read(ReadOnlySpan<byte> utf8, long from, List<Block> blocks)
    {
        var json = new Utf8JsonReader(utf8);
        long? next = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("items"u8))
            {
                json.Read();
                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                {
                    var start = (int)json.TokenStartIndex;
                    json.Skip();
                    blocks.Add(new Block(from++, utf8[start..(int)json.BytesConsumed].ToArray()));
                }
            }
            else if (json.ValueTextEquals("next"u8))
            {
                json.Read();
                if (json.GetString() is { } text)
                    next = long.Parse(text, CultureInfo.InvariantCulture);
            }
            else
            {
                json.Skip();
            }
        }
        return next;
    }
}
