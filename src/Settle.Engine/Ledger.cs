using Settle.Http;
using Settle.Local;
using Settle.Stores.CouchDb;
using Settle.Stores.Memory;

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
    /// <param name="cancellationToken">Cancels opening.</param>
    /// <exception cref="InvalidRequestException">The location is invalid.</exception>
    /// <exception cref="UnauthorizedException">The database does not let this user in.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="StoreCorruptException">The chain is damaged.</exception>
    public static async Task<ILedger> OpenAsync(string location, LedgerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        options ??= new LedgerOptions();
        if (IsServer(location))
        {
            if (options.Peers.Count > 0)
            {
                throw new InvalidRequestException("peer",
                    "a ledger behind a server has the peers that its server was given");
            }
            return await HttpLedger.ConnectAsync(location, new HttpLedgerOptions
            {
                ApiKey = options.ApiKey, Clock = options.Clock, HttpClient = options.HttpClient,
                SiteWait = options.SiteWait,
            }, cancellationToken).ConfigureAwait(false);
        }
        if (CouchAddress.IsOne(location))
        {
            return await LocalLedger.OpenAsync(CouchAddress.Parse(location), options,
                cancellationToken)
                .ConfigureAwait(false);
        }
        return await LocalLedger.OpenAsync(location, options,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A new, empty ledger in this process's memory, for tests: all rules are those of any other,
    /// and nothing of it is left when it is disposed.
    /// </summary>
    /// <param name="options">The clock, for instance; null for the defaults.</param>
    public static ILedger InMemory(LedgerOptions? options = null) =>
        // Nothing is waited for: there is no disk and no chain to read.
        LocalLedger.OpenAsync("memory", new MemoryStore(), null, options ?? new LedgerOptions(),
            CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Checks that a location is none that only SQLite knows.</summary>
    /// <exception cref="InvalidRequestException">It is in memory, or an address of SQLite.
    /// </exception>
    internal static void CheckPath(string location)
    {
        if (location.AsSpan().Trim().StartsWith(":memory:", StringComparison.OrdinalIgnoreCase))
            throw new InvalidRequestException("ledger", "':memory:' would be gone at once; name a "
                + "file, such as bank.db, or in .NET use Ledger.InMemory()");
        if (location.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw Parse.Fault("ledger", location, "is an address of SQLite; name the file itself, "
                + "such as bank.db");
    }

    /// <summary>The name of the ledger at a location.</summary>
    /// <exception cref="InvalidRequestException">It cannot be the location of any.</exception>
    internal static string NameOf(string location) =>
        IsServer(location) ? LedgerAddress.Parse(location).Name
            : CouchAddress.IsOne(location) ? CouchAddress.Parse(location).Name
            : Path.GetFileNameWithoutExtension(location);

    /// <summary>Whether a location is a ledger behind a server.</summary>
    /// <exception cref="InvalidRequestException">It cannot be the location of any.</exception>
    internal static bool IsServer(string location)
    {
        // What stands behind the scheme may hold a password.
        var end = location.IndexOf("://", StringComparison.Ordinal);
        var scheme = end < 0 ? null : location[..end].ToLowerInvariant();
        switch (scheme)
        {
            case "http" or "https": LedgerAddress.Parse(location); break;
            case not null when CouchAddress.IsOne(location): CouchAddress.Parse(location); break;
            case not null:
                throw new InvalidRequestException("ledger",
                    $"'{location[..end]}://' is neither a file nor couchdb(s):// nor http(s)://");
            default: CheckPath(location); break;
        }
        return scheme is "http" or "https";
    }
}
