namespace Settle.Wire;

/// <summary>What a hold expires in, in JSON: whole seconds.</summary>
internal sealed class SecondsJsonConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value,
        JsonSerializerOptions options) =>
        writer.WriteNumberValue(HoldRequest.SecondsOf(value));
}
