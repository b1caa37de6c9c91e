namespace Settle;

/// <summary>
/// The words that an enum has in JSON: its names in snake case. <c>Unknown</c> is what a word of a
/// newer version reads as.
/// </summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>()
        .ToDictionary(value => value,
            value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> ByWord =
        ByValue.ToDictionary(row => row.Value, row => row.Key, StringComparer.Ordinal);

    private static readonly T Unknown = ByWord["unknown"];

    public static IEnumerable<string> All => ByWord.Keys.Where(word => word != "unknown");

    public static string Of(T value) => Of(typeof(T).Name, value);

    /// <summary>The word of a field's value.</summary>
    /// <exception cref="InvalidRequestException">It is none that the enum names.</exception>
    public static string Of(string field, T value) => ByValue.TryGetValue(value, out var word)
        ? word : throw NotOne(field, value.ToString());

    public static T Parse(string? word) => ByWord.GetValueOrDefault(word ?? "", Unknown);

    /// <summary>One of the words.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static T Parse(string field, string word) =>
        Parse(word) is var value && !value.Equals(Unknown) ? value
            : throw NotOne(field, word);

    private static InvalidRequestException NotOne(string field, string text) =>
        Settle.Parse.NotOneOf(field, text, [.. All]);
}
