using System.Text.Json.Nodes;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// A database of a server that knows its users, open to all of them: what they may do there is for
/// the design document to say.
/// </summary>
internal sealed class GuardedPlace : IDisposable
{
    public const string Password = "secret too";

    private readonly string _mark = Guid.NewGuid().ToString("N")[..8];
    private readonly List<CouchUser> _open = [];
    private readonly List<string> _names = [];
    private readonly CouchUser _users;

    public GuardedPlace(CouchPlace place)
    {
        Place = place;
        var admin = Uri.UnescapeDataString(place.Server.UserInfo).Split(':', 2);
        Admin = new CouchUser(place.Server, place.Name, admin[0], admin[1]);
        _users = new CouchUser(place.Server, "_users", admin[0], admin[1]);
    }

    public CouchPlace Place { get; }

    public CouchUser Admin { get; }

    /// <summary>Lets every user of the server in. The database must be there.</summary>
    public void OpenToAll() => Expect(Admin.Send(HttpMethod.Put, "_security", JsonNode.Parse("""
        {"admins":{"names":[],"roles":[]},"members":{"names":[],"roles":[]}}
        """)));

    /// <summary>Makes a user; the name has a mark of its own, for servers outlive tests.</summary>
    public string NewUser(string name, params string[] roles)
    {
        var full = $"{name}-{_mark}";
        var id = $"org.couchdb.user:{full}";
        Expect(_users.Send(HttpMethod.Put, Uri.EscapeDataString(id), new JsonObject
        {
            ["_id"] = id,
            ["name"] = full,
            ["password"] = Password,
            ["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]),
            ["type"] = "user",
        }));
        _names.Add(id);
        return full;
    }

    /// <summary>A user's own connection to the database; nobody's for null.</summary>
    public CouchUser As(string? user)
    {
        _open.Add(new CouchUser(Place.Server, Place.Name, user, Password));
        return _open[^1];
    }

    /// <summary>The ledger's location for a user.</summary>
    public string LocationFor(string user) => $"couchdb://{user}:{Uri.EscapeDataString(Password)}"
        + $"@{Place.Server.Authority}/{Place.Name}";

    public void Dispose()
    {
        foreach (var id in _names.Select(Uri.EscapeDataString))
            _users.Send(HttpMethod.Delete, $"{id}?rev={_users.Get(id)["_rev"]}");
        _open.ForEach(user => user.Dispose());
        _users.Dispose();
        Admin.Dispose();
        Place.Dispose();
    }

    private static void Expect((int Status, JsonNode Body) answer)
    {
        if (answer.Status is not (200 or 201 or 202))
            throw new InvalidOperationException($"{answer.Status}: {answer.Body}");
    }
}
