using System.IO.Compression;
using ICSharpCode.SharpZipLib.Checksum;

namespace Settle.Bank;

/// <summary>Unpacks a ZIP archive of statements, whole or not at all.</summary>
internal static class BankArchive
{
    private const int MembersMax = 1000;
    private const int BytesMax = 64 * 1024 * 1024;
    private const int PieceBytes = 64 * 1024;

    public static bool Is(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    /// <summary>The files in it, with their names, in its order.</summary>
    /// <exception cref="InvalidRequestException">
    /// It is damaged, encrypted or empty, or there is more in it than is read.
    /// </exception>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Unpack(
        byte[] archive, CancellationToken cancellation)
    {
        try
        {
            using var input = new MemoryStream(archive, writable: false);
            using var zip = new ZipArchive(input, ZipArchiveMode.Read);
            if (zip.Entries.Count > MembersMax)
                throw Fault($"has more than {MembersMax} files; import them in parts");
            var files = new List<(string, byte[])>();
            var left = BytesMax;
            foreach (var member in zip.Entries.Where(IsFile))
            {
                var bytes = Unpack(member, left, cancellation);
                left -= bytes.Length;
                files.Add((member.FullName, bytes));
            }
            return files.Count > 0 ? files : throw Fault("has no file in it");
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException
            or EndOfStreamException or ArgumentException)
        {
            throw Fault($"is damaged ({e.Message})");
        }
    }

    // What a header says of a size may be a lie: only what comes out counts.
    private static byte[] Unpack(
        ZipArchiveEntry member, int bytesMax, CancellationToken cancellation)
    {
        if (member.IsEncrypted)
            throw Fault($"has a file that is encrypted, {member.FullName}; unpack it first");
        using var plain = new MemoryStream();
        using var packed = member.Open();
        var piece = new byte[PieceBytes];
        var sum = new Crc32();
        for (int read; (read = packed.Read(piece)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (plain.Length + read > bytesMax)
                throw Fault($"is more than {BytesMax} bytes when it is unpacked");
            sum.Update(new ArraySegment<byte>(piece, 0, read));
            plain.Write(piece, 0, read);
        }
        return member.Crc32 == unchecked((uint)sum.Value) ? plain.ToArray()
            : throw Fault($"is damaged: {member.FullName} does not have the sum that it states");
    }

    // Folders, and what programs leave beside the files for themselves.
    private static bool IsFile(ZipArchiveEntry member) =>
        member.Name is { Length: > 0 } name && name[0] != '.'
            && !member.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);

    private static InvalidRequestException Fault(string what) => new("file", $"the archive {what}");
}
