using ICSharpCode.SharpZipLib.Zip.Compression;
using ICSharpCode.SharpZipLib.Zip.Compression.Streams;

namespace Settle.Paper.Pdf;

/// <summary>
/// Packs bytes in zlib's format (RFC 1950). The framework's own packer may give other bytes on
/// another machine or in another version; this one is managed code of one version.
/// </summary>
internal static class Deflate
{
    // Its tables are large: each thread keeps its own.
    [ThreadStatic]
    private static Deflater? _ofThread;

    public static byte[] Pack(byte[] data)
    {
        var packer = _ofThread ??= new Deflater();
        packer.Reset();
        using var packed = new MemoryStream();
        using (var stream = new DeflaterOutputStream(packed, packer)) stream.Write(data);
        return packed.ToArray();
    }
}
