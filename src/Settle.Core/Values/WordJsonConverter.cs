using System.Text.Json.Serialization;

namespace Settle;

/// <summary>An enum in JSON, as one of its <see cref="Words{T}"/>.</summary>
internal sealed class WordJsonConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Words<T>.Parse(reader.GetString())
            : throw new JsonException("must be a word");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words<T>.Of(value));
}
