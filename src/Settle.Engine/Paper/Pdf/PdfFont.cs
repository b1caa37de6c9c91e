using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>The text as the numbers of its glyphs, in hexadecimal digits.</summary>
    public string Encode(string text)
    {
        var codes = new StringBuilder(text.Length * 4);
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = GlyphOf(rune, out var shown);
            _used[glyph] = shown;
            codes.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }
        return codes.ToString();
    }

    /// <summary>Writes it as an object that pages refer to.</summary>
    public void Write(PdfWriter pdf, int id)
    {
        if (_used.Count == 0) Encode(" ");
        var glyphs = _used.Keys.ToArray();
        var name = $"{Tag(glyphs)}+{font.Name}";
        var (descendant, descriptor, file, unicode) =
            (pdf.Reserve(), pdf.Reserve(), pdf.Reserve(), pdf.Reserve());
        pdf.Write(id, $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            + $"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>");
        var widths = string.Join(' ', glyphs.Select(glyph => string.Create(
            CultureInfo.InvariantCulture, $"{glyph} [{font.Scale(font.Advance(glyph))}]")));
        pdf.Write(descendant, $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [{widths}] >>");
        pdf.Write(descriptor, string.Create(CultureInfo.InvariantCulture,
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ',
                font.Box)}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} "
            + $"/CapHeight {font.CapHeight} /StemV 88 /FontFile2 {file} 0 R >>"));
        var subset = FontSubset.Make(font, glyphs);
        pdf.WriteStream(file, string.Create(CultureInfo.InvariantCulture,
            $"/Length1 {subset.Length}"), subset);
        pdf.WriteStream(unicode, "", Encoding.ASCII.GetBytes(CharacterMap()));
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

    // Six letters that differ when the glyphs differ.
    private static string Tag(int[] glyphs)
    {
        var bytes = new byte[glyphs.Length * 4];
        Buffer.BlockCopy(glyphs, 0, bytes, 0, bytes.Length);
        return string.Concat(SHA256.HashData(bytes).Take(6).Select(b => (char)('A' + (b % 26))));
    }

    private string CharacterMap()
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """.ReplaceLineEndings("\n"));
        foreach (var part in _used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var (glyph, rune) in part)
            {
                var text = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()));
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{text}>\n");
            }
            map.Append("endbfchar\n");
        }
        map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return map.ToString();
    }
}
