using System.Text.Json.Nodes;
using Settle.Tests.Stores.CouchDb;

namespace Settle.Tests.Simulation;

/// <summary>A database on a real cluster.</summary>
internal sealed class RealCluster : ICluster
{
    private readonly CouchPlace _place;

    private RealCluster(CouchPlace place) => _place = place;

    public static async Task<RealCluster> NewAsync(CouchFixture couch)
    {
        var place = couch.NewClusterDatabase();
        await (await place.OpenStoreAsync()).DisposeAsync();
        return new RealCluster(place);
    }

    public Task<int> PutAsync(int node, string id, string writer, int copies) =>
        SendAsync(node, $"{id}?w={copies}", ClusterModelTests.Body(id, writer));

    public Task<int> MergeAsync(int node, string id, string writer, string revision) => SendAsync(
        node, $"{id}?new_edits=false&w=3", ClusterModelTests.Body(id, writer, revision));

    public Task<(int Status, string Text)> GetAsync(int node, string id)
    {
        using var user = UserAt(node);
        var (status, body) = user.Send(HttpMethod.Get, id);
        return Task.FromResult((status, body.ToJsonString()));
    }

    public Task<(int Status, string Text)> CopyAsync(int node, string id)
    {
        using var user = UserAt(0);
        var shards = user.Get($"_shards/{id}");
        var info = user.Get("");
        var file = $"shards/{shards["range"]}/{_place.Name}.{info["instance_start_time"]}";
        using var server = new CouchUser(_place.Nodes[0], $"_node/{shards["nodes"]![node]}",
            UserName, Password);
        var (status, body) = server.Send(
            HttpMethod.Get, $"{Uri.EscapeDataString(file)}/{id}?open_revs=all");
        return Task.FromResult((status, body.ToJsonString()));
    }

    public Task<int[]> BothAsync(Func<Task<int>> first, Func<Task<int>> second) =>
        Task.WhenAll(first(), second());

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<int> SendAsync(int node, string rest, string body) => Task.Run(() =>
    {
        using var user = UserAt(node);
        return user.Send(HttpMethod.Put, rest, JsonNode.Parse(body)).Status;
    });

    private string UserName => Uri.UnescapeDataString(_place.Server.UserInfo.Split(':')[0]);

    private string Password => Uri.UnescapeDataString(_place.Server.UserInfo.Split(':')[^1]);

    private CouchUser UserAt(int node) => new(_place.Nodes[node], _place.Name, UserName, Password);
}
