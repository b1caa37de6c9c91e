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
    /// newest blocks were removed is a valid, shorter chain. That is only found if the index beside
    /// the file was made from more blocks, or by a height or hash that you noted before.
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

    private static async Task<VerificationReport> VerifyOpenAsync(
        IStore store, LedgerOptions? options, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        // Read first: a writer may add blocks meanwhile, and their rows to the index.
        var index = store.IndexPath(options?.CacheFolder);
        var seen = index is null ? 0 : TipNote.HeightIn(new IndexFolder(new DiskFolder(index)));
        var report = await VerifyAsync(
            store, options ?? new LedgerOptions(), progress, cancellationToken)
            .ConfigureAwait(false);
        return report with
        {
            Faults = [.. report.Faults, .. FindLost(report.Blocks + 1, seen), .. FindInFile(store)],
        };
    }

    // A chain without its newest blocks is a good chain. Only the index may know that there was
    // more.
    private static IEnumerable<VerificationFault> FindLost(long from, long to)
    {
        if (from > to) return [];
        var lost = from == to ? "is" : $"and all up to block {to} are";
        return [new(from, null, null, $"{lost} missing, though the index was made of more")];
    }

    // What reads well today may still be lost tomorrow, when the file disagrees with itself.
    private static IEnumerable<VerificationFault> FindInFile(IStore store) => store.FindDamage()
        .Select(damage => new VerificationFault(0, null, null, $"the file: {damage}"));

    internal static Task<VerificationReport> VerifyAsync(IStore store,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        VerifyAsync(store, new LedgerOptions(), progress, cancellationToken);

    private static async Task<VerificationReport> VerifyAsync(IStore store,
        LedgerOptions options, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        await using var verifier = new ChainVerifier(store, options.Site, progress);
        return await verifier.RunAsync(cancellationToken).ConfigureAwait(false);
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
            return new LedgerBlocks(ledger, (options ?? new LedgerOptions()).Site);
        }
        return await SqliteStore.OpenAsync(location, SqliteAccess.ReadOnly, cancellationToken)
            .ConfigureAwait(false);
    }
}
