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

    private const string LockName = "lock";

    public IFolder Files { get; } = files;

    public IndexManifest ReadManifest() => IndexManifest.Read(Files);

    /// <summary>
    /// The folder's lock, which ends with its process; null when another holds it, or nobody can:
    /// then the rows stay in memory.
    /// </summary>
    public IDisposable? TryLock() => isReadOnly ? null : Files.TryHold(LockName);

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
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in Files.Files.Where(file => !keep.Contains(file)).ToList())
        {
            await scheduler.StepAsync().ConfigureAwait(false);
            Files.Delete(file);
        }
    }
}
