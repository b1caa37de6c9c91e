using System.Buffers;
using System.Buffers.Text;

namespace Settle.Paper.Pdf;

/// <summary>A font in one document: it notes which characters are used.</summary>
internal sealed class PdfFont(string key, TrueTypeFont font)
{
    // Glyph to character, to find and copy text.
    private readonly SortedDictionary<int, Rune> _used = [];

    /// <summary>What a page calls it.</summary>
    public string Key { get; } = key;

    public TrueTypeFont Font => font;

    /// <summary>The width of a text in points.</summary>
    public double Width(string text, double size)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes()) units += font.Advance(GlyphOf(rune, out _));
        return units * size / font.UnitsPerEm;
    }

    /// <summary>How much of a text fits into a width: at least its first character.</summary>
    public int Fit(string text, double size, double width)
    {
        var (end, units) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            units += font.Advance(GlyphOf(rune, out _));
            if (end > 0 && units * size / font.UnitsPerEm > width) break;
            end += rune.Utf16SequenceLength;
        }
        return end;
    }

    /// <summary>Writes a text as the numbers of its glyphs, in hexadecimal digits.</summary>
    public void Encode(string text, IBufferWriter<byte> to)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = GlyphOf(rune, out var shown);
            _used[glyph] = shown;
            Utf8Formatter.TryFormat(
                (ushort)glyph, to.GetSpan(4), out var written, new StandardFormat('X', 4));
            to.Advance(written);
        }
    }

    /// <summary>Writes it as an object that pages refer to.</summary>
    public void Write(PdfWriter pdf, int id)
    {
        var subset = PackedSubset.Of(font, _used);
        var (descendant, descriptor, file, unicode) =
            (pdf.Reserve(), pdf.Reserve(), pdf.Reserve(), pdf.Reserve());
        pdf.Write(id, $"<< /Type /Font /Subtype /Type0 /BaseFont /{subset.Name} "
            + "/Encoding /Identity-H "
            + $"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>");
        pdf.Write(descendant, $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{subset.Name} "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [{subset.Widths}] >>");
        pdf.Write(descriptor, string.Create(CultureInfo.InvariantCulture,
            $"<< /Type /FontDescriptor /FontName /{subset.Name} /Flags 4 /FontBBox [{string.Join(
                ' ', font.Box)}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} "
            + $"/CapHeight {font.CapHeight} /StemV 88 /FontFile2 {file} 0 R >>"));
        pdf.WritePacked(file, string.Create(CultureInfo.InvariantCulture,
            $"/Length1 {subset.Length}"), subset.File);
        pdf.WritePacked(unicode, "", subset.Characters);
    }

    // PDF/A forbids the glyph that stands for a missing one.
    private int GlyphOf(Rune rune, out Rune shown)
    {
        shown = Rune.IsControl(rune) ? new Rune(' ') : rune;
        var glyph = font.Glyph(shown);
        if (glyph != 0) return glyph;
        shown = new Rune('?');
        return font.Glyph(shown);
    }
}
