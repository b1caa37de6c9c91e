using AnyAscii;
using Settle.Journals;

namespace Settle.Accounting;

/// <summary>Texts as the fields of a DATEV posting batch allow them.</summary>
internal static class DatevTexts
{
    private const int NumberMax = 36;
    private const int SecondNumberMax = 12;
    private const int CentreMax = 36;

    // Beyond Latin-1, which Windows-1252 has too.
    private const string Others = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

    /// <summary>A text for people, of at most so many characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many characters the field has.</param>
    /// <param name="keepsLetters">False to use only what Windows-1252 has.</param>
    public static string Of(string text, int length, bool keepsLetters)
    {
        text = NameRules.Composed(text);
        if (!keepsLetters)
        {
            var nearest = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                if (IsIn1252(rune)) nearest.Append(rune);
                else nearest.Append(rune.ToString().Transliterate());
            }
            text = nearest.ToString();
        }
        text = CsvFormulas.Defuse(text);
        if (text.Length <= length) return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>
    /// Belegfeld 1, by which invoices and their payments find each other: letters, digits and
    /// <c>$ % / _ -</c>. The end of a number is what makes it another.
    /// </summary>
    public static string Number(string number)
    {
        var text = Plain(number, "_$%/-", '-');
        if (text.Length > NumberMax) text = text[^NumberMax..];
        // A spreadsheet would calculate it.
        return text is ['-', .. var rest] ? $"/{rest}" : text;
    }

    /// <summary>Belegfeld 2, which is shorter; null for a number that does not fit.</summary>
    public static string? SecondNumber(string? number) =>
        number is not null && Number(number) is { Length: <= SecondNumberMax } text ? text : null;

    /// <summary>A cost centre: letters, digits, spaces and <c>_</c>.</summary>
    public static string Centre(string centre)
    {
        var text = Plain(centre, "_ äöüÄÖÜß", '_');
        return text.Length <= CentreMax ? text : text[..CentreMax];
    }

    private static string Plain(string text, string allowed, char instead)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in NameRules.Composed(text).EnumerateRunes())
        {
            var c = rune.IsBmp ? (char)rune.Value : instead;
            if (char.IsAsciiLetterOrDigit(c) || allowed.Contains(c, StringComparison.Ordinal))
            {
                plain.Append(c);
                continue;
            }
            var letters = rune.ToString().Transliterate().Where(char.IsAsciiLetterOrDigit);
            var before = plain.Length;
            plain.Append([.. letters]);
            if (plain.Length == before) plain.Append(instead);
        }
        return plain.ToString();
    }

    private static bool IsIn1252(Rune rune) =>
        rune.Value is >= 0x20 and < 0x7F or >= 0xA0 and <= 0xFF
        || (rune.IsBmp && Others.Contains((char)rune.Value, StringComparison.Ordinal));
}
