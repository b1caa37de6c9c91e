using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle.Simulation;

/// <summary>
/// A ledger in a database on one node, with all that the product does there: its store, its feed of
/// changes, its design document and its inbox.
/// </summary>
internal sealed class DatabasePlace(Timeline timeline, FaultRates faults, Database database)
    : IDocumentPlace
{
    private static readonly CouchAddress Address = CouchAddress.Parse("couchdb://server/bank");

    /// <summary>What it holds; another one once it was put back.</summary>
    public Database Database { get; set; } = database;

    public IReadOnlyList<Database> Copies => [Database];

    /// <summary>Whether it answers nobody, because it is being put back.</summary>
    public bool IsAway { get; set; }

    /// <summary>The only ones that it answers; null for everybody.</summary>
    public HashSet<Machine>? Admitted { get; set; }

    public bool IsFull { get; set; }

    public IEnumerable<ReadOnlyMemory<byte>> Blocks => Database.Documents
        .Where(document => document.Id.StartsWith("block:", StringComparison.Ordinal))
        .Select(document => document.Block(document.Winner));

    public string? ShownAmiss => null;

    public bool IsInStep => true;

    public IPlace With(FaultRates others) => new DatabasePlace(timeline, others, Database);

    public void Heal() => IsFull = false;

    public async Task<IStore> OpenAsync(Machine owner)
    {
        var network = new CouchNetwork(
            owner.Clock, () => new DatabaseGate(timeline, owner, this, faults));
        return await CouchStore.OpenAsync(
            Address, mayMake: false, isReadOnly: false, CancellationToken.None, network)
            .ConfigureAwait(false);
    }
}
