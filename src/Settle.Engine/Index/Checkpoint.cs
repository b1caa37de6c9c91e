using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>
/// The book of one height as a file, so that opening a ledger does not fold its whole past.
/// </summary>
internal static class Checkpoint
{
    private const int BufferBytes = 1 << 20;

    public static void Write(IFolder folder, string name, Book book)
    {
        using var file = folder.Create(name, BufferBytes);
        uint crc = 0;
        book.Save(bytes =>
        {
            crc = Checksum.Of(bytes, crc);
            file.Write(bytes);
        });
        file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in crc)));
        file.Flush();
    }

    /// <exception cref="IndexDamagedException">The file is missing or not what was
    /// written.</exception>
    public static Book Read(IFolder folder, string name)
    {
        try
        {
            CheckSum(folder, name);
            using var file = folder.Read(name, BufferBytes);
            return Book.Load(file.ReadExactly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or FormatException)
        {
            throw new IndexDamagedException($"{folder.Path}: {name}: {e.Message}", e);
        }
    }

    // The sum is checked first: a damaged length must not be believed.
    private static void CheckSum(IFolder folder, string name)
    {
        using var file = folder.Read(name);
        var left = file.Length - sizeof(uint);
        var buffer = new byte[long.Clamp(left, 0, BufferBytes)];
        uint crc = 0;
        while (left > 0)
        {
            var part = buffer.AsSpan(0, (int)long.Min(left, buffer.Length));
            file.ReadExactly(part);
            crc = Checksum.Of(part, crc);
            left -= part.Length;
        }
        uint written = 0;
        file.ReadExactly(MemoryMarshal.AsBytes(new Span<uint>(ref written)));
        if (written != crc)
            throw new IndexDamagedException(
                $"{folder.Path}: {name} is not the checkpoint that was written");
    }
}
