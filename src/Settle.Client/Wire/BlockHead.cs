namespace Settle.Wire;

/// <summary>What a block says of itself, without its entries.</summary>
internal sealed record BlockHead
{
    /// <summary>Its height; the first is 1.</summary>
    public required long Height { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Its hash, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash of the block before it; empty for the first.</summary>
    public required string Prev { get; init; }

    /// <summary>The process that wrote it.</summary>
    public required string Writer { get; init; }

    /// <summary>How many entries it has.</summary>
    public required int Entries { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required int Bytes { get; init; }

    public static BlockHead Of(Block block)
    {
        var json = new Utf8JsonReader(block.Body.Span);
        var (time, hash, prev, writer, entries) = (default(DateTimeOffset), "", "", "", 0);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("time"u8))
                time = json.Read() ? json.GetDateTimeOffset() : default;
            else if (json.ValueTextEquals("hash"u8)) hash = Text(ref json);
            else if (json.ValueTextEquals("prev"u8)) prev = Text(ref json);
            else if (json.ValueTextEquals("writer"u8)) writer = Text(ref json);
            else if (json.ValueTextEquals("entries"u8)) entries = Count(ref json);
            else json.Skip();
        }
        return new BlockHead
        {
            Height = block.Height,
            Time = time,
            Hash = hash,
            Prev = prev,
            Writer = writer,
            Entries = entries,
            Bytes = block.Body.Length,
        };
    }

    private static string Text(ref Utf8JsonReader json) =>
        json.Read() ? json.GetString() ?? "" : "";

    private static int Count(ref Utf8JsonReader json)
    {
        var count = 0;
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            json.Skip();
            count++;
        }
        return count;
    }
}
