using System.ComponentModel;
using System.Runtime.InteropServices;
using Settle.Stores.Sqlite;

namespace Settle.Stores;

/// <summary>Whose a file is, by the numbers of Linux.</summary>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    /// <summary>Whether it is this process's own user, or the administrator.</summary>
    public bool IsTrusted => User == 0 || User == EffectiveUser();

    /// <summary>Whether this process may give files to others.</summary>
    public static bool MayGive => OperatingSystem.IsLinux() && EffectiveUser() == 0;

    /// <summary>The owner of a file or folder; null where owners have no numbers.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be looked at.</exception>
    public static FileOwner? Of(string file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        return FileStatus.Of(file) is { } found ? new FileOwner(found.User, found.Group)
            : throw new FileNotFoundException($"there is no file '{file}'", file);
    }

    /// <summary>Gives a file to this owner; of a link, the link and not what it names.</summary>
    /// <exception cref="IOException">This process may not.</exception>
    public void Give(string file)
    {
        if (Change(file, User, Group) != 0)
        {
            throw new IOException(
                $"'{file}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Change(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
