using System.Buffers.Binary;

namespace Settle.Paper.Pdf;

/// <summary>A TrueType font: what a PDF needs to measure and to embed it. Never changes.</summary>
internal sealed class TrueTypeFont
{
    private const int CapHeightEnd = 90;
    private const int FirstCharacters = 256;

    private readonly byte[] _file;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = [];
    private readonly Dictionary<int, int> _glyphs = [];

    // Nearly all characters are among the first ones.
    private readonly int[] _firstGlyphs = new int[FirstCharacters];
    private readonly int _metrics;
    private readonly bool _hasLongOffsets;
    private readonly Lazy<PackedSubset> _common;

    public TrueTypeFont(string name, byte[] file)
    {
        Name = name;
        _file = file;
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + (i * 16);
            _tables.Add(Encoding.ASCII.GetString(file, entry, 4),
                (I32(entry + 8), I32(entry + 12)));
        }
        var head = _tables["head"].Offset;
        UnitsPerEm = U16(head + 18);
        Box = [.. Enumerable.Range(0, 4).Select(i => Scale(I16(head + 36 + (i * 2))))];
        _hasLongOffsets = U16(head + 50) == 1;
        Ascent = Scale(I16(_tables["hhea"].Offset + 4));
        Descent = Scale(I16(_tables["hhea"].Offset + 6));
        _metrics = U16(_tables["hhea"].Offset + 34);
        GlyphCount = U16(_tables["maxp"].Offset + 4);
        // The oldest form of the table does not say it.
        CapHeight = _tables["OS/2"].Length >= CapHeightEnd
            ? Scale(I16(_tables["OS/2"].Offset + CapHeightEnd - 2)) : Ascent * 7 / 10;
        ReadCharacters();
        for (var c = 0; c < FirstCharacters; c++)
            _firstGlyphs[c] = _glyphs.GetValueOrDefault(c);
        CommonGlyphs = PackedSubset.FindCommon(this);
        _common = new Lazy<PackedSubset>(() => PackedSubset.MakeCommon(this));
    }

    /// <summary>Its PostScript name.</summary>
    public string Name { get; }

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>Left, bottom, right, top, in thousandths of the size, as all that follow.</summary>
    public IReadOnlyList<int> Box { get; }

    public int Ascent { get; }

    public int Descent { get; }

    public int CapHeight { get; }

    /// <summary>
    /// The glyphs that most documents use, and their characters; none in a font that lacks some.
    /// </summary>
    public SortedDictionary<int, string> CommonGlyphs { get; }

    /// <summary>A font of those, made once.</summary>
    public PackedSubset CommonSubset => _common.Value;

    /// <summary>The glyph of a character; 0 when the font has none.</summary>
    public int Glyph(Rune character) => character.Value < FirstCharacters
        ? _firstGlyphs[character.Value] : _glyphs.GetValueOrDefault(character.Value);

    /// <summary>How far a glyph moves on, in the font's units.</summary>
    public int Advance(int glyph) =>
        U16(_tables["hmtx"].Offset + (Math.Min(glyph, _metrics - 1) * 4));

    public int LeftBearing(int glyph) => I16(_tables["hmtx"].Offset + (glyph < _metrics
        ? (glyph * 4) + 2 : (_metrics * 4) + ((glyph - _metrics) * 2)));

    /// <summary>How a glyph is drawn; empty for a blank.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var loca = _tables["loca"].Offset;
        var start = _hasLongOffsets ? I32(loca + (glyph * 4)) : U16(loca + (glyph * 2)) * 2;
        var end = _hasLongOffsets ? I32(loca + (glyph * 4) + 4) : U16(loca + (glyph * 2) + 2) * 2;
        return _file.AsSpan(_tables["glyf"].Offset + start, end - start);
    }

    /// <summary>A table as it is; empty when the font has none.</summary>
    public ReadOnlySpan<byte> Table(string tag) =>
        _tables.TryGetValue(tag, out var table) ? _file.AsSpan(table.Offset, table.Length) : [];

    /// <summary>Font units in thousandths of the size.</summary>
    public int Scale(int units) =>
        (int)Math.Round(units * 1000m / UnitsPerEm, MidpointRounding.AwayFromZero);

    /// <summary>The file that it was read from.</summary>
    public ReadOnlyMemory<byte> File => _file;

    // The table of characters in format 4, segments of the basic plane, or 12, of all planes.
    private void ReadCharacters()
    {
        var cmap = _tables["cmap"].Offset;
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var (platform, encoding) = (U16(cmap + 4 + (i * 8)), U16(cmap + 6 + (i * 8)));
            var table = cmap + I32(cmap + 8 + (i * 8));
            if (platform == 3 && encoding == 1 && U16(table) == 4) ReadSegments(table);
            if (platform == 3 && encoding == 10 && U16(table) == 12) ReadGroups(table);
        }
    }

    private void ReadSegments(int table)
    {
        var twice = U16(table + 6);
        var (ends, starts) = (table + 14, table + 16 + twice);
        for (var at = 0; at < twice; at += 2)
        {
            var offset = U16(starts + (2 * twice) + at);
            for (int c = U16(starts + at); c <= U16(ends + at) && c != 0xFFFF; c++)
            {
                int glyph = offset == 0 ? c
                    : U16(starts + (2 * twice) + at + offset + ((c - U16(starts + at)) * 2));
                if (offset != 0 && glyph == 0) continue;
                glyph = (glyph + U16(starts + twice + at)) & 0xFFFF;
                if (glyph != 0) _glyphs[c] = glyph;
            }
        }
    }

    private void ReadGroups(int table)
    {
        for (var at = table + 16; at < table + 16 + (I32(table + 12) * 12); at += 12)
        {
            for (var c = I32(at); c <= I32(at + 4); c++)
                _glyphs[c] = I32(at + 8) + c - I32(at);
        }
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(at));
}
