using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// The server that the tests of this collection share: the one that <c>SETTLE_COUCHDB_URL</c> names
/// (the nodes of a cluster, separated by commas), or one of their own.
/// </summary>
public sealed class CouchFixture : IAsyncLifetime
{
    public const string Variable = "SETTLE_COUCHDB_URL";

    private readonly CouchServer? _own;
    private readonly CouchServer? _guarded;
    private readonly Uri[] _nodes = [];

    public CouchFixture()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            _nodes = [.. named.Split(',').Select(node =>
                new Uri(node.Replace("couchdb://", "http://", StringComparison.Ordinal)))];
        else if (File.Exists(CouchServer.Program))
            (_own, _guarded) = (new CouchServer(), new CouchServer(knowsUsers: true));
    }

    /// <summary>Whether it is npm's server and not CouchDB itself.</summary>
    public bool IsPouch => _own is not null;

    /// <summary>A database that is not there yet; skips the test when there is no server.</summary>
    internal CouchPlace NewDatabase()
    {
        Assert.SkipWhen(_own is null && _nodes.Length == 0, "pouchdb-server is not installed: "
            + $"run 'npm ci' in tests/couchdb, or name a server in {Variable}");
        Uri[] nodes = _own is null ? _nodes : [_own.Address];
        return new CouchPlace(nodes, $"settle-{Guid.NewGuid():N}");
    }

    /// <summary>A database of a cluster; skips the test when there is none.</summary>
    internal CouchPlace NewClusterDatabase()
    {
        Assert.SkipUnless(_nodes.Length > 1, $"needs a cluster: name its nodes in {Variable}");
        return NewDatabase();
    }

    /// <summary>A database that is not there yet, on a server that knows its users.</summary>
    internal GuardedPlace NewGuardedDatabase()
    {
        Assert.SkipWhen(_nodes is [{ UserInfo: "" }, ..], $"{Variable} names no admin");
        Assert.SkipWhen(_guarded is null && _nodes.Length == 0, "pouchdb-server is not installed");
        Uri[] nodes = _guarded is null ? _nodes : [_guarded.Address];
        return new GuardedPlace(new CouchPlace(nodes, $"settle-{Guid.NewGuid():N}"));
    }

    public async ValueTask InitializeAsync()
    {
        if (_own is not null) await _own.StartAsync();
        if (_guarded is not null) await _guarded.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
        if (_guarded is not null) await _guarded.DisposeAsync();
    }
}
