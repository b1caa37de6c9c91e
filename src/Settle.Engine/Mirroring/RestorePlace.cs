using Settle.Billing;
using Settle.Index;
using Settle.Local;
using Settle.State;
using Settle.Stores;
using Settle.Stores.Sqlite;

namespace Settle;

/// <summary>Where a backup is put: what is known there that the backup lacks.</summary>
/// <param name="path">The ledger's file, itself and not a link to it.</param>
/// <param name="backup">The file that takes its place.</param>
/// <param name="height">The newest block of that.</param>
/// <param name="words">What persons confirmed in its chain, the oldest first.</param>
internal sealed class RestorePlace(
    string path, string backup, long height, IReadOnlyList<ChainRecovery> words)
{
    private static readonly string[] LogEndings = ["-wal", "-journal"];

    private readonly List<string> _warnings = [];

    /// <summary>What a person should look at.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Says that a server gives only blocks.</summary>
    public void WarnOfMissingDocuments() => _warnings.Add("a server gives only the blocks: names, "
        + "addresses, and notes of what was sent and what runs were asked for are not in this "
        + "file; put customers again, and look at the outbox before anything is sent from it");

    /// <summary>
    /// The newest block that was known here and is missing in the backup; what shows it is kept, so
    /// that the ledger says so too when it is opened.
    /// </summary>
    /// <param name="isThere">Whether there is a file.</param>
    /// <param name="isDamaged">Whether it cannot be opened, or only its log is there.</param>
    /// <param name="replaces">Whether it may have more than the backup.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ChainsDifferException">
    /// The file has more, or may have, and must not; or it holds another ledger.
    /// </exception>
    public async Task<LostBlock?> FindLostAsync(
        bool isThere, bool isDamaged, bool replaces, CancellationToken cancellation)
    {
        await using var store = await SqliteStore.OpenAsync(
            backup, SqliteAccess.ReadWrite, cancellation).ConfigureAwait(false);
        var site = await SiteNote.SiteOfAsync(store, cancellation).ConfigureAwait(false);
        var blocks = new BlockCache(store, site);
        var there = default(KnownTip);
        try
        {
            if (isDamaged && !replaces) throw isThere ? Unreadable(null) : LogAlone();
            if (isThere && !isDamaged)
            {
                there = await TipThereAsync(store, blocks, site, cancellation)
                    .ConfigureAwait(false);
            }
        }
        catch (StoreCorruptException e)
        {
            if (!replaces) throw Unreadable(e);
            isDamaged = true;
        }
        if (!isThere || isDamaged)
            await WarnOfUnknownAsync(store, isDamaged, cancellation).ConfigureAwait(false);
        var folder = new IndexFolder(new DiskFolder(path + ".index"));
        using var note = new TipNote(new LedgerState(site), blocks, folder, path,
            TimeProvider.System, warn: null);
        await note.OpenAsync(cancellation).ConfigureAwait(false);
        if (there.Block.Height == 0) return note.Missing;
        if (!replaces) throw More(there.Block.Height);
        if (note.Missing is { } known && known.Height >= there.Block.Height) return known;
        TipFile.Write(folder, there);
        return there.Block;
    }

    /// <summary>The name for the file that is there now.</summary>
    public string NameForOld(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $"{path}.replaced-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Path.GetRandomFileName()[..4]}");

    /// <summary>
    /// A log beside a path, of which SQLite would make a part of whatever file comes there; null
    /// for none.
    /// </summary>
    public static string? FindLog(string path) => LogEndings.Select(ending => path + ending)
        .FirstOrDefault(log => new FileInfo(log) is { Exists: true, Length: > 0 });

    /// <summary>A damaged file keeps its log, without which it cannot be repaired.</summary>
    /// <returns>Where the log is now; null if there was none.</returns>
    public string? MoveLog(string keptAs)
    {
        var log = FindLog(path);
        foreach (var ending in (string[])[.. LogEndings, "-shm"])
            if (File.Exists(path + ending)) File.Move(path + ending, keptAs + ending);
        return log is null ? null : keptAs + log[path.Length..];
    }

    /// <summary>Root brings a ledger back for whoever serves it.</summary>
    public void GiveToOwner()
    {
        if (!FileOwner.MayGive) return;
        var isThere = File.Exists(path);
        if (FileOwner.Of(isThere ? path : Path.GetDirectoryName(path)!) is not { } owner) return;
        owner.Give(backup);
        var index = new DirectoryInfo(path + ".index");
        // What a link leads to is not the index's: root would give away the files of others.
        if (!index.Exists || index.LinkTarget is not null) return;
        owner.Give(index.FullName);
        foreach (var file in index.EnumerateFiles()) owner.Give(file.FullName);
    }

    // The newest block of the file, if the backup lacks it.
    private async Task<KnownTip> TipThereAsync(
        IStore backupStore, BlockCache backupBlocks, string site, CancellationToken cancellation)
    {
        await using var store = await SqliteStore.OpenAsync(
            path, SqliteAccess.ReadOnly, cancellation).ConfigureAwait(false);
        var blocks = new BlockCache(store, site);
        if (await blocks.FindAsync(1, cancellation).ConfigureAwait(false) is not { } first)
        {
            if ((await store.ReadAsync("", "\U0010FFFF", 1, cancellation).ConfigureAwait(false))
                .Count > 0)
                throw Another();
            return default;
        }
        var begin = await backupBlocks.GetAsync(1, cancellation).ConfigureAwait(false);
        if (first.Header.Hash != begin.Header.Hash) throw Another();
        await KeepErasedAsync(store, backupStore, cancellation).ConfigureAwait(false);
        var tip = await ChainTip.FindAsync(store, site, cancellation).ConfigureAwait(false);
        var block = await blocks.GetAsync(tip, cancellation).ConfigureAwait(false);
        var same = await backupBlocks.FindAsync(tip, cancellation).ConfigureAwait(false);
        var isLost = same?.Header.Hash != block.Header.Hash;
        var hasBackup = !isLost || await HasBackupAsync(blocks, backupBlocks, cancellation)
            .ConfigureAwait(false);
        await KeepSentAsync(store, backupStore, isLost, hasBackup, cancellation)
            .ConfigureAwait(false);
        if (!isLost) return default;
        // A word that is in the backup was given before the loss, and says nothing about it.
        var word = words.LastOrDefault(word => word.LostHeight is not null)?.Height ?? 0;
        var said = word == 0 ? BlockHash.None
            : (await backupBlocks.GetAsync(word, cancellation).ConfigureAwait(false)).Header.Hash;
        return new KnownTip(
            new LostBlock(tip, block.Header.Hash), first.Header.Hash, (word, said));
    }

    // A name that was erased since the backup does not come back with it.
    private async Task KeepErasedAsync(
        IStore there, IStore backup, CancellationToken cancellation)
    {
        await using var from = there.OpenSideDocuments(isReadOnly: true);
        await using var to = backup.OpenSideDocuments(isReadOnly: false);
        var copy = new SideDocumentsCopy(from, to) { Replaces = path };
        await copy.CarryErasedAsync(cancellation).ConfigureAwait(false);
        _warnings.AddRange(copy.Warnings);
    }

    // A ledger that bills has a seller, whose name is beside the chain.
    private async Task WarnOfUnknownAsync(
        IStore backupStore, bool isDamaged, CancellationToken cancellation)
    {
        await using var beside = backupStore.OpenSideDocuments(isReadOnly: true);
        await foreach (var _ in beside.ListAsync(Profiles.Prefix, cancellation)
            .ConfigureAwait(false))
        {
            _warnings.Add((isDamaged ? $"{path} cannot be read" : $"there was no {path}")
                + ", so it is not known what happened after the backup was made: mails that were "
                + "sent since then would be sent again, runs that made nothing could be asked for "
                + "with something else, and names that were erased are back. Before anything is "
                + "sent, note what was sent ('settle outbox done'), and erase those names again");
            return;
        }
    }

    // What was sent since the backup is not sent again, and runs keep their ids. But a paper that
    // is lost may be followed by another one with its number, which nobody has sent.
    private async Task KeepSentAsync(IStore there, IStore backupStore, bool isLost, bool hasBackup,
        CancellationToken cancellation)
    {
        var numbers = isLost ? await NumbersAsync(cancellation).ConfigureAwait(false) : null;
        await using var from = there.OpenSideDocuments(isReadOnly: true);
        await using var to = backupStore.OpenSideDocuments(isReadOnly: false);
        var copy = new SideDocumentsCopy(from, to) { Replaces = path };
        await copy.CarrySentAsync(number => numbers?.Contains(number) != false, cancellation)
            .ConfigureAwait(false);
        // What a lost run was asked for binds nobody any more.
        if (!isLost) await copy.CarryRunsAsync(cancellation).ConfigureAwait(false);
        await copy.RepairAsync(hasBackup, cancellation).ConfigureAwait(false);
        _warnings.AddRange(copy.Warnings);
    }

    // Whether the file has all of the backup, and goes on from there.
    private async Task<bool> HasBackupAsync(
        BlockCache blocks, BlockCache backupBlocks, CancellationToken cancellation)
    {
        var end = await backupBlocks.GetAsync(height, cancellation).ConfigureAwait(false);
        var same = await blocks.FindAsync(height, cancellation).ConfigureAwait(false);
        return same?.Header.Hash == end.Header.Hash;
    }

    private async Task<HashSet<string>> NumbersAsync(CancellationToken cancellation)
    {
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        await using var ledger = await LocalLedger.OpenAsync(backup,
            new LedgerOptions { IsReadOnly = true, MustExist = true, SettlesDocuments = false },
            cancellation).ConfigureAwait(false);
        await foreach (var invoice in ledger.Billing.AllInvoicesAsync(
            new InvoiceQuery { Limit = Pages.LimitMax }, cancellation).ConfigureAwait(false))
            numbers.Add(invoice.Number);
        await foreach (var reminder in ledger.Billing.AllRemindersAsync(
            new ReminderQuery { Limit = Pages.LimitMax }, cancellation).ConfigureAwait(false))
            numbers.Add(reminder.Number);
        await foreach (var quote in ledger.Billing.AllQuotesAsync(
            new QuoteQuery { Limit = Pages.LimitMax }, cancellation).ConfigureAwait(false))
            numbers.Add(quote.Number);
        return numbers;
    }

    private ChainsDifferException Unreadable(StoreCorruptException? why) => new($"{path} is "
        + "damaged, and may have blocks that the backup lacks: add --replace to put the backup in "
        + $"its place all the same; it is kept under another name{(why is null ? "" : ": ")}"
        + why?.Message);

    private ChainsDifferException LogAlone() => new($"{path} is missing, but its log is there, "
        + $"{FindLog(path)}, and may have blocks that the backup lacks: put the file back; or, to "
        + "give them up, add --replace: the log is kept under another name");

    private ChainsDifferException Another() =>
        new($"{path} holds another ledger: name another file");

    private ChainsDifferException More(long there) => new(string.Create(
        CultureInfo.InvariantCulture, $"{path} has {there} blocks, and the backup has {height}: ")
        + (there > height ? "the newer ones" : "others that it has")
        + " would be lost, and what they decided could be decided again. Name another file; or, to "
        + "give them up, add --replace: the file is kept under another name");
}
