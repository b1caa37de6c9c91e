using System.Runtime.InteropServices;

namespace Settle.Stores.Sqlite;

/// <summary>
/// Which file a path leads to, and what a write changes of it. Only Linux lets the name of an open
/// file be given to another one and also says which file that is; elsewhere only that there is one
/// is known.
/// </summary>
/// <param name="Device">The disk.</param>
/// <param name="Inode">The file on it; 0 where that is not known.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Modified">
/// When it was written last, in ticks of the disk's own clock; 0 where nobody asked.
/// </param>
/// <param name="IsMount">Whether the file itself, and not its folder, is mounted there.</param>
/// <param name="User">The number of the user whose it is; 0 where that is not known.</param>
/// <param name="Group">The number of the group whose it is; 0 where that is not known.</param>
/// <param name="IsPlain">Whether it is a file, and no folder, device or pipe.</param>
internal readonly partial record struct FileStatus(
    ulong Device, ulong Inode, uint Links, long Bytes, long Modified, bool IsMount, uint User,
    uint Group, bool IsPlain)
{
    private const int BufferBytes = 256;
    private const int CurrentDirectory = -100;
    private const uint BasicFields = 0x7FF;
    private const uint Times = 0xE0; // Read, written, changed.
    private const ulong MountRoot = 0x2000;
    private const int KindMask = 0xF000;
    private const int PlainFile = 0x8000;
    private const int NoSuchFile = 2;
    private const int NoSuchDirectory = 20;

    /// <summary>Whether two paths led to one file.</summary>
    public bool IsSameFile(in FileStatus other) => (Device, Inode) == (other.Device, other.Inode);

    /// <summary>Looks at a file; symbolic links are followed.</summary>
    /// <inheritdoc cref="Of(byte[], bool)"/>
    public static FileStatus? Of(string path) =>
        Of(Encoding.UTF8.GetBytes(Path.GetFullPath(path) + "\0"));

    /// <summary>Looks at a file; symbolic links are followed.</summary>
    /// <param name="path">Its path in UTF-8, with a zero at its end.</param>
    /// <param name="withTime">
    /// Whether to ask when it was written. Since Linux 6.13, the next write must then have another
    /// time, which makes its sync write the file's own record as well.
    /// </param>
    /// <returns>What is there; null for nothing.</returns>
    /// <exception cref="IOException">The disk does not say.</exception>
    public static unsafe FileStatus? Of(byte[] path, bool withTime = true)
    {
        if (!OperatingSystem.IsLinux()) return OfAnySystem(path);
        var buffer = stackalloc byte[BufferBytes];
        fixed (byte* name = path)
        {
            var fields = withTime ? BasicFields : BasicFields & ~Times;
            if (Look(CurrentDirectory, name, 0, fields, buffer) == 0)
            {
                // The layout of struct statx is the same on every processor.
                return new FileStatus(
                    ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140),
                    *(ulong*)(buffer + 32), *(uint*)(buffer + 16), *(long*)(buffer + 40),
                    withTime
                        ? (*(long*)(buffer + 112) * 1_000_000_000) + *(uint*)(buffer + 120) : 0,
                    (*(ulong*)(buffer + 8) & MountRoot) != 0,
                    *(uint*)(buffer + 20), *(uint*)(buffer + 24),
                    (*(ushort*)(buffer + 28) & KindMask) == PlainFile);
            }
        }
        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchFile or NoSuchDirectory ? null
            : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    private static FileStatus? OfAnySystem(byte[] path)
    {
        var file = new FileInfo(Encoding.UTF8.GetString(path.AsSpan(..^1)));
        return file.Exists
            ? new FileStatus(0, 0, 1, file.Length, file.LastWriteTimeUtc.Ticks, false, 0, 0,
                true)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static unsafe partial int Look(
        int directory, byte* path, int flags, uint fields, byte* status);
}
