using System.Net;
using System.Text.Json.Nodes;

namespace Settle.Stores.CouchDb.Design;

/// <summary>Brings a database's design documents up to date.</summary>
internal static class DesignInstaller
{
    private const int TriesMax = 8;

    /// <summary>
    /// Installs the design documents, or replaces one that is older or was changed. A newer one
    /// stays.
    /// </summary>
    /// <param name="connection">The database.</param>
    /// <param name="asset">The ledger's default asset; empty while it has none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UnauthorizedException">The user may not.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    public static async Task InstallAsync(
        CouchConnection connection, string asset, CancellationToken cancellation)
    {
        await InstallAsync(connection, DesignDocument.For(asset), DesignDocument.Version,
            cancellation).ConfigureAwait(false);
        await InstallAsync(connection, WaitingDesign.Document, WaitingDesign.Version,
            cancellation).ConfigureAwait(false);
    }

    private static async Task InstallAsync(CouchConnection connection, JsonObject wanted,
        int version, CancellationToken cancellation)
    {
        var id = wanted["_id"]!.GetValue<string>();
        for (var attempt = 1; ; attempt++)
        {
            var found = await connection.GetAsync(id, cancellation).ConfigureAwait(false);
            if (found.Status == HttpStatusCode.OK)
            {
                using var json = found.Read(connection.Address);
                if (IsGoodEnough(json.RootElement, wanted, version)) return;
                wanted["_rev"] = json.RootElement.GetProperty("_rev").GetString();
            }
            else if (found.Status != HttpStatusCode.NotFound)
            {
                throw CouchErrors.WhenOpening(connection.Address, found);
            }
            var answer = await connection.AskAsync(HttpMethod.Put, id,
                Encoding.UTF8.GetBytes(wanted.ToJsonString()),
                cancellation).ConfigureAwait(false);
            if (answer.Status is HttpStatusCode.Created or HttpStatusCode.Accepted) return;
            // Another process installs it too: look again.
            if (answer.Status == HttpStatusCode.Conflict && attempt < TriesMax) continue;
            throw Refused(connection.Address, id, answer);
        }
    }

    private static SettleException Refused(
        CouchAddress address, string id, CouchAnswer answer) =>
        answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new UnauthorizedException("forbidden",
                $"{address.Location}: the user '{address.User}' may not install "
                + $"{id}, without which no documents are settled, because nobody checks who "
                + "signs them: let one of its admins run 'settle init' once")
            : CouchErrors.Unavailable(address, answer);

    // An asset that is known here and not there makes it another document, too.
    private static bool IsGoodEnough(JsonElement found, JsonObject wanted, int current)
    {
        var version = DesignDocument.VersionOf(found);
        if (version != current) return version > current;
        var same = JsonNode.Parse(found.GetRawText())!.AsObject();
        var asksForNone = wanted["settle"]!["asset"]?.GetValue<string>() is "";
        if (asksForNone && same["settle"]?["asset"] is JsonValue asset
            && asset.TryGetValue<string>(out var known) && known.Length > 0)
        {
            wanted = DesignDocument.For(known);
        }
        same.Remove("_rev");
        return JsonNode.DeepEquals(same, wanted);
    }
}
