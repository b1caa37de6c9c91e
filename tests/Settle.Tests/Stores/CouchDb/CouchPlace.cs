using System.Net.Http.Headers;
using System.Text;
using Settle.Stores.CouchDb;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>A database of a server, which goes when a test is done with it.</summary>
internal sealed class CouchPlace(Uri[] nodes, string name) : IDisposable
{
    public CouchPlace(Uri server, string name)
        : this([server], name)
    {
    }

    private readonly TemporaryDirectory _cache = new();

    public Uri Server { get; } = nodes[0];

    /// <summary>The servers that the database can be reached through.</summary>
    public IReadOnlyList<Uri> Nodes { get; } = nodes;

    public string Name { get; } = name;

    /// <summary>The ledger's location.</summary>
    public string Location => LocationAt(Server);

    public string Cache => _cache.Path;

    /// <summary>The same database through another address.</summary>
    public string LocationAt(Uri address)
    {
        var user = Server.UserInfo.Length == 0 ? "" : Server.UserInfo + "@";
        return $"couchdb://{user}{address.Authority}/{Name}";
    }

    public Task<CouchStore> OpenStoreAsync() => OpenStoreAsync(Location);

    public static Task<CouchStore> OpenStoreAsync(string location, bool isReadOnly = false) =>
        CouchStore.OpenAsync(
            CouchAddress.Parse(location), mayMake: true, isReadOnly, CancellationToken.None);

    public Task<ILedger> OpenAsync() => OpenAsync(Location);

    public Task<ILedger> OpenAsync(string location) =>
        Ledger.OpenAsync(location, new LedgerOptions { CacheFolder = Cache });

    /// <summary>Another program's connection, with the user of the server's address.</summary>
    public CouchUser AsAdmin() => AsAdminAt(Server);

    /// <summary>The same, through one node.</summary>
    public CouchUser AsAdminAt(Uri node)
    {
        var user = Uri.UnescapeDataString(Server.UserInfo).Split(':', 2);
        return new CouchUser(node, Name, user.Length == 2 ? user[0] : null, user[^1]);
    }

    /// <summary>Sends something straight to the database, as another program would.</summary>
    public HttpResponseMessage Send(HttpMethod method, string rest, string? json = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(Server, Name + rest));
        if (Server.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Server.UserInfo)));
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return http.Send(request);
    }

    public void Dispose()
    {
        Send(HttpMethod.Delete, "").Dispose();
        _cache.Dispose();
    }
}
