namespace Settle.Wire;

/// <summary>
/// A quantity, price or rate in JSON: a text without needless zeros (<c>"2.5"</c>), because a
/// JSON number is floating point to many who read it. A plain number is understood too.
/// </summary>
internal sealed class DecimalJsonConverter : JsonConverter<decimal>
{
    /// <summary>Without zeros at the end.</summary>
    public static string ToText(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    public override decimal Read(ref Utf8JsonReader reader, Type type,
        JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
            JsonTokenType.String when decimal.TryParse(reader.GetString(),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var text) => text,
            _ => throw new JsonException("must be a decimal, such as \"2.5\""),
        };

    public override void Write(Utf8JsonWriter writer, decimal value,
        JsonSerializerOptions options) =>
        writer.WriteStringValue(ToText(value));
}
