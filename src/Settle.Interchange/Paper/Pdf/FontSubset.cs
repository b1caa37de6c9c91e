using System.Buffers.Binary;

namespace Settle.Paper.Pdf;

/// <summary>
/// Makes a font of those glyphs that a document uses. They keep their numbers; the others are
/// empty.
/// </summary>
internal static class FontSubset
{
    private const int Words = 0x0001;
    private const int OneScale = 0x0008;
    private const int More = 0x0020;
    private const int TwoScales = 0x0040;
    private const int Matrix = 0x0080;

    public static byte[] Make(TrueTypeFont font, IEnumerable<int> used)
    {
        var glyphs = new SortedSet<int>(used) { 0 };
        foreach (var glyph in glyphs.ToList()) AddParts(font, glyph, glyphs);
        var count = glyphs.Max + 1;
        var (outlines, offsets) = Outlines(font, glyphs, count);
        return Assemble(
        [
            ("cvt ", font.Table("cvt ").ToArray()),
            ("fpgm", font.Table("fpgm").ToArray()),
            ("glyf", outlines),
            ("head", Head(font)),
            ("hhea", Patched(font.Table("hhea"), 34, count)),
            ("hmtx", Metrics(font, glyphs, count)),
            ("loca", offsets),
            ("maxp", Patched(font.Table("maxp"), 4, count)),
            ("prep", font.Table("prep").ToArray()),
        ]);
    }

    // A letter with an accent is drawn by two others.
    private static void AddParts(TrueTypeFont font, int glyph, SortedSet<int> glyphs)
    {
        var outline = font.Outline(glyph);
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return;
        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            int part = BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]);
            if (glyphs.Add(part)) AddParts(font, part, glyphs);
            at += 4 + ((flags & Words) != 0 ? 4 : 2)
                + ((flags & OneScale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4
                    : (flags & Matrix) != 0 ? 8 : 0);
        }
        while ((flags & More) != 0);
    }

    private static (byte[] Outlines, byte[] Offsets) Outlines(TrueTypeFont font,
        SortedSet<int> glyphs, int count)
    {
        using var outlines = new MemoryStream();
        var offsets = new byte[(count + 1) * 4];
        for (var glyph = 0; glyph < count; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(glyph * 4), (int)outlines.Length);
            if (!glyphs.Contains(glyph)) continue;
            outlines.Write(font.Outline(glyph));
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }
        BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(count * 4), (int)outlines.Length);
        return (outlines.ToArray(), offsets);
    }

    private static byte[] Metrics(TrueTypeFont font, SortedSet<int> glyphs, int count)
    {
        var metrics = new byte[count * 4];
        foreach (var glyph in glyphs)
        {
            var entry = metrics.AsSpan(glyph * 4);
            BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)font.Advance(glyph));
            BinaryPrimitives.WriteInt16BigEndian(entry[2..], (short)font.LeftBearing(glyph));
        }
        return metrics;
    }

    private static byte[] Head(TrueTypeFont font)
    {
        var head = Patched(font.Table("head"), 50, 1);
        head.AsSpan(8, 4).Clear();
        return head;
    }

    private static byte[] Patched(ReadOnlySpan<byte> table, int at, int value)
    {
        var patched = table.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(patched.AsSpan(at), (ushort)value);
        return patched;
    }

    private static byte[] Assemble((string Tag, byte[] Data)[] tables)
    {
        var power = 1;
        while (power * 2 <= tables.Length) power *= 2;
        var file = new List<byte>();
        Add32(file, 0x00010000);
        Add16(file, tables.Length);
        Add16(file, power * 16);
        Add16(file, int.Log2(power));
        Add16(file, (tables.Length - power) * 16);
        var offset = 12 + (tables.Length * 16);
        foreach (var (tag, data) in tables)
        {
            file.AddRange(Encoding.ASCII.GetBytes(tag));
            Add32(file, Checksum(data));
            Add32(file, (uint)offset);
            Add32(file, (uint)data.Length);
            offset += (data.Length + 3) & ~3;
        }
        foreach (var (_, data) in tables)
        {
            file.AddRange(data);
            while (file.Count % 4 != 0) file.Add(0);
        }
        var font = file.ToArray();
        var head = tables.TakeWhile(table => table.Tag != "head")
            .Sum(table => (table.Data.Length + 3) & ~3) + 12 + (tables.Length * 16);
        BinaryPrimitives.WriteUInt32BigEndian(font.AsSpan(head + 8), 0xB1B0AFBA - Checksum(font));
        return font;
    }

    private static uint Checksum(byte[] data)
    {
        var sum = 0u;
        for (var at = 0; at < data.Length; at++) sum += (uint)data[at] << (24 - (at % 4 * 8));
        return sum;
    }

    private static void Add16(List<byte> file, int value) =>
        file.AddRange([(byte)(value >> 8), (byte)value]);

    private static void Add32(List<byte> file, uint value) => file.AddRange(
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
}
