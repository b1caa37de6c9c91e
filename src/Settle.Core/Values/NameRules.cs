using ADRaffy.ENSNormalize;

namespace Settle;

/// <summary>
/// What keeps two names apart for people: a name has one spelling (NFC), and nothing in it is
/// invisible or looks like a space without being one.
/// </summary>
internal static class NameRules
{
    // From here on, writing systems join and shape letters with characters that cannot be seen.
    private const int FirstJoined = 0x0590;

    // Emoji and symbols say with an invisible character how they are drawn.
    private const int FirstDrawn = 0x2190;

    // No character below is changed by NFC.
    private const int FirstComposed = 0x0300;

    /// <summary>What is wrong with a printable name; null when nothing is.</summary>
    public static string? Fault(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("  "u8) >= 0) return "has two spaces in a row; write one";
        if (!utf8.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)) return null;
        return UnseenFault(utf8) ?? VisibleText.Fault(utf8)
            ?? (MayCompose(utf8) ? Uncomposed(Encoding.UTF8.GetString(utf8)) : null);
    }

    /// <summary>
    /// Which character of a printable line people cannot see, or take for another one; null when
    /// there is none.
    /// </summary>
    public static string? UnseenFault(ReadOnlySpan<byte> utf8)
    {
        var before = default(Rune);
        for (var rest = utf8; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (IsLikeSpace(rune))
                return $"has U+{rune.Value:X4}, which looks like a space; write a plain space";
            if (IsInvisible(rune, before))
                return $"has U+{rune.Value:X4}, which cannot be seen; leave it out";
            if (IsUnknown(rune))
                return $"has U+{rune.Value:X4}, which does not look the same everywhere; "
                    + "leave it out";
            before = rune;
            rest = rest[length..];
        }
        return null;
    }

    private static bool MayCompose(ReadOnlySpan<byte> utf8)
    {
        for (var rest = utf8; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (MayCompose(rune)) return true;
            rest = rest[length..];
        }
        return false;
    }

    private static bool IsLikeSpace(Rune rune) => rune.Value != ' '
        && (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator
            || rune.Value is 0x2800 or 0x3164 or 0xFFA0 or 0x115F or 0x1160);

    private static bool IsInvisible(Rune rune, Rune before) => rune.Value switch
    {
        0x200C or 0x200D => before.Value < FirstJoined,
        >= 0xFE00 and <= 0xFE0F => before.Value < FirstDrawn,
        0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) => true,
        0x2065 or (>= 0xFFF0 and <= 0xFFF8) or 0xFFFC or 0x16FE4 or 0x1D159 => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };

    // For private use, not assigned, and the noncharacters.
    private static bool IsUnknown(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // Of these blocks only some characters are changed, and looking for them costs more.
    private static bool MayCompose(Rune rune) => rune.Value >= FirstComposed
        && (rune.Value is 0x0374 or 0x037E or 0x0387 or (>= 0x0958 and < 0x1200)
            or (>= 0x1F00 and < 0x3000) or (>= 0xF900 and < 0xFB50) or >= 0x10000
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark);

    /// <summary>A text in the form NFC: letters are one with their marks.</summary>
    public static string Composed(string text) => ENSNormalize.NF.NFC(text);

    private static string? Uncomposed(string name)
    {
        var composed = ENSNormalize.NF.NFC(name);
        if (composed == name) return null;
        var (was, is_) = (name.EnumerateRunes().ToArray(), composed.EnumerateRunes().ToArray());
        var first = was.Zip(is_).TakeWhile(pair => pair.First == pair.Second).Count();
        var last = was[first..].Reverse().Zip(is_[first..].Reverse())
            .TakeWhile(pair => pair.First == pair.Second).Count();
        return $"has {Codes(was[first..^last])}, which Unicode writes as {Codes(is_[first..^last])}"
            + $"; write '{Parse.Shorten(composed)}' (in the form NFC)";
    }

    private static string Codes(IEnumerable<Rune> runes) =>
        string.Join(' ', runes.Select(rune => $"U+{rune.Value:X4}"));
}
