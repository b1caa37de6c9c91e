using System.Buffers.Binary;

namespace Settle.Billing;

/// <summary>
/// How large a picture says it is, in pixels. A small file may unpack to gigabytes, so this is
/// looked at before anything is unpacked.
/// </summary>
internal readonly record struct PictureSize(long Width, long Height)
{
    /// <summary>As many as four million: 2048 by 2048.</summary>
    public const int PixelsMax = 2048 * 2048;

    private const int PngHeaderBytes = 26;

    /// <summary>Whether it is small enough to be unpacked.</summary>
    public bool Fits => Width * Height <= PixelsMax;

    /// <summary>The size of a PNG or a JPEG; null when it is neither, or damaged.</summary>
    public static PictureSize? Of(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? OfPng(file)
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? OfJpeg(file) : null;

    // The header is the first chunk, always.
    private static PictureSize? OfPng(ReadOnlySpan<byte> file) =>
        file.Length < PngHeaderBytes || !file[12..16].SequenceEqual("IHDR"u8) ? null
            : Checked(BinaryPrimitives.ReadUInt32BigEndian(file[16..]),
                BinaryPrimitives.ReadUInt32BigEndian(file[20..]));

    // The first frame has it: any of C0 to CF but three that are something else.
    private static PictureSize? OfJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            if (file[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Checked(BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return null;
    }

    private static PictureSize? Checked(uint width, uint height) =>
        width == 0 || height == 0 ? null : new PictureSize(width, height);
}
