namespace Settle.Stores;

/// <summary>
/// Files and folders that nobody but their owner can read, whatever the system's habit is: names,
/// addresses and balances are in them.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file; a new one is its owner's only.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share,
        int bufferBytes = 4096, FileOptions options = FileOptions.None)
    {
        var opening = new FileStreamOptions
        {
            Mode = mode, Access = access, Share = share, BufferSize = bufferBytes,
            Options = options,
        };
        if (!OperatingSystem.IsWindows()) opening.UnixCreateMode = OwnerOnly;
        return new FileStream(path, opening);
    }

    /// <summary>Makes a folder, and those above it, where there is none.</summary>
    public static DirectoryInfo MakeFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
}
