namespace Settle.Wire;

/// <summary>A client's timestamp in JSON, with its own offset.</summary>
internal sealed class TimestampJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) => Texts.IsTimestamp(reader.ValueSpan)
            ? Texts.TimestampOf(reader.ValueSpan) : throw new JsonException("must be a timestamp");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value,
        JsonSerializerOptions options) => writer.WriteStringValue(Texts.Timestamp(value));
}
