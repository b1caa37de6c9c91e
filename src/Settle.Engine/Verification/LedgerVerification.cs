using Settle.Chains;
using Settle.Index;
using Settle.State;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.Sqlite;
using Settle.Verification;

namespace Settle;

/// <summary>
/// Checks a whole ledger against the rules, trusting nothing but the blocks themselves.
/// </summary>
public static class LedgerVerification
{
    /// <summary>
    /// Reads every block of a ledger and makes it again from its requests; the result must be the
    /// same byte for byte. This checks every hash, link, verdict, floor and total. A chain whose
    /// newest blocks were removed, or replaced by others, may be a valid chain. That is only found
    /// if the index beside the file, or the note in it, knows other blocks, or by a height or hash
    /// that you noted before.
    /// </summary>
    /// <param name="location">
    /// Where the ledger is: a file, a database, or a server's address.
    /// </param>
    /// <param name="options">How to open it; the ledger is only read.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>What was found; a file that cannot be read at all is a fault too.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The ledger cannot be reached, or there is none.
    /// </exception>
    public static async Task<VerificationReport> VerifyAsync(
        string location, LedgerOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        try
        {
            await using var store = await OpenStoreAsync(location, options, cancellationToken)
                .ConfigureAwait(false);
            return await VerifyOpenAsync(store, options, progress, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StoreCorruptException e)
        {
            // So damaged that not even its first page can be read.
            return new VerificationReport
            {
                Blocks = 0, Entries = 0, Accounts = 0,
                Faults = [new VerificationFault(0, null, null, e.Message)],
            };
        }
    }

    /// <summary>
    /// Looks only at the newest blocks of a ledger: that a block which was noted is still there,
    /// and that every block after it has its hash and follows the one before it. It does not decide
    /// anything again, so it is fast however long the ledger is.
    /// </summary>
    /// <param name="location">
    /// Where the ledger is: a file, a database, or a server's address.
    /// </param>
    /// <param name="height">The height of the block that was noted, at least 1.</param>
    /// <param name="hash">Its hash, 64 hexadecimal digits.</param>
    /// <param name="options">How to open it; the ledger is only read.</param>
    /// <param name="progress">Receives progress after every block; may be null.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="InvalidRequestException">The height or the hash is not one.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The ledger cannot be reached, or there is none.
    /// </exception>
    public static async Task<TailReport> VerifyTailAsync(string location, long height, string hash,
        LedgerOptions? options = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        ArgumentNullException.ThrowIfNull(hash);
        if (height is < 1 or > BlockId.HeightMax)
        {
            throw Parse.Fault("height", height.ToString(CultureInfo.InvariantCulture),
                "is not a block's height: it is at least 1");
        }
        if (!BlockHash.TryParse(Encoding.UTF8.GetBytes(hash), out var noted))
            throw Parse.Fault("hash", hash, "is not a block's hash: 64 digits, 0-9 and a-f");
        await using var store = await OpenStoreAsync(location, options, cancellationToken)
            .ConfigureAwait(false);
        var site = await SiteNote.SiteOfAsync(store, cancellationToken).ConfigureAwait(false);
        return await new ChainTail(store, site)
            .CheckAsync(height, noted, progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<VerificationReport> VerifyOpenAsync(
        IStore store, LedgerOptions? options, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        var index = store.IndexPath(options?.CacheFolder);
        var report = await VerifyAsync(store,
            index is null ? null : new IndexFolder(new DiskFolder(index), isReadOnly: true),
            options?.Warn, progress, cancellationToken).ConfigureAwait(false);
        return report with { Faults = [.. report.Faults, .. FindInFile(store)] };
    }

    // What reads well today may still be lost tomorrow, when the file disagrees with itself.
    private static IEnumerable<VerificationFault> FindInFile(IStore store) => store.FindDamage()
        .Select(damage => new VerificationFault(0, null, null, $"the file: {damage}"));

    internal static Task<VerificationReport> VerifyAsync(IStore store,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        VerifyAsync(store, null, null, progress, cancellationToken);

    private static async Task<VerificationReport> VerifyAsync(IStore store,
        IndexFolder? folder, Action<string>? warn, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        var (site, hasSites) = await LookAsync(store, cancellationToken).ConfigureAwait(false);
        await using var verifier = new ChainVerifier(store, site, progress, hasSites);
        var report = await verifier.RunAsync(cancellationToken).ConfigureAwait(false);
        if (verifier.MissesSites && store.KeepsCopies)
        {
            // A site was added, and none has been heard of yet.
            await using var again = new ChainVerifier(store, site, progress, true);
            report = await again.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        if (folder is not null)
        {
            // A chain without its newest blocks, or with others, may be a good chain.
            var lost = await new TipCheck(store, site, folder, warn)
                .FindAsync(report, cancellationToken).ConfigureAwait(false);
            report = report with { Faults = [.. report.Faults, .. lost] };
        }
        return verifier.Sites is not { } sites ? report
            : await VerifyOthersAsync(store, sites, report, progress, cancellationToken)
                .ConfigureAwait(false);
    }

    private static async Task<(string Site, bool HasSites)> LookAsync(
        IStore store, CancellationToken cancellationToken)
    {
        try
        {
            var site = await SiteNote.SiteOfAsync(store, cancellationToken).ConfigureAwait(false);
            return (site, site != SiteNames.Founder || await SiteCopies
                .HasAnyAsync(store, cancellationToken).ConfigureAwait(false));
        }
        catch (StoreCorruptException)
        {
            // One damaged page must not hide which blocks can be read; they are gone through next.
            return (SiteNames.Founder, false);
        }
    }

    // Each chain is made again as its own site has made it: from what that had read by then.
    private static async Task<VerificationReport> VerifyOthersAsync(IStore store, SiteLedger sites,
        VerificationReport own, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        var faults = own.Faults.Select(fault => fault with { Site = sites.Own }).ToList();
        var (blocks, entries) = (own.Blocks, own.Entries);
        foreach (var chain in sites.Chains.Where(chain => chain != sites.Mine && chain.Height > 0))
        {
            var view = new SiteStoreView(store, sites.Own, chain);
            await using var verifier =
                new ChainVerifier(view, chain.Site, progress, hasSites: true);
            var report = await verifier.RunAsync(cancellationToken).ConfigureAwait(false);
            faults.AddRange(report.Faults.Select(fault => fault with { Site = chain.Site }));
            (blocks, entries) = (blocks + report.Blocks, entries + report.Entries);
        }
        foreach (var (site, why) in sites.Refused)
            faults.Add(new VerificationFault(0, null, null, why) { Site = site });
        foreach (var (site, fork) in sites.Forks)
        {
            // Where a site has ended, its end says which of its blocks count.
            if (sites.Table.TryFind(site, out var row) && row!.HasEnded) continue;
            faults.Add(new VerificationFault(fork.Height, null, null,
                $"the site has two blocks at this height, {fork.First} and {fork.Second}: it "
                + "forked") { Site = site });
        }
        return own with
        {
            Faults = faults,
            Blocks = blocks,
            Entries = entries,
            Accounts = SiteTotals.AccountsOf(sites),
            Sites = [.. sites.Chains.Where(chain => chain.Height > 0).Select(chain => chain.Site)
                .Order(Comparer<string>.Create(SiteNames.Compare))],
        };
    }

    // From a server only one chain is read, and a site's cannot be told without the others.
    private static async Task CheckHasOneSiteAsync(
        string location, ILedger ledger, CancellationToken cancellationToken)
    {
        var info = await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        if (info.Site is not { } site) return;
        throw new InvalidRequestException("ledger", $"{location} is site {site} of several, whose "
            + "chains are read together, and from a file only: name the site's file");
    }

    internal static async Task<IStore> OpenStoreAsync(string location, LedgerOptions? options,
        CancellationToken cancellationToken)
    {
        if (CouchAddress.IsOne(location))
        {
            return await CouchStore.OpenAsync(CouchAddress.Parse(location), mayMake: false,
                isReadOnly: true, cancellationToken).ConfigureAwait(false);
        }
        if (location.Contains("://", StringComparison.Ordinal))
        {
            var ledger = await Ledger.OpenAsync(location, options, cancellationToken)
                .ConfigureAwait(false);
            try
            {
                await CheckHasOneSiteAsync(location, ledger, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch
            {
                await ledger.DisposeAsync().ConfigureAwait(false);
                throw;
            }
            return new LedgerBlocks(ledger, (options ?? new LedgerOptions()).Site);
        }
        return await SqliteStore.OpenAsync(location, SqliteAccess.ReadOnly, cancellationToken)
            .ConfigureAwait(false);
    }
}
