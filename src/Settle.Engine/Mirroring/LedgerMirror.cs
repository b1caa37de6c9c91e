using Settle.Peers;
using Settle.State;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.Sqlite;
using Settle.Verification;

namespace Settle;

/// <summary>Copies a ledger's chain to another place, block by block.</summary>
public static class LedgerMirror
{
    /// <summary>
    /// Copies the blocks that are missing in the second ledger, with the same hashes, and the side
    /// documents (names and addresses, invoices), except from a server. What was erased in either
    /// place is erased in both. It can be stopped at any moment and started again.
    /// </summary>
    /// <param name="from">The ledger to copy: a file, a database or a server's address.</param>
    /// <param name="to">The copy: a file or a database, made if absent.</param>
    /// <param name="options">How to open the first; null for the defaults.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="ChainsDifferException">The second has different blocks.</exception>
    /// <exception cref="StoreUnavailableException">One of them cannot be reached.</exception>
    /// <exception cref="StoreCorruptException">A block is damaged.</exception>
    public static async Task<MirrorReport> CopyAsync(string from, string to,
        LedgerOptions? options = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        options ??= new LedgerOptions();
        if (!CouchAddress.IsOne(to) && to.Contains("://", StringComparison.Ordinal))
            throw new InvalidRequestException("to",
                "blocks are written to a file or a database, not to a server");
        await using var source = await LedgerVerification.OpenStoreAsync(
            from, options, cancellationToken).ConfigureAwait(false);
        await using var target = await OpenTargetAsync(to, cancellationToken).ConfigureAwait(false);
        return await CopyAsync(source, target, becomes: null, options.Clock, progress,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="CopyAsync(string, string, LedgerOptions?, IProgress{WorkProgress}?,
    /// CancellationToken)"/>
    /// <param name="source">The ledger to copy.</param>
    /// <param name="target">The copy.</param>
    /// <param name="becomes">
    /// The file that the copy will become, which nobody else writes; null for any other.
    /// </param>
    /// <param name="clock">Measures pauses.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    internal static async Task<MirrorReport> CopyAsync(IStore source, IStore target,
        string? becomes, TimeProvider clock, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        var site = await SiteNote.SiteOfAsync(source, cancellationToken).ConfigureAwait(false);
        var copy = new ChainCopy(source, target, site, clock, progress)
        {
            Becomes = becomes,
        };
        await copy.CheckAsync(cancellationToken).ConfigureAwait(false);
        await CopySitesAsync(source, target, becomes, site, cancellationToken)
            .ConfigureAwait(false);
        // Side documents go before the blocks that name them, so that whoever opens the copy finds
        // them; those of blocks that came meanwhile follow.
        var (documents, _) = await CopyDocumentsAsync(source, target, cancellationToken)
            .ConfigureAwait(false);
        var report = await copy.RunAsync(cancellationToken).ConfigureAwait(false);
        // It looks at all of them again, and knows what is left.
        var (more, warnings) = await CopyDocumentsAsync(source, target, cancellationToken)
            .ConfigureAwait(false);
        if (copy.DefaultAsset is { } asset)
            await target.InstallViewsAsync(asset, cancellationToken).ConfigureAwait(false);
        return report with
        {
            Documents = documents + more,
            Warnings = warnings is { Count: > 0 } ? warnings : null,
        };
    }

    // What own blocks had read of other sites has to be there before them.
    private static async Task CopySitesAsync(
        IStore source, IStore target, string? becomes, string site,
        CancellationToken cancellationToken)
    {
        var hasCopies = await SiteCopies.HasAnyAsync(source, cancellationToken)
            .ConfigureAwait(false);
        if ((hasCopies || site != SiteNames.Founder) && !target.KeepsCopies)
        {
            throw new InvalidRequestException("to", $"{source.Location} is one of several sites, "
                + "whose blocks a database of CouchDB cannot hold yet: name a file");
        }
        if (site != SiteNames.Founder && (await target.ReadAsync("", "\U0010FFFF", 1,
            cancellationToken).ConfigureAwait(false)).Count == 0)
            await SiteNote.WriteAsync(target, site, cancellationToken).ConfigureAwait(false);
        var there = await SiteNote.SiteOfAsync(target, cancellationToken).ConfigureAwait(false);
        if (there != site)
        {
            throw new ChainsDifferException($"{becomes ?? target.Location} is site {there}, and "
                + $"{source.Location} is site {site}: nothing was copied");
        }
        if (!hasCopies) return;
        await new SiteExchange(new StoredChains(source, site), source.Location,
            new StoredChains(target, there), becomes ?? target.Location)
            .CheckAsync(cancellationToken).ConfigureAwait(false);
        await SiteCopies.CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
    }

    // A server hands out its blocks, and no names and addresses.
    private static async Task<(long Copied, IReadOnlyList<string>? Warnings)> CopyDocumentsAsync(
        IStore source, IStore target, CancellationToken cancellationToken)
    {
        if (source is LedgerBlocks) return default;
        await using var from = source.OpenSideDocuments(isReadOnly: true);
        await using var to = target.OpenSideDocuments(isReadOnly: false);
        var copy = new SideDocumentsCopy(from, to);
        return (await copy.RunAsync(cancellationToken).ConfigureAwait(false), copy.Warnings);
    }

    private static async Task<IStore> OpenTargetAsync(
        string to, CancellationToken cancellationToken)
    {
        if (!CouchAddress.IsOne(to))
        {
            Ledger.CheckPath(to);
            return await SqliteStore.OpenAsync(to, SqliteAccess.ReadWriteCreate, cancellationToken)
                .ConfigureAwait(false);
        }
        var database = await CouchStore.OpenAsync(CouchAddress.Parse(to), mayMake: true,
            isReadOnly: false, cancellationToken).ConfigureAwait(false);
        return database;
    }
}
