namespace Settle.Wire;

/// <summary>
/// The kinds of values in bodies and in clients' documents; what is wrong is quoted. The reader of
/// the whole adds the field.
/// </summary>
internal static class JsonValues
{
    private const long SecondsMax = long.MaxValue / TimeSpan.TicksPerSecond;
    // What a body is about is not known yet: the asset may have any number of decimals.
    private const string MinorUnit =
        " in the minor unit; with two decimals, 50.00 is written as 5000";

    public static string Text(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String ? Unescaped(ref json)
            : throw Fault(ref json, "is not a text");

    /// <summary>A text that says something.</summary>
    public static string Word(ref Utf8JsonReader json) => Text(ref json) is { Length: > 0 } text
        ? text : throw Fault("must not be empty");

    public static bool Flag(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ when IsFlag(ref json) => throw Fault(ref json, "is neither true nor false"),
        _ => throw Plain(ref json, "is neither true nor false"),
    };

    public static Money Amount(ref Utf8JsonReader json) =>
        Money.InLedgersScale(Long(ref json, MinorUnit), null);

    public static TimeSpan Seconds(ref Utf8JsonReader json) =>
        Long(ref json, " of seconds") is > -SecondsMax and < SecondsMax and var value
            ? TimeSpan.FromSeconds(value) : throw Fault(ref json, "is out of range");

    public static T Word<T>(ref Utf8JsonReader json) where T : struct, Enum =>
        Words<T>.Parse("", Text(ref json));

    private static long Long(ref Utf8JsonReader json, string counted = "")
    {
        if (json.TokenType != JsonTokenType.Number || json.ValueSpan.ContainsAny(".eE"u8))
            throw Fault(ref json, "is not an integer" + counted);
        return json.TryGetInt64(out var value) ? value : throw Fault(ref json, "is out of range");
    }

    public static int Integer(ref Utf8JsonReader json) =>
        Long(ref json) is >= int.MinValue and <= int.MaxValue and var value ? (int)value
            : throw Fault(ref json, "is out of range");

    /// <summary>A decimal as a text, <c>"2.5"</c>, or as a number.</summary>
    public static decimal Decimal(ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? Parse.Decimal("", Raw(ref json))
            : throw Fault(ref json, "is not a decimal; write it as \"2.5\"");

    public static DateOnly Day(ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? Parse.Day("", Raw(ref json))
            : throw Fault(ref json, "is not a day; write it as \"2026-10-31\"");

    public static DateTimeOffset Time(ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? Parse.Time("", Raw(ref json))
            : throw Fault(ref json, "is not a time; write it as \"2026-11-21T20:23:11Z\"");

    public static byte[] Bytes(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var bytes) ? bytes
            : throw Fault("must be base64");

    /// <summary>A moment, or a day, which means its beginning, UTC.</summary>
    public static DateTimeOffset Timestamp(ref Utf8JsonReader json) =>
        Parse.Timestamp("", Text(ref json));

    public static Overdraft Overdraft(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && json.ValueTextEquals("unlimited"u8)
            ? Settle.Overdraft.Unlimited
            : Settle.Overdraft.Of(Limit(ref json, "unlimited"));

    public static Ceiling Ceiling(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && json.ValueTextEquals("none"u8)
            ? Settle.Ceiling.None
            : Settle.Ceiling.Of(Limit(ref json, "none"));

    private static Money Limit(ref Utf8JsonReader json, string word) =>
        json.TokenType == JsonTokenType.Number || IsAmount(ref json) ? Amount(ref json)
            : throw Plain(ref json, $"is neither an amount nor '{word}'");

    private static bool IsAmount(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && Unescaped(ref json) is var text
            && Parse.IsDecimal(text.StartsWith('-') ? text.AsSpan(1) : text);

    private static string Raw(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String ? Unescaped(ref json)
            : Encoding.UTF8.GetString(json.ValueSpan);

    private static string Unescaped(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("must be valid Unicode");
        }
    }

    private static InvalidRequestException Fault(ref Utf8JsonReader json, string what) =>
        Fault((json.TokenType switch
        {
            JsonTokenType.String => $"the text '{Parse.Shorten(Unescaped(ref json))}' ",
            JsonTokenType.StartObject => "an object ",
            JsonTokenType.StartArray => "an array ",
            _ => Parse.Shorten(Encoding.UTF8.GetString(json.ValueSpan)) + " ",
        }) + what);

    private static bool IsFlag(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String
            && (json.ValueTextEquals("true"u8) || json.ValueTextEquals("false"u8));

    // As it is said of a text anywhere else. Where its quotes alone are wrong, it is called a text.
    private static InvalidRequestException Plain(ref Utf8JsonReader json, string what) =>
        json.TokenType == JsonTokenType.String ? Parse.Fault("", Unescaped(ref json), what)
            : Fault(ref json, what);

    private static InvalidRequestException Fault(string what) => new("", what);
}
