namespace Settle;

/// <summary>
/// Whether there is anything to read in a text: what people must be told is told by no character
/// that cannot be seen.
/// </summary>
internal static class VisibleText
{
    private const int NamedMax = 3;

    /// <exception cref="InvalidRequestException">No character of it can be seen.</exception>
    public static void Check(string field, ReadOnlySpan<byte> utf8)
    {
        if (Fault(utf8) is { } fault) throw new InvalidRequestException(field, fault);
    }

    /// <summary>What is wrong with a text that has no visible character; null if it has one.
    /// </summary>
    public static string? Fault(ReadOnlySpan<byte> utf8)
    {
        var seen = new List<string>();
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            if (IsVisible(rune)) return null;
            var name = $"U+{rune.Value:X4}";
            if (!seen.Contains(name) && seen.Count <= NamedMax) seen.Add(name);
            utf8 = utf8[length..];
        }
        if (seen.Count == 0) return "must not be blank";
        return "must not be blank: nothing can be seen of "
            + string.Join(", ", seen.Take(NamedMax)) + (seen.Count > NamedMax ? " and others" : "");
    }

    // Marks are seen on letters only, and some letters and symbols of Unicode are empty.
    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune)
        && rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFC or 0x1D159
            or 0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF))
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Surrogate);
}
