using Settle.Paper.Shaping;

namespace Settle.Paper.Pdf;

/// <summary>
/// A font in one document, with those that stand in for characters that it lacks.
/// </summary>
internal sealed class PdfTypeface(PdfDocument document, TrueTypeFont primary)
{
    // Laying out measures a text before it is written.
    private readonly Dictionary<string, ShapedText> _shaped = [];

    public PdfFont Primary { get; } = document.FontOf(primary);

    /// <summary>Another font, as the document has it.</summary>
    public PdfFont Of(TrueTypeFont font) => document.FontOf(font);

    /// <summary>
    /// The glyphs of a text from the left to the right; null where each of its characters is a
    /// glyph of the font, one after the other.
    /// </summary>
    public IReadOnlyList<ShapedRun>? Shape(string text) =>
        TextShaper.IsPlain(primary, text) ? null : Shaped(text).Runs;

    /// <summary>The width of a text in points.</summary>
    public double Width(string text, double size)
    {
        if (!TextShaper.IsPlain(primary, text)) return Shaped(text).Width * size;
        var units = 0;
        foreach (var rune in text.EnumerateRunes()) units += primary.Advance(primary.Glyph(rune));
        return units * size / primary.UnitsPerEm;
    }

    /// <summary>
    /// How much of a text fits into a width: at least its first sign, and never half of one.
    /// </summary>
    public int Fit(string text, double size, double width)
    {
        var end = StringInfo.GetNextTextElementLength(text);
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (Width(text[..next], size) > width) break;
            end = next;
        }
        return end;
    }

    private ShapedText Shaped(string text)
    {
        if (!_shaped.TryGetValue(text, out var shaped))
            _shaped.Add(text, shaped = TextShaper.Shape(primary, text));
        return shaped;
    }
}
