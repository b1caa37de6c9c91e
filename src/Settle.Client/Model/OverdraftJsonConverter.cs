using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settle;

/// <summary>An overdraft in JSON: an integer of minor units, or <c>"unlimited"</c>.</summary>
internal sealed class OverdraftJsonConverter : JsonConverter<Overdraft>
{
    public override Overdraft Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueTextEquals("unlimited"u8) => Overdraft.Unlimited,
            JsonTokenType.Number when reader.TryGetInt64(out var minor) => Overdraft.Of(minor),
            _ => throw new InvalidRequestException("overdraft",
            "must be 0 to 2^53-1 minor units, or 'unlimited'"),
        };

    public override void Write(Utf8JsonWriter writer, Overdraft value,
        JsonSerializerOptions options)
    {
        if (value.IsUnlimited) writer.WriteStringValue("unlimited"u8);
        else writer.WriteNumberValue(value.Minor);
    }
}
