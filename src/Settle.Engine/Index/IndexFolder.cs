using Settle.Scheduling;

namespace Settle.Index;

/// <summary>
/// The folder beside a ledger that holds its index. Any number of processes share it: what the
/// manifest names is immutable, and whoever replaces the manifest holds the folder's lock.
/// </summary>
/// <param name="files">The folder.</param>
/// <param name="isReadOnly">Whether it is only read: then nobody gets its lock.</param>
internal sealed class IndexFolder(IFolder files, bool isReadOnly = false)
{
    /// <summary>The file that a writer holds whose turn it is; see WriterFairness.</summary>
    public const string SeatName = "turn";

    /// <summary>The file with the note of the newest block.</summary>
    public const string NoteName = "tip";

    private const string LockName = "lock";
    private const string NewNoteName = NoteName + ".new";
    private const string AsidePrefix = "lost-";

    /// <summary>Whether it is only read.</summary>
    public bool IsReadOnly => isReadOnly;

    /// <summary>Whether the note of the newest block is there.</summary>
    public bool HasNote => Files.Has(NoteName);

    /// <summary>Where the note is, for people.</summary>
    public string NotePath => $"{Files.Path}/{NoteName}";

    public IFolder Files { get; } = files;

    public IndexManifest ReadManifest() => IndexManifest.Read(Files);

    /// <summary>
    /// The folder's lock, which ends with its process; null when another holds it, or nobody can:
    /// then the rows stay in memory.
    /// </summary>
    public IDisposable? TryLock() => isReadOnly ? null : Files.TryHold(LockName);

    /// <summary>
    /// The note of the newest block, as far as it is not longer than it can be; null when there is
    /// none.
    /// </summary>
    public byte[]? ReadNote(int bytesMax)
    {
        if (!HasNote) return null;
        using var file = Files.Read(NoteName);
        var bytes = new byte[bytesMax + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>
    /// Makes the note, or puts a new one in its place; it is never half. The caller holds the lock.
    /// </summary>
    public void ReplaceNote(ReadOnlySpan<byte> bytes)
    {
        using (var file = Files.Create(NewNoteName))
        {
            file.Write(bytes);
            Files.Sync(file);
        }
        Files.Rename(NewNoteName, NoteName);
    }

    /// <summary>Opens the note, to be written again from its beginning each time.</summary>
    public Stream OpenNote() => Files.Rewrite(NoteName);

    /// <summary>
    /// Keeps what shows that blocks were lost under other names, where nobody replaces it.
    /// </summary>
    /// <param name="height">Of the newest block that was lost.</param>
    /// <param name="withManifest">Whether the index was made of lost blocks too.</param>
    public void SetAside(long height, bool withManifest)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture,
            $"{AsidePrefix}{height}-{Files.NewName()}");
        if (HasNote) CopyNote($"{prefix}.{NoteName}");
        if (withManifest && Files.Has(IndexManifest.FileName))
            Files.Rename(IndexManifest.FileName, $"{prefix}.{IndexManifest.FileName}");
    }

    // It stays until another one takes its place, so that there is always one.
    private void CopyNote(string name)
    {
        using var note = Files.Read(NoteName);
        using var copy = Files.Create(name);
        note.CopyTo(copy);
        Files.Sync(copy);
    }

    public string NewCheckpointName() =>
        string.Create(CultureInfo.InvariantCulture, $"checkpoint-{Files.NewName()}.book");

    /// <summary>
    /// Removes the files that a manifest does not name, but for unfinished ones. The caller holds
    /// the lock.
    /// </summary>
    /// <param name="manifest">Names what counts.</param>
    /// <param name="unfinished">What is still being written.</param>
    /// <param name="scheduler">Told of each step.</param>
    public async ValueTask RemoveAllButAsync(
        IndexManifest manifest, IEnumerable<string> unfinished, Scheduler scheduler)
    {
        var keep = manifest.Files.Concat(unfinished).Append(LockName).Append(SeatName)
            .Append(NoteName).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Files.Files.Where(file => !keep.Contains(file)
            && !file.StartsWith(AsidePrefix, StringComparison.Ordinal)).ToList())
        {
            await scheduler.StepAsync().ConfigureAwait(false);
            Files.Delete(file);
        }
    }
}
