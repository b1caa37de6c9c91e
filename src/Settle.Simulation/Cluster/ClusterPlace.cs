using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle.Simulation;

/// <summary>A ledger in a database on a cluster.</summary>
internal sealed class ClusterPlace(Timeline timeline, FaultRates faults) : IPlace
{
    private static readonly CouchAddress Address = CouchAddress.Parse("couchdb://cluster/bank");

    private readonly SimulatedCluster _cluster =
        new(timeline, faults, timeline.Dice.Chance(300));

    public bool IsFull { get; set; }

    public IEnumerable<ReadOnlyMemory<byte>> Blocks => _cluster.Chain.Blocks;

    public string? ShownAmiss => _cluster.Chain.ShownAmiss;

    public bool IsInStep => _cluster.IsInStep;

    public long BackAfter => 1_000_001;

    public void Heal() => _cluster.Heal();

    public async Task<IStore> OpenAsync(Machine owner)
    {
        var home = timeline.Dice.Below(_cluster.Nodes.Count);
        var network = new CouchNetwork(
            owner.Clock, () => new ClusterGate(timeline, owner, _cluster, faults, home));
        return new ClusterStore(await CouchStore.OpenAsync(
            Address, mayMake: false, isReadOnly: false, CancellationToken.None, network)
            .ConfigureAwait(false));
    }
}
