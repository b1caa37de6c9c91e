using Settle.Stores;

namespace Settle.Cli.Output;

/// <summary>
/// A file that appears whole under its name, or not at all; a device is written as it comes. A new
/// one is its owner's only.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string Devices = "/dev/";
    private const int LikelyBytes = 64 * 1024;

    private readonly string _path;
    private readonly string? _temporary;
    private bool _isCommitted;

    /// <exception cref="InvalidRequestException">The file cannot be written there.</exception>
    public AtomicFile(string path, int bufferBytes = LikelyBytes)
    {
        _path = Path.GetFullPath(path);
        try
        {
            if (_path.StartsWith(Devices, StringComparison.Ordinal))
            {
                Stream = new FileStream(_path, FileMode.Open, FileAccess.Write);
                return;
            }
            // A link stays one.
            if (new FileInfo(_path) is { LinkTarget: not null } link)
                _path = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            _temporary = $"{_path}.{Path.GetRandomFileName()}.tmp";
            Stream = PrivateFile.Open(_temporary, FileMode.CreateNew, FileAccess.Write,
                FileShare.None, bufferBytes);
            // Who could read the file before can read what takes its place.
            if (!OperatingSystem.IsWindows() && File.Exists(_path))
                File.SetUnixFileMode(_temporary, File.GetUnixFileMode(_path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("output", $"cannot write {path}: {Reason(e)}");
        }
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name once it is on the disk.</summary>
    /// <param name="waitsForDisk">
    /// False for what can be made again and is looked at before it is used: the system writes it
    /// later.
    /// </param>
    public void Commit(bool waitsForDisk = true)
    {
        Stream.Flush(flushToDisk: waitsForDisk && _temporary is not null);
        Stream.Dispose();
        if (_temporary is not null) File.Move(_temporary, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted && _temporary is not null) File.Delete(_temporary);
    }

    // The system names the temporary file, which nobody asked for.
    private static string Reason(Exception e) =>
        e is DirectoryNotFoundException ? "there is no such folder"
        : e is UnauthorizedAccessException ? "this is not allowed"
        : e.Message;
}
