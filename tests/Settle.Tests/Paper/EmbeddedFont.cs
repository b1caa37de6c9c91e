using System.Buffers.Binary;
using System.Text;

namespace Settle.Tests.Paper;

/// <summary>The widths that an embedded TrueType font itself has.</summary>
internal sealed class EmbeddedFont
{
    private readonly byte[] _file;
    private readonly Dictionary<string, int> _tables = [];

    public EmbeddedFont(byte[] file)
    {
        _file = file;
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + (i * 16);
            var (offset, length) = (I32(entry + 8), I32(entry + 12));
            if (offset + length > file.Length)
                throw new InvalidDataException("a table lies outside the font");
            _tables.Add(Encoding.ASCII.GetString(file, entry, 4), offset);
        }
    }

    /// <summary>A glyph's width in thousandths of the size.</summary>
    public int Width(int glyph)
    {
        if (glyph >= U16(_tables["maxp"] + 4)) throw new InvalidDataException("no such glyph");
        return U16(_tables["hmtx"] + (glyph * 4)) * 1000 / U16(_tables["head"] + 18);
    }

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(at));
}
