using System.Net.Http.Headers;
using System.Text;

namespace Settle.Benchmarks;

/// <summary>A CouchDB server to measure on, with databases that only the measurement uses.</summary>
/// <param name="url"><c>http://user:password@host:5984</c>.</param>
internal sealed class CouchServer(Uri url)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Who measures.</summary>
    public string User => Uri.UnescapeDataString(url.UserInfo.Split(':')[0]);

    /// <summary>A client whose base address is a database that does not exist yet.</summary>
    public HttpClient NewDatabase(string name)
    {
        var client = new HttpClient
        {
            BaseAddress = new Uri(new UriBuilder(url) { UserName = "", Password = "" }.Uri, $"{DatabaseName(name)}/"),
        };
        var user = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", user);
        return client;
    }

    /// <summary>Where a ledger of this name lives.</summary>
    public string LedgerLocation(string name)
    {
        var scheme = url.Scheme == Uri.UriSchemeHttps ? "couchdbs" : "couchdb";
        return $"{scheme}://{url.UserInfo}@{url.Authority}/{DatabaseName(name)}";
    }

    public async Task RemoveAsync(string name)
    {
        using var database = NewDatabase(name);
        using var _ = await database.DeleteAsync("").ConfigureAwait(false);
    }

    private string DatabaseName(string name) => $"settle-bench-{_run}-{name}";
}
