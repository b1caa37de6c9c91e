using System.Net;
using System.Text.Json;

namespace Settle.Stores.CouchDb;

/// <summary>Finds a database when its ledger is opened, or makes it.</summary>
internal static class CouchDatabase
{
    /// <exception cref="UnauthorizedException">The user may not read or make it.</exception>
    /// <exception cref="StoreUnavailableException">
    /// There is none, or it cannot keep what a store promises.
    /// </exception>
    public static async Task OpenAsync(
        CouchConnection connection, bool mayMake, CancellationToken cancellation)
    {
        var address = connection.Address;
        var found = await connection.AskDatabaseAsync(HttpMethod.Get, cancellation)
            .ConfigureAwait(false);
        if (found.Status == HttpStatusCode.NotFound)
        {
            if (!mayMake) throw CouchErrors.NoDatabase(address);
            await MakeAsync(connection, cancellation).ConfigureAwait(false);
            found = await connection.AskDatabaseAsync(HttpMethod.Get, cancellation)
                .ConfigureAwait(false);
        }
        if (found.Status != HttpStatusCode.OK) throw CouchErrors.WhenOpening(address, found);
        CheckCopies(address, found);
    }

    private static async Task MakeAsync(CouchConnection connection, CancellationToken cancellation)
    {
        var made = await connection.AskDatabaseAsync(HttpMethod.Put, cancellation)
            .ConfigureAwait(false);
        // Somebody else may have made it in between.
        if (made.Status is not (HttpStatusCode.Created or HttpStatusCode.Accepted
            or HttpStatusCode.PreconditionFailed))
            throw CouchErrors.WhenOpening(connection.Address, made);
    }

    // On several copies a create that was acknowledged can still lose to another one.
    private static void CheckCopies(CouchAddress address, CouchAnswer found)
    {
        using var json = found.Read(address);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("db_name", out _))
            throw new StoreUnavailableException(
                $"{address.Location} is no database: is this a CouchDB server?");
        if (json.RootElement.TryGetProperty("cluster", out var cluster)
            && cluster.TryGetProperty("n", out var copies)
            && copies.TryGetInt32(out var count) && count > 1)
        {
            throw new StoreUnavailableException($"{address.Location} is kept in {count} copies, "
                + "which Settle cannot use safely yet: make a database with n=1");
        }
    }
}
