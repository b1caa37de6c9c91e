using System.Buffers.Binary;
using System.IO.Compression;

namespace Settle.Billing;

/// <summary>
/// Whether letters can show a logo: asked when it is set, so that nobody has to notice that it is
/// missing on paper.
/// </summary>
internal static class LogoCheck
{
    private const string Damaged = "is damaged; save the picture again";

    /// <summary>Why a PNG or a JPEG cannot be shown; null where it can.</summary>
    public static string? Fault(byte[] file)
    {
        if (PictureSize.Of(file) is null) return Damaged;
        return file[0] == 0xFF ? OfJpeg(file) : OfPng(file);
    }

    // The frame says how many colours it has. A PDF has no lossless or arithmetic ones.
    private static string? OfJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xC2)
            {
                return file[at + 9] is 1 or 3 ? null
                    : "is in printing colours (CMYK); save it in RGB";
            }
            if (marker is >= 0xC3 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return "is a JPEG of a rare kind; save it as a usual one, or as PNG";
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return Damaged;
    }

    private static string? OfPng(byte[] file)
    {
        var size = PictureSize.Of(file)!.Value;
        var (depth, type, interlacing) = (file[24], file[25], file.Length > 28 ? file[28] : 0);
        if (interlacing != 0) return "is interlaced; save it without interlacing";
        var channels = type switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        if (channels == 0) return Damaged;
        using var packed = new MemoryStream();
        for (long at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length) return Damaged;
            if (file.AsSpan((int)at + 4, 4).SequenceEqual("IDAT"u8))
                packed.Write(file, (int)at + 8, (int)length);
            at += 12 + length;
        }
        packed.Position = 0;
        var row = (((size.Width * channels * depth) + 7) / 8) + 1;
        return Unpacks(packed, row * size.Height) ? null : Damaged;
    }

    private static bool Unpacks(Stream packed, long bytes)
    {
        try
        {
            using var rows = new ZLibStream(packed, CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            while (bytes > 0)
            {
                var read = rows.Read(buffer, 0, (int)long.Min(buffer.Length, bytes));
                if (read == 0) return false;
                bytes -= read;
            }
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
