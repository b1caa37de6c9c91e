using System.Security.Cryptography;

namespace Settle.Paper.Pdf;

/// <summary>Some glyphs of a font, ready to be put into a file.</summary>
internal sealed class PackedSubset
{
    // Nearly all letters need no more, so that their fonts are made once.
    private const string Common =
        " !\"#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz"
        + "§·ÄÖÜßäöüéè–“”„€−";

    private PackedSubset(TrueTypeFont font, SortedDictionary<int, string> glyphs)
    {
        var file = FontSubset.Make(font, glyphs.Keys);
        Name = $"{Tag(glyphs.Keys)}+{font.Name}";
        Length = file.Length;
        File = Deflate.Pack(file);
        Characters = Deflate.Pack(Encoding.ASCII.GetBytes(CharacterMap(glyphs)));
        Widths = string.Join(' ', glyphs.Keys.Select(glyph => string.Create(
            CultureInfo.InvariantCulture, $"{glyph} [{font.Scale(font.Advance(glyph))}]")));
    }

    public string Name { get; }

    /// <summary>The bytes of the font before they were packed.</summary>
    public int Length { get; }

    public byte[] File { get; }

    /// <summary>What the glyphs mean, to find and copy text.</summary>
    public byte[] Characters { get; }

    public string Widths { get; }

    /// <summary>A subset with at least the glyphs that are used.</summary>
    public static PackedSubset Of(TrueTypeFont font, SortedDictionary<int, string> used)
    {
        var common = font.CommonGlyphs;
        foreach (var glyph in used.Keys)
            if (!common.ContainsKey(glyph)) return new PackedSubset(font, used);
        return font.CommonSubset;
    }

    public static PackedSubset MakeCommon(TrueTypeFont font) => new(font, font.CommonGlyphs);

    public static SortedDictionary<int, string> FindCommon(TrueTypeFont font)
    {
        var glyphs = new SortedDictionary<int, string>();
        foreach (var rune in Common.EnumerateRunes())
        {
            if (font.Glyph(rune) is not (> 0 and var glyph)) return [];
            glyphs[glyph] = rune.ToString();
        }
        return glyphs;
    }

    // Six letters that differ when the glyphs differ.
    private static string Tag(IEnumerable<int> glyphs)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Join(' ', glyphs));
        return string.Concat(SHA256.HashData(bytes).Take(6).Select(b => (char)('A' + (b % 26))));
    }

    private static string CharacterMap(SortedDictionary<int, string> glyphs)
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
        // A part of a larger sign says nothing on its own.
        foreach (var part in glyphs.Where(glyph => glyph.Value.Length > 0).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var (glyph, text) in part)
            {
                var hex = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{hex}>\n");
            }
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
            .ToString();
    }
}
