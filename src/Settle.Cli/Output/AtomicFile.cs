using Settle.Stores;
using Settle.Stores.Sqlite;

namespace Settle.Cli.Output;

/// <summary>
/// A file that appears whole under its name, or not at all; a device is written as it comes. A new
/// one is its owner's only.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string Devices = "/dev/";
    private const string MemoryDisk = "/dev/shm/";
    private const int LikelyBytes = 64 * 1024;

    // What belongs to a database beside its own file.
    private static readonly string[] LogEndings = ["-wal", "-shm", "-journal"];

    private readonly string _path;
    private readonly string? _temporary;
    private bool _isCommitted;

    /// <exception cref="InvalidRequestException">The file cannot be written there.</exception>
    public AtomicFile(string path, int bufferBytes = LikelyBytes)
    {
        _path = Path.GetFullPath(path);
        try
        {
            if (IsDevice(_path))
            {
                Stream = new FileStream(_path, FileMode.Open, FileAccess.Write);
                return;
            }
            // A link stays one.
            if (new FileInfo(_path) is { LinkTarget: not null } link)
                _path = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            if (Directory.Exists(_path))
            {
                throw new InvalidRequestException("output",
                    $"cannot write {path}: it is a folder; name a file in it");
            }
            CheckIsNoDatabase(path);
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

    /// <summary>Refuses to write a file that is read, or that is another output, too.</summary>
    /// <param name="option">What names it.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="others">The other files and what names them.</param>
    /// <exception cref="InvalidRequestException">It is one of them.</exception>
    public static void CheckIsOther(
        string option, string? path, params ReadOnlySpan<(string Name, string? Path)> others)
    {
        if (path is null or "-" || IsDevice(Path.GetFullPath(path))) return;
        foreach (var (name, other) in others)
        {
            if (other is not (null or "-") && AreSame(path, other))
                throw new InvalidRequestException(option.TrimStart('-'),
                    $"{path} is {name}, too; name another file");
        }
    }

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

    // Names below /dev can also lead to a file that a shell has opened already, and which must stay
    // the same one; the disk in memory is a folder like any other. Elsewhere there are pipes.
    private static bool IsDevice(string path) => path.StartsWith(Devices, StringComparison.Ordinal)
        ? !path.StartsWith(MemoryDisk, StringComparison.Ordinal)
        : FileStatus.Of(path) is { IsPlain: false } && !Directory.Exists(path);

    // A ledger must not become a list of its own entries.
    private void CheckIsNoDatabase(string path)
    {
        var owner = LogEndings.FirstOrDefault(ending =>
            _path.EndsWith(ending, StringComparison.Ordinal)) is { } log ? _path[..^log.Length]
            : Path.GetDirectoryName(_path) is { } folder
                && folder.EndsWith(".index", StringComparison.Ordinal) ? folder[..^6] : _path;
        if (IsDatabase(owner))
            throw new InvalidRequestException("output", $"{path} belongs to a database, perhaps "
                + "to a ledger, and would overwrite it; name another file");
    }

    private static bool IsDatabase(string path)
    {
        if (!File.Exists(path)) return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete);
        Span<byte> head = stackalloc byte[16];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head.SequenceEqual("SQLite format 3\0"u8);
    }

    private static bool AreSame(string path, string other) =>
        Path.GetFullPath(path) == Path.GetFullPath(other)
        || (FileStatus.Of(path) is { } file && FileStatus.Of(other) is { } known
            && (file.Inode == 0 ? Target(path) == Target(other) : file.IsSameFile(known)));

    private static string Target(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    // The system names the temporary file, which nobody asked for.
    private static string Reason(Exception e) =>
        e is DirectoryNotFoundException ? "there is no such folder"
        : e is UnauthorizedAccessException ? "this is not allowed"
        : e.Message;
}
