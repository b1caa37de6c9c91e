using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settle;

/// <summary>A ceiling in JSON: an integer of minor units, or <c>"none"</c>.</summary>
internal sealed class CeilingJsonConverter : JsonConverter<Ceiling>
{
    public override Ceiling Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) =>
        AmountOrWord.Read(ref reader, "ceiling", "none"u8) is { } minor
            ? Ceiling.Of(minor) : Ceiling.None;

    public override void Write(Utf8JsonWriter writer, Ceiling value,
        JsonSerializerOptions options) =>
        AmountOrWord.Write(writer, value.IsNone ? null : value.Minor, "none"u8);
}
