using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle.Simulation;

/// <summary>A ledger in a database on a cluster.</summary>
/// <param name="timeline">When everything happens.</param>
/// <param name="faults">What may go wrong.</param>
/// <param name="hasDocuments">Whether clients write documents into it.</param>
/// <param name="known">The cluster; null for a new one.</param>
internal sealed class ClusterPlace(Timeline timeline, FaultRates faults,
    bool hasDocuments = false, SimulatedCluster? known = null) : IDocumentPlace
{
    private static readonly CouchAddress Address = CouchAddress.Parse("couchdb://cluster/bank");

    private readonly SimulatedCluster _cluster =
        known ?? new(timeline, faults, timeline.Dice.Chance(300));

    public bool IsFull { get; set; }

    public IEnumerable<ReadOnlyMemory<byte>> Blocks => _cluster.Chain.Blocks;

    public IReadOnlyList<Database> Copies => [.. _cluster.Nodes.Select(node => node.Documents)];

    public IPlace With(FaultRates others) =>
        new ClusterPlace(timeline, others, hasDocuments, _cluster);

    public string? ShownAmiss => _cluster.Chain.ShownAmiss;

    public bool IsInStep => _cluster.IsInStep;

    public long BackAfter => 1_000_001;

    public void Heal()
    {
        // The side documents may have been full.
        IsFull = false;
        _cluster.Heal();
    }

    public async Task<IStore> OpenAsync(Machine owner)
    {
        var home = timeline.Dice.Below(_cluster.Nodes.Count);
        var network = new CouchNetwork(
            owner.Clock, () => new ClusterGate(timeline, owner, _cluster, faults, home));
        return new ClusterStore(await CouchStore.OpenAsync(
            Address, mayMake: false, isReadOnly: false, CancellationToken.None, network)
            .ConfigureAwait(false), hasDocuments);
    }
}
