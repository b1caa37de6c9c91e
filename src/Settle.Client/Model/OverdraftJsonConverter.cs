using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settle;

/// <summary>An overdraft in JSON: an integer of minor units, or <c>"unlimited"</c>.</summary>
internal sealed class OverdraftJsonConverter : JsonConverter<Overdraft>
{
    public override Overdraft Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) =>
        AmountOrWord.Read(ref reader, "overdraft", "unlimited"u8) is { } minor
            ? Overdraft.Of(minor) : Overdraft.Unlimited;

    public override void Write(Utf8JsonWriter writer, Overdraft value,
        JsonSerializerOptions options) =>
        AmountOrWord.Write(writer, value.IsUnlimited ? null : value.Minor, "unlimited"u8);
}
