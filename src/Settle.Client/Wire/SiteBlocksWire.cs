using System.Buffers;

namespace Settle.Wire;

/// <summary>
/// Blocks of a site as JSON: <c>{"ledger":..,"giver":..,"blocks":[..]}</c>. They are taken byte for
/// byte, because their hashes are of their bytes.
/// </summary>
internal static class SiteBlocksWire
{
    private const string Field = "blocks";

    public static ReadOnlyMemory<byte> Write(SiteBlocks blocks)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, BatchWire.Options))
        {
            json.WriteStartObject();
            json.WriteString("ledger"u8, blocks.Ledger);
            if (blocks.Giver is { } giver) json.WriteString("giver"u8, giver);
            json.WriteStartArray("blocks"u8);
            foreach (var block in blocks.Blocks)
                json.WriteRawValue(block.Body.Span, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return output.WrittenMemory;
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="site">Whose blocks they are.</param>
    /// <exception cref="InvalidRequestException">It is not that.</exception>
    public static SiteBlocks Read(ReadOnlySpan<byte> utf8, string site)
    {
        string? ledger = null, giver = null;
        List<Block>? blocks = null;
        try
        {
            var json = new Utf8JsonReader(utf8);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw new JsonException();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("ledger"u8)) ledger = Text(ref json);
                else if (json.ValueTextEquals("giver"u8)) giver = Text(ref json);
                else if (json.ValueTextEquals("blocks"u8)) ReadInto(blocks = [], utf8, ref json);
                else throw NotKnown(json.GetString()!);
            }
            if (json.Read()) throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidRequestException("body",
                "must be a JSON object with the texts ledger and giver and the list blocks");
        }
        if (ledger is null) throw new InvalidRequestException("ledger", "is missing");
        if (blocks is null) throw new InvalidRequestException(Field, "is missing");
        return new SiteBlocks { Ledger = ledger, Giver = giver, Site = site, Blocks = blocks };
    }

    /// <summary>Reads the list that comes next, block for block.</summary>
    /// <exception cref="JsonException">It is not one of blocks.</exception>
    public static void ReadInto(
        List<Block> blocks, ReadOnlySpan<byte> utf8, ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray) throw new JsonException();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            var body = utf8[start..(int)json.BytesConsumed].ToArray();
            blocks.Add(new Block(HeightOf(body), body));
        }
        if (json.TokenType != JsonTokenType.EndArray) throw new JsonException();
    }

    private static long HeightOf(ReadOnlySpan<byte> block)
    {
        var json = new Utf8JsonReader(block);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("height"u8))
                return json.Read() && json.TryGetInt64(out var height) ? height : 0;
            json.Skip();
        }
        return 0;
    }

    private static string? Text(ref Utf8JsonReader json) => json.Read()
        && json.TokenType == JsonTokenType.String ? json.GetString() : throw new JsonException();

    private static InvalidRequestException NotKnown(string name) =>
        new(Parse.Shorten(name), "is not known here (known: ledger, giver, blocks)");
}
