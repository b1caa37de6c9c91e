using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Settle.Server;

/// <summary>Whose a file is, by the numbers of Linux.</summary>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    private const int CurrentFolder = -100;
    private const uint Owners = 0x18;
    private const int StatusBytes = 256;
    private const int UserAt = 20;
    private const int GroupAt = 24;

    /// <summary>Whether it is this process's own user, or the administrator.</summary>
    public bool IsTrusted => User == 0 || User == EffectiveUser();

    /// <summary>The owner of a file; null where owners have no numbers.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be looked at.</exception>
    public static FileOwner? Of(string file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var status = new byte[StatusBytes];
        if (Look(CurrentFolder, file, 0, Owners, status) != 0) throw Failed(file);
        return new FileOwner(BitConverter.ToUInt32(status, UserAt),
            BitConverter.ToUInt32(status, GroupAt));
    }

    /// <summary>Gives a file to this owner.</summary>
    /// <exception cref="IOException">This process may not.</exception>
    public void Give(string file)
    {
        if (Change(file, User, Group) != 0) throw Failed(file);
    }

    private static IOException Failed(string file) =>
        new($"'{file}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint mask, byte[] status);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Change(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
