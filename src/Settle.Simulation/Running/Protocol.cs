namespace Settle.Simulation;

/// <summary>What can be simulated.</summary>
/// <param name="Name">As it is said on the command line.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="IsBroken">Whether it is known to break its promise.</param>
/// <param name="Bounds">The worlds that it is run in if nothing is said.</param>
/// <param name="Run">Runs one seed; with the last argument its steps are kept.</param>
internal sealed record Protocol(string Name, string Meaning, bool IsBroken, Bounds Bounds,
    Func<ulong, Bounds, bool, SimulatedRun> Run)
{
    public static IReadOnlyList<Protocol> All { get; } =
    [
        new("chain", "Settle itself, as it ships", false, new Bounds(), RunChain),
        new("chain-cluster", "the same on a CouchDB cluster of three copies", false, new Bounds(),
            RunCluster),
        new("chain-inbox", "the same in a database where clients drop documents", false,
            new Bounds { Calls = 5 }, RunInbox),
        new("chain-inbox-cluster", "the same on a cluster, whose copies lag behind", false,
            new Bounds { Calls = 5 }, RunClusterInbox),
        new("chain-restored", "the same in a database that is put back, with clocks days off",
            false, new Bounds { HasIndexes = false }, RunRestored),
        new("chain-billing", "a month's end: charges, invoice runs, credit notes, payments", false,
            new Bounds { Calls = 12 }, RunBilling),
        new("chain-billing-cluster", "the same on a cluster", false, new Bounds { Calls = 12 },
            RunClusterBilling),
        new("chain-sites", "several sites, each with a chain of its own", false,
            new Bounds { Servers = 4, Calls = 6 }, SitesWorld.Run),
        .. PublishedProtocols.All,
    ];

    /// <summary>One by its name; null when there is none.</summary>
    public static Protocol? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    private static SimulatedRun RunChain(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun RunCluster(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace, isCluster: true);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun RunInbox(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace, hasDocuments: true);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun RunRestored(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace, isRestored: true);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun RunClusterInbox(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace, isCluster: true, hasDocuments: true);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun RunClusterBilling(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace, isCluster: true, hasBilling: true);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun RunBilling(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new World(seed, bounds, keepTrace, hasBilling: true);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }
}
