using Settle.Local;
using Settle.Stores.CouchDb;

namespace Settle;

/// <summary>Opens ledgers, wherever they are stored.</summary>
public static class Ledger
{
    /// <summary>
    /// Opens a ledger: an SQLite file (<c>bank.db</c>, made if absent), a CouchDB database
    /// (<c>couchdb://user:password@host:5984/bank</c>, made if absent, or <c>couchdbs://</c>), or a
    /// ledger of a server (<c>http://host:7171/bank</c>).
    /// </summary>
    /// <param name="location">Where the ledger lives.</param>
    /// <param name="options">How to open it; null for the defaults.</param>
    /// <param name="cancellation">Cancels opening.</param>
    /// <exception cref="InvalidRequestException">The location is invalid.</exception>
    /// <exception cref="UnauthorizedException">The database does not let this user in.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="StoreCorruptException">The chain is damaged.</exception>
    public static async Task<ILedger> OpenAsync(string location, LedgerOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        options ??= new LedgerOptions();
        if (location.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || location.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return await HttpLedger.ConnectAsync(location,
                new HttpLedgerOptions { ApiKey = options.ApiKey, Clock = options.Clock },
                cancellation)
                .ConfigureAwait(false);
        }
        if (CouchAddress.IsOne(location))
        {
            return await LocalLedger.OpenAsync(CouchAddress.Parse(location), options, cancellation)
                .ConfigureAwait(false);
        }
        // What stands behind the scheme may hold a password.
        if (location.IndexOf("://", StringComparison.Ordinal) is var end and >= 0)
            throw new InvalidRequestException("ledger",
                $"'{location[..end]}://' is neither a file nor couchdb(s):// nor http(s)://");
        return await LocalLedger.OpenAsync(location, options, cancellation).ConfigureAwait(false);
    }
}
