using System.Net.Http.Headers;
using System.Text;
using Settle.Stores.CouchDb;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>A database of a server, which goes when a test is done with it.</summary>
internal sealed class CouchPlace(Uri server, string name) : IDisposable
{
    private readonly TemporaryDirectory _cache = new();

    public Uri Server { get; } = server;

    /// <summary>The ledger's location.</summary>
    public string Location => LocationAt(Server);

    public string Cache => _cache.Path;

    /// <summary>The same database through another address.</summary>
    public string LocationAt(Uri address)
    {
        var user = Server.UserInfo.Length == 0 ? "" : Server.UserInfo + "@";
        return $"couchdb://{user}{address.Authority}/{name}";
    }

    public Task<CouchStore> OpenStoreAsync() => OpenStoreAsync(Location);

    public static Task<CouchStore> OpenStoreAsync(string location) => CouchStore.OpenAsync(
        CouchAddress.Parse(location), mayMake: true, isReadOnly: false, CancellationToken.None);

    public Task<ILedger> OpenAsync() => OpenAsync(Location);

    public Task<ILedger> OpenAsync(string location) =>
        Ledger.OpenAsync(location, new LedgerOptions { CacheFolder = Cache });

    /// <summary>Sends something straight to the database, as another program would.</summary>
    public HttpResponseMessage Send(HttpMethod method, string rest, string? json = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(Server, name + rest));
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
