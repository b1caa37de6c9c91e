using System.Buffers;
using System.Runtime.InteropServices;

namespace Settle.Wire;

/// <summary>
/// One entry of the chain with its place, as the stream of events and the index give it. Its bytes
/// go through unchanged where nobody looks into them.
/// </summary>
internal sealed record ChainEvent
{
    /// <summary>The height of its block.</summary>
    public required long Block { get; init; }

    /// <summary>Its index in the block; the first is 0.</summary>
    public required int Index { get; init; }

    /// <summary>The time of its block, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The entry as the chain holds it.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public required JsonElement Entry { get; init; }

    /// <inheritdoc cref="ChainEntry.Detail"/>
    public string? Detail { get; init; }

    /// <inheritdoc cref="Refusable.Account"/>
    public string? Account { get; init; }

    /// <inheritdoc cref="Refusable.AccountExists"/>
    public bool? AccountExists { get; init; }

    /// <inheritdoc cref="Problem.Asset"/>
    public string? Asset { get; init; }

    /// <inheritdoc cref="Refusable.Spendable"/>
    public Money? Spendable { get; init; }

    /// <inheritdoc cref="Refusable.Needed"/>
    public Money? Needed { get; init; }

    /// <inheritdoc cref="Refusable.Room"/>
    public Money? Room { get; init; }

    /// <inheritdoc cref="Transfer.Left"/>
    public Money? Left { get; init; }

    /// <summary>An entry, to be written.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="body">Its body, parsed.</param>
    public static ChainEvent Of(ChainEntry entry, JsonElement body) => new()
    {
        Block = entry.Position.Height,
        Index = entry.Position.Index,
        Time = entry.Time,
        Entry = body,
        Detail = entry.Detail,
        Account = entry.Account,
        AccountExists = entry.AccountExists,
        Asset = (entry.Needed ?? entry.Room)?.Asset,
        Spendable = entry.Spendable,
        Needed = entry.Needed,
        Room = entry.Room,
        Left = entry.Left,
    };

    /// <summary>The entry that was written. Its bytes are those of the chain.</summary>
    public ChainEntry ToEntry() => new(new EntryPosition(Block, Index), Time,
        JsonMarshal.GetRawUtf8Value(Entry).ToArray())
    {
        Detail = Detail,
        Refusal = Account is null && Left is null ? null : new RefusalFacts
        {
            Account = Account, AccountExists = AccountExists, Spendable = Spendable,
            Needed = Needed, Room = Room, Left = Left,
        },
    };

    /// <summary>
    /// Writes <c>{"block":42,"index":7,"time":"...","entry":{...}}</c>, as a stream has it.
    /// </summary>
    public static void Write(IBufferWriter<byte> output, ChainEntry entry)
    {
        using var json =
            new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteNumber("block"u8, entry.Position.Height);
        json.WriteNumber("index"u8, entry.Position.Index);
        json.WriteString("time"u8, UtcTimeJsonConverter.ToText(entry.Time));
        json.WritePropertyName("entry"u8);
        json.WriteRawValue(entry.Body.Span, skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not that.</exception>
    public static ChainEntry Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        var (height, index, time, body) = (0L, -1, default(DateTimeOffset), Array.Empty<byte>());
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("block"u8)) height = json.Read() ? json.GetInt64() : 0;
            else if (json.ValueTextEquals("index"u8)) index = json.Read() ? json.GetInt32() : 0;
            else if (json.ValueTextEquals("time"u8)) time = json.Read() ? json.GetDateTimeOffset()
                : default;
            else if (json.ValueTextEquals("entry"u8)) body = Raw(ref json, utf8);
            else json.Skip();
        }
        return body.Length > 0 && index >= 0
            ? new ChainEntry(new EntryPosition(height, index), time, body)
            : throw new JsonException("the answer is not an entry of a chain");
    }

    /// <summary>The type of an entry, such as <c>transfer</c>.</summary>
    public static string TypeOf(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8)) return json.Read() ? json.GetString() ?? "" : "";
            json.Skip();
        }
        return "";
    }

    private static byte[] Raw(ref Utf8JsonReader json, ReadOnlySpan<byte> utf8)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return utf8[start..(int)json.BytesConsumed].ToArray();
    }
}
