using Settle.Paper.Pdf;

namespace Settle.Paper.Shaping;

/// <summary>The fonts of letters. They are the same everywhere, and so are the letters.</summary>
internal static class LetterFonts
{
    // Each is asked in turn for what those before it lack.
    private static readonly Lazy<TrueTypeFont>[] Others =
    [
        .. new[] { "Hebrew", "Arabic", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya",
            "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer",
            "Myanmar", "Ethiopic" }.Select(script => Font($"NotoSans{script}-Regular")),
        Font("DejaVuSans"), Font("DroidSansFallbackFull"), Font("NanumSquareR"),
        Font("NotoEmoji-Regular"),
    ];

    private static readonly Lazy<TrueTypeFont> OpenSans = Font("OpenSans-Regular");
    private static readonly Lazy<TrueTypeFont> OpenSansSemibold = Font("OpenSans-Semibold");

    // A Swiss QR-bill may have no other.
    private static readonly Lazy<TrueTypeFont> Liberation = Font("LiberationSans-Regular");
    private static readonly Lazy<TrueTypeFont> LiberationBold = Font("LiberationSans-Bold");

    public static TrueTypeFont SwissRegular => Liberation.Value;

    public static TrueTypeFont SwissStrong => LiberationBold.Value;

    public static TrueTypeFont Regular => OpenSans.Value;

    public static TrueTypeFont Strong => OpenSansSemibold.Value;

    /// <summary>The font that draws a sign: the first one that has all of its characters.</summary>
    /// <param name="primary">The font to ask first.</param>
    /// <param name="sign">A character, with the marks on it.</param>
    /// <returns>Null where none has all.</returns>
    public static TrueTypeFont? Find(TrueTypeFont primary, ReadOnlySpan<char> sign)
    {
        if (Has(primary, sign)) return primary;
        foreach (var other in Others)
            if (Has(other.Value, sign)) return other.Value;
        return null;
    }

    /// <summary>Whether any font has a character.</summary>
    public static bool Have(Rune character) => CharacterTraits.IsUnseen(character)
        || Regular.Glyph(character) > 0
        || Others.Any(other => other.Value.Glyph(character) > 0);

    private static bool Has(TrueTypeFont font, ReadOnlySpan<char> sign)
    {
        foreach (var rune in sign.EnumerateRunes())
            if (font.Glyph(rune) == 0 && !CharacterTraits.IsUnseen(rune)) return false;
        return true;
    }

    private static Lazy<TrueTypeFont> Font(string name) => new(() =>
    {
        using var stream = typeof(LetterFonts).Assembly
            .GetManifestResourceStream($"Settle.Paper.Fonts.{name}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(name, bytes);
    });
}
