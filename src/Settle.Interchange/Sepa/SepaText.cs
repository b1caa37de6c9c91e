using AnyAscii;
using Settle.Billing.Rules;

namespace Settle.Sepa;

/// <summary>
/// Texts in the letters that every bank of SEPA knows. Others become those that the European
/// Payments Council recommends (EPC217-08): an umlaut its vowel, <c>ß</c> an <c>s</c>, <c>&amp;</c>
/// a plus; what has no letter becomes a full stop.
/// </summary>
internal static class SepaText
{
    public const int NameMax = 70;
    public const int RemittanceMax = 140;
    public const int StreetMax = 70;
    public const int PostalCodeMax = 16;
    public const int CityMax = 35;

    private static readonly Dictionary<Rune, string> Own = new()
    {
        [new('ß')] = "s", [new('ẞ')] = "S", [new('Æ')] = "A", [new('æ')] = "a", [new('Œ')] = "O",
        [new('œ')] = "o", [new('Þ')] = "T", [new('þ')] = "t", [new('&')] = "+", [new('*')] = ".",
        [new('_')] = "-", [new('"')] = ".", [new('!')] = ".", [new('@')] = ".", [new(';')] = ",",
        [new('[')] = "(", [new(']')] = ")", [new('{')] = "(", [new('}')] = ")", [new('<')] = ".",
        [new('>')] = ".", [new('=')] = ".", [new('#')] = ".", [new('$')] = ".", [new('%')] = ".",
        [new('|')] = "/", [new('\\')] = "/", [new('~')] = "-", [new('^')] = ".", [new('`')] = "'",
        [new('€')] = "E", [new('£')] = ".",
    };

    /// <summary>A text as it stands in a message: at most so many characters.</summary>
    public static string Of(string text, int charsMax)
    {
        var letters = new StringBuilder(text.Length);
        // An umlaut may be typed as a vowel and its dots.
        foreach (var rune in NameRules.Composed(text).EnumerateRunes())
            letters.Append(Of(rune));
        var spaced = string.Join(' ', letters.ToString().Split(
            ' ', StringSplitOptions.RemoveEmptyEntries));
        // Slashes at the ends, and two of them, mean something to banks.
        while (spaced.Contains("//", StringComparison.Ordinal))
            spaced = spaced.Replace("//", "/", StringComparison.Ordinal);
        spaced = spaced.Trim('/', ' ');
        if (spaced.Length > charsMax) spaced = spaced[..charsMax].TrimEnd('/', ' ');
        return spaced.Length == 0 ? "." : spaced;
    }

    private static string Of(Rune rune)
    {
        if (IsKnown(rune)) return rune.ToString();
        if (Own.TryGetValue(rune, out var own)) return own;
        if (Rune.IsWhiteSpace(rune)) return " ";
        // What is left of accents has no letter to stand on.
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) return "";
        var ascii = Rune.IsLetterOrDigit(rune) ? rune.ToString().Transliterate() : "";
        return ascii.Length > 0 && ascii.EnumerateRunes().All(IsKnown) ? ascii : ".";
    }

    private static bool IsKnown(Rune rune) => rune.IsAscii && (Rune.IsLetterOrDigit(rune)
        || SepaReference.Marks.Contains((char)rune.Value, StringComparison.Ordinal));
}
