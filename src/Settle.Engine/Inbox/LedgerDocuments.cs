using Settle.Local;
using Settle.Stores.CouchDb;

namespace Settle;

/// <summary>Transfers that CouchDB's own clients drop into a ledger's database.</summary>
public static class LedgerDocuments
{
    /// <summary>
    /// Waits until every document that is in the database and pending, up to a time, is decided and
    /// marked. It does the work itself where nobody else does.
    /// </summary>
    /// <param name="location">A database, as <c>couchdb://host:5984/bank</c>.</param>
    /// <param name="until">Documents with a later timestamp are left alone.</param>
    /// <param name="options">How to open it; null for the defaults.</param>
    /// <param name="progress">Told how many are marked; null for nobody.</param>
    /// <param name="cancellation">Gives up; what was decided stays.</param>
    /// <returns>What this call marked; others may have marked more.</returns>
    /// <exception cref="InvalidRequestException">The location is no database.</exception>
    /// <exception cref="UnauthorizedException">
    /// The design document is missing and the user may not install it.
    /// </exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached.</exception>
    public static async Task<DocumentReport> ResolveAsync(string location, DateTimeOffset until,
        LedgerOptions? options = null, IProgress<DocumentProgress>? progress = null,
        CancellationToken cancellation = default)
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
            CouchAddress.Parse(location), opening, cancellation).ConfigureAwait(false);
        var counts = await ledger.ResolveDocumentsAsync(until, progress, cancellation)
            .ConfigureAwait(false);
        return new DocumentReport(counts.Successful, counts.Rejected, counts.Malformed);
    }
}
