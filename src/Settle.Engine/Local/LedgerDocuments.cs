using Settle.Local;
using Settle.Stores.CouchDb;

namespace Settle;

/// <summary>Transfers and charges that CouchDB's clients write into a ledger's database.</summary>
public static class LedgerDocuments
{
    /// <summary>
    /// Waits until every pending document in the database, up to a time, is decided and has its
    /// outcome. It does the work itself if nobody else does.
    /// </summary>
    /// <param name="location">A database, as <c>couchdb://host:5984/bank</c>.</param>
    /// <param name="until">Documents with a later timestamp are left alone.</param>
    /// <param name="options">How to open it; null for the defaults.</param>
    /// <param name="progress">Receives how many have their outcome; may be null.</param>
    /// <param name="cancellationToken">Stops; what was decided stays decided.</param>
    /// <returns>What this call settled; others may have settled more.</returns>
    /// <exception cref="InvalidRequestException">The location is not a database.</exception>
    /// <exception cref="UnauthorizedException">
    /// The design document is missing and the user may not install it.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    public static async Task<DocumentReport> ResolveAsync(string location, DateTimeOffset until,
        LedgerOptions? options = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        if (!CouchAddress.IsOne(location))
        {
            throw new InvalidRequestException("ledger", "documents are in a CouchDB database: "
                + "name it, as in couchdb://user:password@host:5984/bank");
        }
        var opening = (options ?? new LedgerOptions()) with
        {
            MustExist = true, IsReadOnly = false, SettlesDocuments = false,
        };
        await using var ledger = await LocalLedger.OpenAsync(
            CouchAddress.Parse(location), opening, cancellationToken).ConfigureAwait(false);
        return await ledger.Inbox!.ResolveAsync(until, progress, cancellationToken)
            .ConfigureAwait(false);
    }
}
