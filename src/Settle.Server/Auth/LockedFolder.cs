using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Settle.Server;

/// <summary>
/// A folder that one process at a time changes files in. The lock ends with its holder, even if
/// that is killed.
/// </summary>
internal sealed partial class LockedFolder : IDisposable
{
    private const int Exclusive = 2;
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly SafeFileHandle _handle;

    private LockedFolder(SafeFileHandle handle) => _handle = handle;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="IOException">There is no such folder, or the lock is held by another.
    /// </exception>
    public static LockedFolder Open(string folder)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (true)
        {
            if (TryOpen(folder) is { } locked) return locked;
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new IOException($"another program has locked the folder '{folder}'");
            pause.Wait(Pause);
        }
    }

    /// <summary>Waits until the names of its files are on the disk.</summary>
    public void Sync()
    {
        if (!OperatingSystem.IsWindows() && FlushFolder(_handle) != 0) throw Failed("sync");
    }

    public void Dispose() => _handle.Dispose();

    private static LockedFolder? TryOpen(string folder)
    {
        if (OperatingSystem.IsWindows()) return TryOpenFile(Path.Join(folder, ".settle-lock"));
        var handle = new SafeFileHandle(OpenFolder(folder, CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid) throw Failed($"open the folder '{folder}'");
        if (LockFolder(handle, Exclusive | AtOnce) == 0) return new LockedFolder(handle);
        handle.Dispose();
        return null;
    }

    // Windows opens no folder, so a file stands for it.
    private static LockedFolder? TryOpenFile(string file)
    {
        try
        {
            return new LockedFolder(File.OpenHandle(file, FileMode.OpenOrCreate,
                FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose));
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            return null; // Another process holds it.
        }
    }

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    private static IOException Failed(string what) =>
        new($"cannot {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int LockFolder(SafeFileHandle folder, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushFolder(SafeFileHandle folder);
}
