using System.Globalization;

namespace Settle.Index;

/// <summary>
/// The folder beside a ledger that holds its index. Any number of processes share it: what the
/// manifest names is immutable, and whoever replaces the manifest holds the folder's lock.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="isReadOnly">Whether it is only read: then nobody gets its lock.</param>
internal sealed class IndexFolder(string path, bool isReadOnly = false)
{
    private const string LockName = "lock";

    public string Path { get; } = path;

    public IndexManifest ReadManifest() => IndexManifest.Read(Path);

    /// <summary>
    /// The folder's lock, which ends with its process; null when another holds it.
    /// </summary>
    public FileStream? TryLock()
    {
        if (isReadOnly) return null;
        try
        {
            Directory.CreateDirectory(Path);
            return new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.OpenOrCreate,
                FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process writes the index now, or nobody can: the rows stay in memory.
            return null;
        }
    }

    public string NewCheckpointPath() => System.IO.Path.Combine(Path,
        string.Create(CultureInfo.InvariantCulture, $"checkpoint-{Guid.CreateVersion7():N}.book"));

    /// <summary>
    /// Removes the files that a manifest does not name, but for unfinished ones. The caller holds
    /// the lock.
    /// </summary>
    public void RemoveAllBut(IndexManifest manifest, IEnumerable<string> unfinished)
    {
        var keep = manifest.Files.Concat(unfinished)
            .Append(LockName).Append(Settling.Turns.FileName)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path))
            if (!keep.Contains(System.IO.Path.GetFileName(file))) File.Delete(file);
    }
}
