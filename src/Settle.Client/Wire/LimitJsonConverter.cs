namespace Settle.Wire;

/// <summary>A limit in JSON: an amount, or the word for none.</summary>
internal sealed class LimitJsonConverter<T>(string word, T none, Func<Money, T> of,
    Func<T, Money?> amountOf) : JsonConverter<T>
{
    private static readonly MoneyJsonConverter Amounts = new();

    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(word) ? none
            : of(Amounts.Read(ref reader, typeof(Money), options));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (amountOf(value) is { } amount) Amounts.Write(writer, amount, options);
        else writer.WriteStringValue(word);
    }
}
