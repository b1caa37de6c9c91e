using Settle.Stores;
using Settle.Stores.Sqlite;

namespace Settle.Server;

/// <summary>A file of keys on the disk: read whole, and changed by one process at a time.</summary>
internal sealed class KeyFile
{
    private const long BytesMax = 16 * 1024 * 1024;
    private readonly string _path;

    /// <param name="path">The file; one that a link points to is the file itself.</param>
    public KeyFile(string path)
    {
        _path = Path.GetFullPath(path);
        if (new FileInfo(_path) is { LinkTarget: not null } link)
            _path = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>What is in it.</summary>
    /// <exception cref="InvalidRequestException">
    /// It is absent, cannot be read, or belongs to somebody who is not trusted.
    /// </exception>
    public byte[] Read()
    {
        try
        {
            // A pipe would keep whoever reads it waiting, and the keys in force meanwhile.
            if (FileStatus.Of(_path) is { IsPlain: false } && !Directory.Exists(_path))
                throw Unreadable("it is a device or a pipe; put an ordinary file there");
            if (FileOwner.Of(_path) is { IsTrusted: false } owner)
                throw Unreadable($"it belongs to user {owner.User}, who is neither the one who "
                    + "runs this nor root; give it back with chown");
            if (!OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(_path) & UnixFileMode.OtherWrite) != 0)
                throw Unreadable("everybody may write it; forbid that with chmod o-w");
            if (new FileInfo(_path).Length > BytesMax) throw Unreadable("it is larger than 16 MiB");
            return File.ReadAllBytes(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e.Message);
        }
    }

    /// <summary>Changes it as if nobody else did; the change is on the disk afterwards.</summary>
    /// <param name="change">
    /// What becomes of what is in it; null of either is an absent file, and no change.
    /// </param>
    /// <exception cref="InvalidRequestException">It cannot be read or written.</exception>
    public void Change(Func<byte[]?, byte[]?> change)
    {
        try
        {
            using var folder = LockedFolder.Open(Path.GetDirectoryName(_path)!);
            if (change(File.Exists(_path) ? Read() : null) is not { } bytes) return;
            Replace(bytes);
            folder.Sync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("keys", $"'{_path}' cannot be written: {e.Message}");
        }
    }

    public InvalidRequestException Unreadable(string why) =>
        new("keys", $"'{_path}' cannot be read as a file of keys: {why}");

    /// <summary>
    /// Whoever reads it meanwhile sees the old one or the new one, and whoever could read the old
    /// one can read the new one.
    /// </summary>
    private void Replace(byte[] bytes)
    {
        var draft = $"{_path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = PrivateFile.Open(
                draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            if (File.Exists(_path) && !OperatingSystem.IsWindows())
            {
                if (FileOwner.Of(_path) is { } owner && owner != FileOwner.Of(draft))
                    owner.Give(draft);
                File.SetUnixFileMode(draft, File.GetUnixFileMode(_path));
            }
            File.Move(draft, _path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
