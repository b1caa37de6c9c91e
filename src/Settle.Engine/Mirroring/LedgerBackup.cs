using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Verification;

namespace Settle;

/// <summary>Saves a ledger in a file, even while it is in use, and brings it back.</summary>
public static class LedgerBackup
{
    /// <summary>
    /// Brings a file up to date with a ledger: its blocks, and the names, addresses and invoices
    /// beside them, except from a server. Blocks that the file has already are not read again. The
    /// new file is made beside the old one, verified completely, and only then takes its place.
    /// </summary>
    /// <param name="from">The ledger: a file, a database or a server's address.</param>
    /// <param name="to">The backup's file, made if absent.</param>
    /// <param name="options">How to open the ledger; null for the defaults.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellationToken">Stops; the file remains as it was.</param>
    /// <exception cref="InvalidRequestException">The file is the ledger itself.</exception>
    /// <exception cref="ChainsDifferException">
    /// The file holds another ledger, or more of this one.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// One of them cannot be reached, written or made room for, or the file is in use.
    /// </exception>
    /// <exception cref="StoreCorruptException">The ledger, or the file, is damaged.</exception>
    public static async Task<BackupReport> SaveAsync(string from, string to,
        LedgerOptions? options = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckPlaces(from, to);
        options ??= new LedgerOptions();
        var file = LedgerFile.At(to).Path;
        await using var source = await LedgerVerification.OpenStoreAsync(
            from, options, cancellationToken).ConfigureAwait(false);
        using var part = new PartFile(file);
        using var held = BeginWith(file, part);
        var (copied, _) = await FillAsync(source, part, file, options, progress, cancellationToken)
            .ConfigureAwait(false);
        Commit(part, held, keepAs: null);
        return new BackupReport(
            to, copied.Height, copied.Hash, copied.Copied, source is not LedgerBlocks)
        {
            Warnings = copied.Warnings,
        };
    }

    /// <summary>
    /// Puts a backup in a ledger's place. It is copied beside it and verified completely first, and
    /// the file that was there is kept under another name. If blocks are known in this place that
    /// the backup lacks, the ledger refuses new requests until a person's confirmation is recorded
    /// (<see cref="LedgerOptions.AcceptRollback"/>).
    /// </summary>
    /// <param name="from">The backup: a file, a database or a server's address.</param>
    /// <param name="to">The ledger's file; no program may have it open.</param>
    /// <param name="replaces">
    /// Whether to go on although the file there has blocks that the backup lacks, or cannot be
    /// read.
    /// </param>
    /// <param name="options">How to open the backup; null for the defaults.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellationToken">Stops; the file remains as it was.</param>
    /// <exception cref="InvalidRequestException">Both are the same file.</exception>
    /// <exception cref="ChainsDifferException">
    /// The file there has more blocks, or holds another ledger.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// One of them cannot be reached, written or made room for, or the ledger is in use.
    /// </exception>
    /// <exception cref="StoreCorruptException">The backup is damaged.</exception>
    public static async Task<RestoreReport> RestoreAsync(string from, string to,
        bool replaces = false, LedgerOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckPlaces(from, to);
        options ??= new LedgerOptions();
        var file = LedgerFile.At(to).Path;
        await using var source = await LedgerVerification.OpenStoreAsync(
            from, options, cancellationToken).ConfigureAwait(false);
        using var part = new PartFile(file);
        var isThere = HasContent(file);
        // Until the backup is in its place, nobody adds blocks to what is there.
        using var held = isThere ? HoldIfReadable(file) : null;
        var isDamaged = held is null && (isThere || RestorePlace.FindLog(file) is not null);
        var (copied, words) = await FillAsync(
            source, part, file, options, progress, cancellationToken).ConfigureAwait(false);
        var place = new RestorePlace(file, part.Path, copied.Height, words);
        if (source is LedgerBlocks) place.WarnOfMissingDocuments();
        var lost = await place.FindLostAsync(isThere, isDamaged, replaces, cancellationToken)
            .ConfigureAwait(false);
        SoleUse.Take(part.Path);
        var name = place.NameForOld(options.Clock.GetUtcNow());
        var log = isDamaged ? place.MoveLog(name) : null;
        place.GiveToOwner();
        Commit(part, held, isThere ? name : null);
        string[] warnings = [.. copied.Warnings ?? [], .. place.Warnings];
        return new RestoreReport(
            to, copied.Height, copied.Hash, lost?.Height, isThere ? name : log)
        {
            Warnings = warnings.Length == 0 ? null : [.. warnings.Distinct()],
        };
    }

    // The words of persons that are in the chain come with it.
    private static async Task<(MirrorReport, IReadOnlyList<ChainRecovery>)> FillAsync(
        IStore source, PartFile part, string to, LedgerOptions options,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        MirrorReport copied;
        await using (var target = await SqliteStore.OpenAsync(
            part.Path, SqliteAccess.ReadWriteCreate, cancellationToken).ConfigureAwait(false))
        {
            copied = await LedgerMirror.CopyAsync(source, target, becomes: to, options.Clock,
                PhaseProgress.Of(progress, "copy"), cancellationToken).ConfigureAwait(false);
        }
        if (copied.Height == 0)
        {
            throw new StoreUnavailableException(
                $"{source.Location} has no blocks: there is nothing to copy to {to}");
        }
        var report = await LedgerVerification.VerifyAsync(part.Path, options,
            PhaseProgress.Of(progress, "verify"), cancellationToken).ConfigureAwait(false);
        if (report.Faults is [var fault, ..])
        {
            throw new StoreCorruptException(string.Create(CultureInfo.InvariantCulture,
                $"{source.Location}: block {fault.Height}: {fault.Message}; ")
                + $"run settle verify on it. {to} was not changed");
        }
        SoleUse.Take(part.Path);
        return (copied, report.Recoveries);
    }

    private static void CheckPlaces(string from, string to)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        if (to.Contains("://", StringComparison.Ordinal))
        {
            throw Parse.Fault("to", Stores.CouchDb.CouchAddress.WithoutPassword(to),
                "is not a file: 'settle mirror' copies to a database");
        }
        Ledger.CheckPath(to);
        if (Directory.Exists(to))
            throw Parse.Fault("to", to, "is a folder: name a file in it");
        if (PartFile.IsName(to))
        {
            throw Parse.Fault("to", to, "is the name of a backup in the making, which the next one "
                + "deletes: name another file");
        }
        if (!from.Contains("://", StringComparison.Ordinal)
            && FileStatus.Of(from) is { } file && FileStatus.Of(to) is { } other
            && (file.Inode == 0 ? Path.GetFullPath(from) == Path.GetFullPath(to)
                : file.IsSameFile(other)))
            throw Parse.Fault("to", to, "is the ledger itself: name another file");
    }

    private static bool HasContent(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 };

    // The last backup, in which nobody writes from now on; null where there is none.
    private static SoleUse? BeginWith(string file, PartFile part)
    {
        if (!HasContent(file))
        {
            if (RestorePlace.FindLog(file) is not { } log) return null;
            throw new StoreUnavailableException($"{file} is missing, and {log}, the log of a file "
                + "that was there, would become a part of the backup: move it away, or name "
                + "another file");
        }
        SoleUse.Take(file);
        var seen = FileStatus.Of(file);
        part.CopyTarget();
        var held = SoleUse.Hold(file);
        if (FileStatus.Of(file) == seen) return held;
        held.Dispose();
        throw SoleUse.InUse(file);
    }

    private static SoleUse? HoldIfReadable(string path)
    {
        try
        {
            return SoleUse.Hold(path);
        }
        catch (StoreCorruptException)
        {
            return null; // It is why somebody restores.
        }
    }

    private static void Commit(PartFile part, SoleUse? held, string? keepAs)
    {
        // Windows moves no file that is open.
        if (OperatingSystem.IsWindows()) held?.Dispose();
        part.Commit(keepAs);
    }
}
