using System.Text.Json.Serialization;

namespace Settle.Server;

/// <summary>One kind of value in a body, read by a function that says what is wrong.</summary>
/// <param name="read">Reads it.</param>
/// <param name="takesNull">Whether the function refuses null; otherwise null is absent.</param>
internal sealed class BodyValue<T>(BodyValue<T>.Reading read, bool takesNull = true)
    : JsonConverter<T>
{
    internal delegate T Reading(ref Utf8JsonReader json);

    public override bool HandleNull => takesNull;

    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        try
        {
            return read(ref reader);
        }
        catch (InvalidRequestException e)
        {
            throw new JsonException(e.Reason, e);
        }
    }

    /// <summary>A key of an object, such as those of <c>meta</c>.</summary>
    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.GetString() is T key ? key
            : throw new NotSupportedException("only texts are keys");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("bodies are only read");
}
