using System.Buffers;
using System.Buffers.Text;

namespace Settle.Paper.Pdf;

/// <summary>A font in one document: it notes which glyphs are used.</summary>
internal sealed class PdfFont(string key, TrueTypeFont font)
{
    // Glyph to characters, to find and copy text.
    private readonly SortedDictionary<int, string> _used = [];

    /// <summary>What a page calls it.</summary>
    public string Key { get; } = key;

    public bool IsUsed => _used.Count > 0;

    /// <summary>Writes a text as the numbers of its glyphs, in hexadecimal digits.</summary>
    public void Encode(string text, IBufferWriter<byte> to)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = font.Glyph(rune);
            if (!_used.ContainsKey(glyph)) _used[glyph] = rune.ToString();
            Encode(glyph, to);
        }
    }

    /// <summary>Writes the number of a glyph.</summary>
    public static void Encode(int glyph, IBufferWriter<byte> to)
    {
        Utf8Formatter.TryFormat(
            (ushort)glyph, to.GetSpan(4), out var written, new StandardFormat('X', 4));
        to.Advance(written);
    }

    /// <summary>
    /// Notes a glyph and what it stands for; false where it stands for something else already.
    /// </summary>
    public bool Use(int glyph, string text)
    {
        if (_used.TryGetValue(glyph, out var known) && known.Length > 0) return known == text;
        _used[glyph] = text;
        return true;
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
}
