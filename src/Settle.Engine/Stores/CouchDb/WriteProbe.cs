using System.Net;
using System.Text.Json.Nodes;
using Settle.Stores.CouchDb.Design;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Finds out whether a database would take a block, without writing one: asks what the user may do,
/// and when a write has failed, tries one that nobody sees.
/// </summary>
internal sealed class WriteProbe(CouchConnection connection)
{
    // Documents of this kind are neither replicated nor listed.
    private const string Trial = "_local/settle-ready";
    private const string Administrator = "_admin";
    private const string Settler = "settler";

    private readonly CouchAddress _address = connection.Address;

    /// <exception cref="StoreUnavailableException">It would not, or does not answer.</exception>
    public async Task RunAsync(bool hasFailed, CancellationToken cancellation)
    {
        await CheckRightAsync(cancellation).ConfigureAwait(false);
        if (hasFailed) await TryAsync(cancellation).ConfigureAwait(false);
    }

    // The same rule as the design document's, which is not asked before something is written.
    private async Task CheckRightAsync(CancellationToken cancellation)
    {
        var session = await AskAsync(
            connection.AskAsync(_address.OfServer("_session"), CouchConnection.Patience,
                cancellation)).ConfigureAwait(false);
        if (session?["userCtx"] is not JsonObject user) return;
        var roles = Texts(user["roles"]);
        if (roles.Contains(Administrator) || roles.Contains(Settler)) return;
        var security = await AskAsync(connection.GetAsync("_security", cancellation))
            .ConfigureAwait(false);
        var admins = security?["admins"];
        if (Texts(admins?["roles"]).Intersect(roles).Any()
            || (_address.User is { } name && Texts(admins?["names"]).Contains(name)))
            return;
        var design = await AskAsync(connection.GetAsync(DesignDocument.Id, cancellation))
            .ConfigureAwait(false);
        if (design?["validate_doc_update"] is null) return;
        throw new StoreUnavailableException($"{_address.Location} takes no blocks from "
            + $"{(_address.User is { } it ? $"the user '{it}'" : "users without a name")}: "
            + $"give this user the role {Settler}");
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        var found = await AskAsync(connection.GetAsync(Trial, cancellation)).ConfigureAwait(false);
        var trial = new JsonObject();
        if (found?["_rev"]?.GetValue<string>() is { } revision) trial["_rev"] = revision;
        var answer = await connection.AskAsync(HttpMethod.Put, Trial,
            Encoding.UTF8.GetBytes(trial.ToJsonString()), cancellation).ConfigureAwait(false);
        // A conflict means that another process tried at the same time.
        if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.Accepted
            or HttpStatusCode.OK or HttpStatusCode.Conflict))
            throw CouchErrors.Unavailable(_address, answer);
    }

    // What is not there, or not shown to this user, says nothing.
    private async Task<JsonNode?> AskAsync(Task<CouchAnswer> question)
    {
        var answer = await question.ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Unauthorized)
            throw CouchErrors.Unavailable(_address, answer);
        return answer.Status == HttpStatusCode.OK
            ? answer.As(body => JsonNode.Parse(body.Span), _address) : null;
    }

    private static string[] Texts(JsonNode? names) => names is not JsonArray array ? []
        : [.. array.OfType<JsonValue>().Select(name => name.ToString())];
}
