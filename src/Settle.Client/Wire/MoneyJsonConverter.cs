namespace Settle.Wire;

/// <summary>An amount in JSON: an integer in the minor unit, however large.</summary>
internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    private const int DigitsMax = 40;

    public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException("must be an integer");
        Span<byte> digits = stackalloc byte[DigitsMax];
        var length = reader.HasValueSequence ? (int)reader.ValueSequence.Length
            : reader.ValueSpan.Length;
        if (length > DigitsMax) throw new JsonException("must be an integer of at most 128 bits");
        length = CopyDigits(ref reader, digits);
        return Int128.TryParse(digits[..length], NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var value)
            ? AnswerReader.AmountAt(reader.TokenStartIndex, value)
            : throw new JsonException("must be an integer of at most 128 bits");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        Span<byte> digits = stackalloc byte[DigitsMax];
        value.Units.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        writer.WriteRawValue(digits[..length], skipInputValidation: true);
    }

    private static int CopyDigits(ref Utf8JsonReader reader, scoped Span<byte> digits)
    {
        if (!reader.HasValueSequence)
        {
            reader.ValueSpan.CopyTo(digits);
            return reader.ValueSpan.Length;
        }
        var length = 0;
        foreach (var part in reader.ValueSequence)
        {
            part.Span.CopyTo(digits[length..]);
            length += part.Length;
        }
        return length;
    }
}
