using System.Buffers.Binary;
using System.IO.Compression;
using Settle.Billing;

namespace Settle.Paper.Pdf;

/// <summary>A picture as a PDF holds it: a JPEG as it is, a PNG unpacked onto white.</summary>
internal sealed class PdfImage
{
    private readonly string _entries;
    private readonly byte[] _data;

    private PdfImage(int width, int height, string entries, byte[] data)
    {
        (Width, Height, _entries, _data) = (width, height, entries, data);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>
    /// Reads a PNG or a JPEG; null when it is neither, damaged, interlaced, in printing colours, or
    /// has very many pixels.
    /// </summary>
    public static PdfImage? Read(byte[] file)
    {
        try
        {
            if (PictureSize.Of(file) is not { Fits: true }) return null;
            return file[0] == 0xFF ? Jpeg(file) : Png(file);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException
            or IndexOutOfRangeException or OverflowException or IOException)
        {
            // A damaged logo must not keep an invoice from being sent.
            return null;
        }
    }

    public void Write(PdfWriter pdf, int id) => pdf.WriteRaw(id, string.Create(
        CultureInfo.InvariantCulture, $"/Type /XObject /Subtype /Image /Width {Width} "
        + $"/Height {Height} /BitsPerComponent 8 {_entries}"), _data);

    private static PdfImage? Jpeg(byte[] file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            // The frames: baseline and progressive, but not what stands between them.
            if (marker is >= 0xC0 and <= 0xC3)
            {
                var parts = file[at + 9];
                if (parts is not (1 or 3)) return null;
                return new PdfImage(BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 7)),
                    BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 5)),
                    $"/ColorSpace /{(parts == 1 ? "DeviceGray" : "DeviceRGB")} /Filter /DCTDecode",
                    file);
            }
            at += 2 + length;
        }
        return null;
    }

    private static PdfImage? Png(byte[] file)
    {
        var (width, height) = (0, 0);
        var (depth, type) = (0, 0);
        byte[] palette = [], alphas = [];
        using var packed = new MemoryStream();
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)));
            var data = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR":
                    width = BinaryPrimitives.ReadInt32BigEndian(data);
                    height = BinaryPrimitives.ReadInt32BigEndian(data[4..]);
                    (depth, type) = (data[8], data[9]);
                    if (at != 8 || data[12] != 0 || !PngPixels.Knows(depth, type)) return null;
                    break;
                case "PLTE":
                    palette = data.ToArray();
                    break;
                case "tRNS":
                    alphas = data.ToArray();
                    break;
                case "IDAT":
                    packed.Write(data);
                    break;
            }
            at += 12 + length;
        }
        packed.Position = 0;
        var pixels = new PngPixels(width, height, depth, type, palette, alphas);
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        return new PdfImage(width, height, "/ColorSpace /DeviceRGB /Filter /FlateDecode",
            Deflate.Pack(pixels.ReadOnWhite(unpacked)));
    }
}
