using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Verification;

namespace Settle;

/// <summary>Checks a whole ledger against the rules, trusting nothing but the blocks themselves.</summary>
public static class LedgerVerification
{
    /// <summary>
    /// Reads every block of a ledger and makes it again from its requests: the result must be the same to
    /// the byte. That checks every hash, link, verdict, floor and total.
    /// </summary>
    /// <param name="location">Where the ledger lives: a file, or a server's address.</param>
    /// <param name="options">How to open it; the ledger is only read.</param>
    /// <param name="progress">Told after every block; null for nobody.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <exception cref="StoreUnavailableException">The ledger cannot be read.</exception>
    public static async Task<VerificationReport> VerifyAsync(string location, LedgerOptions? options = null,
        IProgress<VerificationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        await using var store = await OpenStoreAsync(location, options, cancellation).ConfigureAwait(false);
        return await VerifyAsync(store, progress, cancellation).ConfigureAwait(false);
    }

    internal static async Task<VerificationReport> VerifyAsync(IStore store,
        IProgress<VerificationProgress>? progress, CancellationToken cancellation)
    {
        await using var verifier = new ChainVerifier(store, progress);
        return await verifier.RunAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<IStore> OpenStoreAsync(string location, LedgerOptions? options,
        CancellationToken cancellation)
    {
        if (location.Contains("://", StringComparison.Ordinal))
        {
            var ledger = await Ledger.OpenAsync(location, options, cancellation).ConfigureAwait(false);
            return new LedgerBlocks(ledger);
        }
        return await SqliteStore.OpenAsync(location, SqliteOpening.ReadOnly, cancellation).ConfigureAwait(false);
    }
}
