using System.Buffers.Binary;

namespace Settle.Paper.Pdf;

/// <summary>
/// A colour profile of sRGB (IEC 61966-2-1), version 4 of ICC.1: what the colours of the document
/// mean. Made from the standard's own numbers.
/// </summary>
internal static class IccProfile
{
    /// <summary>The profile; the same bytes each time.</summary>
    public static byte[] Srgb { get; } = Make();

    /// <summary>The profile, packed.</summary>
    public static byte[] Packed { get; } = Deflate.Pack(Srgb);

    private static byte[] Make()
    {
        var curve = Curve();
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Text("sRGB IEC61966-2.1")),
            ("cprt", Text("Public domain")),
            // The white of ICC, D50, and how sRGB's own, D65, is brought to it (Bradford).
            ("wtpt", Numbers("XYZ ", 0xF6D6, 0x10000, 0xD32D)),
            ("chad", Numbers("sf32", 0x10C42, 0x05DE, -0x0CD1, 0x0793, 0xFD98, -0x0461, -0x0265,
                0x03DE, 0xC084)),
            ("rXYZ", Numbers("XYZ ", 0x6FA2, 0x38F5, 0x0390)),
            ("gXYZ", Numbers("XYZ ", 0x6299, 0xB785, 0x18DA)),
            ("bXYZ", Numbers("XYZ ", 0x24A0, 0x0F84, 0xB6CF)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        var profile = new List<byte>(Header());
        Add(profile, tags.Length);
        var offset = 128 + 4 + (tags.Length * 12);
        var last = offset;
        foreach (var (tag, data) in tags)
        {
            profile.AddRange(Encoding.ASCII.GetBytes(tag));
            // The three curves are one.
            if (data != curve || tag == "rTRC") last = offset;
            Add(profile, last);
            Add(profile, data.Length);
            if (tag is not ("gTRC" or "bTRC")) offset += data.Length;
        }
        foreach (var (tag, data) in tags)
            if (tag is not ("gTRC" or "bTRC")) profile.AddRange(data);
        var bytes = profile.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        return bytes;
    }

    private static byte[] Header()
    {
        var header = new byte[128];
        // Version 4.2, a display's profile, from RGB to XYZ, of the day the standard is of.
        header[8] = 4;
        header[9] = 0x20;
        Encoding.ASCII.GetBytes("mntrRGB XYZ ").CopyTo(header, 12);
        byte[] date = [0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0];
        date.CopyTo(header, 24);
        Encoding.ASCII.GetBytes("acsp").CopyTo(header, 36);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(68), 0xF6D6);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(72), 0x10000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(76), 0xD32D);
        return header;
    }

    // Function 3: (a x + b) ^ g from d on, c x below it.
    private static byte[] Curve()
    {
        var curve = new List<byte>(Encoding.ASCII.GetBytes("para"));
        Add(curve, 0);
        curve.AddRange([0, 3, 0, 0]);
        foreach (var number in (ReadOnlySpan<int>)[0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B])
            Add(curve, number);
        return [.. curve];
    }

    private static byte[] Numbers(string type, params ReadOnlySpan<int> numbers)
    {
        var data = new List<byte>(Encoding.ASCII.GetBytes(type));
        Add(data, 0);
        foreach (var number in numbers) Add(data, number);
        return [.. data];
    }

    private static byte[] Text(string text)
    {
        var data = new List<byte>(Encoding.ASCII.GetBytes("mluc"));
        foreach (var number in (ReadOnlySpan<int>)[0, 1, 12]) Add(data, number);
        data.AddRange(Encoding.ASCII.GetBytes("enUS"));
        Add(data, text.Length * 2);
        Add(data, 28);
        data.AddRange(Encoding.BigEndianUnicode.GetBytes(text));
        while (data.Count % 4 != 0) data.Add(0);
        return [.. data];
    }

    private static void Add(List<byte> data, int number) => data.AddRange(
        [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
