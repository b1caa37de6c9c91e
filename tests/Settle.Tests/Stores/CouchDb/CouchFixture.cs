using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// The server that the tests of this collection share: the one that <c>SETTLE_COUCHDB_URL</c> names,
/// or one of their own.
/// </summary>
public sealed class CouchFixture : IAsyncLifetime
{
    public const string Variable = "SETTLE_COUCHDB_URL";

    private readonly CouchServer? _own;
    private readonly Uri? _address;

    public CouchFixture()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            _address = new Uri(named.Split(',')[0].Replace("couchdb", "http", StringComparison.Ordinal));
        else if (File.Exists(CouchServer.Program))
            _own = new CouchServer();
    }

    /// <summary>A database that is not there yet; skips the test when there is no server.</summary>
    internal CouchPlace NewDatabase()
    {
        Assert.SkipWhen(_own is null && _address is null, "pouchdb-server is not installed: "
            + $"run 'npm ci' in tests/couchdb, or name a server in {Variable}");
        return new CouchPlace(_address ?? _own!.Address, $"settle-{Guid.NewGuid():N}");
    }

    public async ValueTask InitializeAsync()
    {
        if (_own is not null) await _own.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
    }
}
