using System.Diagnostics;
using Xunit;

namespace Settle.Tests.Processes;

/// <summary>A small file system in memory: a disk that is full or read-only for real.</summary>
internal sealed class Mount : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>Mounts one, or skips the test where that is not allowed.</summary>
    public Mount(string size)
    {
        var mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess &&
            Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", directory.Path);
        if (!mounted)
            directory.Dispose();
        Assert.SkipUnless(mounted, "only root on Linux may mount a file system");
    }

    public string File(string name) => directory.File(name);

    /// <summary>Leaves no room at all, or makes room.</summary>
    public void Resize(string size) => Assert.True(
        Run("mount", "-o", $"remount,size={size}", directory.Path));

    /// <summary>Makes it read-only, or writable again. No file may be open for writing.</summary>
    public void MakeReadOnly(bool readOnly = true) => Assert.True(
        Run("mount", "-o", $"remount,{(readOnly ? "ro" : "rw")}", directory.Path));

    public void Dispose()
    {
        Run("umount", "--lazy", directory.Path);
        directory.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
