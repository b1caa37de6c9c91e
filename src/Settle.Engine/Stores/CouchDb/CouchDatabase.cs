using System.Net;

namespace Settle.Stores.CouchDb;

/// <summary>Finds a database when its ledger is opened, or makes it.</summary>
internal static class CouchDatabase
{
    // What a server takes that was told nothing else.
    private const int UsualBodyMax = 8_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>
    /// In how many copies it keeps each document, when it was made, as its files' names say it, and
    /// the largest document it takes.
    /// </returns>
    /// <exception cref="UnauthorizedException">The user may not read or make it.</exception>
    /// <exception cref="StoreUnavailableException">
    /// There is none, or it cannot keep what a store promises.
    /// </exception>
    public static async Task<(int Copies, string Instance, int BodyBytesMax)> OpenAsync(
        CouchConnection connection, bool mayMake, bool isReadOnly,
        CancellationToken cancellation)
    {
        var address = connection.Address;
        var found = await connection.AskDatabaseAsync(HttpMethod.Get, cancellation)
            .ConfigureAwait(false);
        if (found.Status == HttpStatusCode.NotFound)
        {
            if (address.Folder.Length > 0)
                await CheckServerAsync(connection, cancellation).ConfigureAwait(false);
            if (!mayMake) throw CouchErrors.NoDatabase(address);
            await MakeAsync(connection, cancellation).ConfigureAwait(false);
            found = await connection.AskDatabaseAsync(HttpMethod.Get, cancellation)
                .ConfigureAwait(false);
        }
        if (found.Status != HttpStatusCode.OK) throw CouchErrors.WhenOpening(address, found);
        var (copies, instance) = ReadCopies(address, found, isReadOnly);
        var limit = await connection.AskAsync(
            address.OfServer("_node/_local/_config/couchdb/max_document_size"), Patience,
            cancellation).ConfigureAwait(false);
        if (copies > 1 && limit.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw CouchErrors.NoAdministrator(address, copies);
        return (copies, instance, ReadBodyMax(limit));
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

    // Without this, a document would be made: for CouchDB, a/b is the document b in the database a.
    private static async Task CheckServerAsync(
        CouchConnection connection, CancellationToken cancellation)
    {
        var address = connection.Address;
        var server = await connection.AskAsync(address.OfServer(""), Patience, cancellation)
            .ConfigureAwait(false);
        if (server.Member("couchdb") is null) throw CouchErrors.NoServer(address);
    }

    private static (int Copies, string Instance) ReadCopies(
        CouchAddress address, CouchAnswer found, bool isReadOnly)
    {
        using var json = found.Read(address);
        var database = json.RootElement;
        if (database.ValueKind != JsonValueKind.Object
            || !database.TryGetProperty("db_name", out _))
        {
            throw address.Folder.Length > 0 ? CouchErrors.NoServer(address)
                : new StoreUnavailableException(
                    $"{address.Location} is not a database: is this a CouchDB server?");
        }
        if (!isReadOnly && database.TryGetProperty("props", out var props)
            && props.ValueKind == JsonValueKind.Object
            && props.TryGetProperty("partitioned", out var partitioned)
            && partitioned.ValueKind == JsonValueKind.True)
            throw CouchErrors.Partitioned(address);
        if (!database.TryGetProperty("cluster", out var cluster)
            || !cluster.TryGetProperty("n", out var n) || !n.TryGetInt32(out var copies))
            return (1, "");
        return (copies, found.Member("instance_start_time") ?? "");
    }

    // Who may not see the setting learns it from a refusal.
    private static int ReadBodyMax(CouchAnswer answer)
    {
        if (answer.Status != HttpStatusCode.OK) return UsualBodyMax;
        var text = Encoding.UTF8.GetString(answer.Body.Span).Trim().Trim('"');
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? (int)long.Clamp(bytes, 1, int.MaxValue) : UsualBodyMax;
    }
}
