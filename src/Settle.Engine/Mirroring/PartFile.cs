using Settle.Stores;
using Settle.Stores.Sqlite;

namespace Settle;

/// <summary>
/// A ledger's file in the making, beside the one that it will become: that one is always whole.
/// What a killed process left is begun anew.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private const string Ending = ".part";
    private const string LockEnding = Ending + ".lock";

    private static readonly string[] Endings = ["", "-wal", "-shm", "-journal"];

    private readonly string _target;
    private readonly string _lockPath;
    private readonly FileStream _lock;

    /// <param name="target">The file that it will become, itself and not a link to it.</param>
    /// <exception cref="StoreUnavailableException">
    /// Another process makes it, or nothing can be written there.
    /// </exception>
    public PartFile(string target)
    {
        (_target, Path, _lockPath) = (target, target + Ending, target + LockEnding);
        CheckIsOurs();
        _lock = Hold();
        Clean();
    }

    /// <summary>Whether a file of this name could be one in the making of another.</summary>
    public static bool IsName(string path) =>
        path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(LockEnding, StringComparison.OrdinalIgnoreCase);

    public string Path { get; }

    /// <summary>Begins with what the target has.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be copied.</exception>
    public void CopyTarget()
    {
        try
        {
            File.Copy(_target, Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Unavailable($"{_target} cannot be copied: {e.Message}", e);
        }
    }

    /// <summary>Gives the file its name, once it is on the disk.</summary>
    /// <param name="keepAs">The name for what is there now; null for none.</param>
    /// <exception cref="StoreUnavailableException">The disk does not do it.</exception>
    public void Commit(string? keepAs = null)
    {
        try
        {
            using (var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            if (File.Exists(_target)) BecomeLikeTarget(new FileInfo(_target).Length > 0);
            if (keepAs is null) File.Move(Path, _target, overwrite: true);
            else File.Replace(Path, _target, keepAs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Unavailable($"{_target} cannot be written: {e.Message}", e);
        }
    }

    // Whoever could use the file before can use it afterwards, even if root replaces it. But who
    // made an empty one did not decide who may read what comes into it.
    private void BecomeLikeTarget(bool hadContent)
    {
        if (OperatingSystem.IsWindows()) return;
        if (FileOwner.MayGive && FileOwner.Of(_target) is { } owner) owner.Give(Path);
        if (hadContent) File.SetUnixFileMode(Path, File.GetUnixFileMode(_target));
    }

    public void Dispose()
    {
        Clean();
        // While it is held, if the system lets it: nobody else can get it in between.
        if (OperatingSystem.IsWindows()) _lock.Dispose();
        File.Delete(_lockPath);
        _lock.Dispose();
    }

    // What is in the way was left by a killed process, or it is somebody's. The lock is made before
    // the rest and deleted after it, and has no content.
    private void CheckIsOurs()
    {
        var hasLock = File.Exists(_lockPath);
        foreach (var path in (string[])[_lockPath, .. Endings.Select(ending => Path + ending)])
        {
            var file = new FileInfo(path);
            if (file is { Exists: false, LinkTarget: null } && !Directory.Exists(path)) continue;
            var isPlain = FileStatus.Of(path) is { IsPlain: true };
            if (isPlain && (path == _lockPath ? file.Length == 0 : hasLock)) continue;
            throw SqliteErrors.Unavailable($"{path} is in the way, and is not what a backup or "
                + $"restore left: move it away, or name another file than {_target}", null);
        }
    }

    private void Clean()
    {
        foreach (var ending in Endings) File.Delete(Path + ending);
    }

    private FileStream Hold()
    {
        var folder = System.IO.Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder))
        {
            throw new StoreUnavailableException(
                $"there is no directory {folder}: make it first");
        }
        FileStream? held = null;
        try
        {
            held = PrivateFile.Open(
                _lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
            // Whoever had it may have deleted it just before it was opened here.
            if (File.Exists(_lockPath)) return held;
            held.Dispose();
            throw Busy(null);
        }
        catch (UnauthorizedAccessException e)
        {
            throw SqliteErrors.Unavailable($"{_target} cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw File.Exists(_lockPath) ? Busy(e)
                : SqliteErrors.Unavailable($"{_target} cannot be written: {e.Message}", e);
        }
    }

    private StoreUnavailableException Busy(Exception? inner) => SqliteErrors.Unavailable(
        $"{_target} is being written by another backup or restore: wait until it ends", inner);
}
