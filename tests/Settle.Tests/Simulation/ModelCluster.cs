using System.Text;
using Settle.Simulation;

namespace Settle.Tests.Simulation;

/// <summary>The simulator's cluster, asked by a program of its own, with nothing going wrong.</summary>
internal sealed class ModelCluster : ICluster
{
    private readonly Timeline _timeline;
    private readonly HttpClient[] _clients;

    public ModelCluster(ulong seed)
    {
        _timeline = new Timeline(seed);
        var faults = new FaultRates(_timeline.Dice, Faults.None) { AreOn = false };
        var cluster = new SimulatedCluster(_timeline, faults, isBalanced: false);
        var machine = new Machine(_timeline, "program", new DiskPlace(_timeline, faults), 0);
        _clients = [.. Enumerable.Range(0, 3).Select(node => new HttpClient(
            new ClusterGate(_timeline, machine, cluster, faults, node))
            { Timeout = Timeout.InfiniteTimeSpan })];
    }

    public Task<int> PutAsync(int node, string id, string writer, int copies) =>
        SendAsync(node, $"{id}?w={copies}", ClusterModelTests.Body(id, writer));

    public Task<int> MergeAsync(int node, string id, string writer, string revision) => SendAsync(
        node, $"{id}?new_edits=false&w=3", ClusterModelTests.Body(id, writer, revision));

    public Task<(int Status, string Text)> GetAsync(int node, string id) =>
        AskAsync(node, $"http://cluster/bank/{id}");

    public Task<(int Status, string Text)> CopyAsync(int node, string id) =>
        AskAsync(0, $"http://cluster/_node/node{node}/shards%2F0-f%2Fbank.17/{id}?open_revs=all");

    public async Task<int[]> BothAsync(Func<Task<int>> first, Func<Task<int>> second)
    {
        // Neither is driven before both are sent.
        _isHeldBack = true;
        Task<int>[] both = [first(), second()];
        _isHeldBack = false;
        _timeline.RunUntil(() => both.All(task => task.IsCompleted), long.MaxValue);
        return await Task.WhenAll(both);
    }

    /// <summary>Lets a minute go by.</summary>
    public Task RestAsync()
    {
        var end = _timeline.Now + 60_000_000;
        _timeline.RunUntil(() => _timeline.Now >= end, long.MaxValue);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool _isHeldBack;

    private async Task<(int Status, string Text)> AskAsync(int node, string address)
    {
        using var answer = await UntilAsync(_clients[node].GetAsync(address));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<int> SendAsync(int node, string rest, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var answer = await UntilAsync(
            _clients[node].PutAsync($"http://cluster/bank/{rest}", content));
        return (int)answer.StatusCode;
    }

    private Task<T> UntilAsync<T>(Task<T> asked)
    {
        if (!_isHeldBack) _timeline.RunUntil(() => asked.IsCompleted, long.MaxValue);
        return asked;
    }
}
