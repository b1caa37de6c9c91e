using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Settle.Tests.Paper;

/// <summary>Small pictures.</summary>
internal static class TestPictures
{
    /// <summary>A PNG: the left half red, the right half transparent (or blue).</summary>
    public static byte[] Png(int width, int height, bool alpha)
    {
        using var rows = new MemoryStream();
        for (var y = 0; y < height; y++)
        {
            rows.WriteByte(0);
            for (var x = 0; x < width; x++)
            {
                var isLeft = x < width / 2;
                rows.Write([(byte)(isLeft ? 255 : 0), 0, (byte)(isLeft ? 0 : 255)]);
                if (alpha) rows.WriteByte((byte)(isLeft ? 255 : 0));
            }
        }
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows.ToArray());
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(alpha ? 6 : 2));
        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>The beginning of a JPEG with so many colours.</summary>
    public static byte[] Jpeg(byte colours) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0,
        0xFF, 0xC0, 0, 17, 8, 0, 20, 0, 40, colours, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1,
        0xFF, 0xD9,
    ];

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        // Nobody looks at the checksum.
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
    }
}
