using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settle;

/// <summary>A ceiling in JSON: an integer of minor units, or <c>"none"</c>.</summary>
internal sealed class CeilingJsonConverter : JsonConverter<Ceiling>
{
    public override Ceiling Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueTextEquals("none"u8) => Ceiling.None,
            JsonTokenType.Number when reader.TryGetInt64(out var minor) => Ceiling.Of(minor),
            _ => throw new InvalidRequestException("ceiling",
            "must be 0 to 2^53-1 minor units, or 'none'"),
        };

    public override void Write(Utf8JsonWriter writer, Ceiling value, JsonSerializerOptions options)
    {
        if (value.IsNone) writer.WriteStringValue("none"u8);
        else writer.WriteNumberValue(value.Minor);
    }
}
