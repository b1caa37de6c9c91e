using System.Text;
using System.Text.Json;

namespace Settle;

/// <summary>A limit in JSON: an integer of minor units, or the word for none.</summary>
internal static class AmountOrWord
{
    /// <returns>Minor units; null for the word.</returns>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    public static long? Read(ref Utf8JsonReader reader, string field, ReadOnlySpan<byte> word) =>
        reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueTextEquals(word) => null,
            JsonTokenType.Number when reader.TryGetInt64(out var minor) => minor,
            _ => throw new InvalidRequestException(field,
                $"must be 0 to 2^53-1 minor units, or '{Encoding.UTF8.GetString(word)}'"),
        };

    public static void Write(Utf8JsonWriter writer, long? minor, ReadOnlySpan<byte> word)
    {
        if (minor is { } value) writer.WriteNumberValue(value);
        else writer.WriteStringValue(word);
    }
}
