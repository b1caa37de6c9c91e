namespace Settle.Simulation;

/// <summary>The published algorithms, each with one thing that goes wrong, or with all.</summary>
internal static class PublishedProtocols
{
    private static readonly Bounds Few =
        new() { Servers = 1, Clients = 2, Calls = 1, HasAllKinds = false, Faults = Faults.None };

    public static IReadOnlyList<Protocol> All { get; } =
    [
        new("posts-2014", "the published algorithm of 2014: overdraws", true,
            new Bounds
            {
                Servers = 1, Calls = 3, Faults = Faults.Clocks | Faults.Slow | Faults.StaleRead
                    | Faults.Crash,
            },
            (seed, bounds, keep) => Transfers(seed, bounds, PostsWorld.FaultsOf(bounds), keep)),
        Broken("posts-2014-skewed", "the same with clocks that differ: overdraws",
            PostsFaults.SkewedClocks),
        Broken("posts-2014-delayed", "the same with one perfect clock, and time between reading it "
            + "and the insert: overdraws", PostsFaults.LateInserts),
        Broken("posts-2014-equal", "the same with timestamps that may be equal: overdraws",
            PostsFaults.EqualTimestamps),
        Broken("posts-2014-lagging", "the same with a view that may lag: overdraws",
            PostsFaults.LaggingReads),
        new("posts-2014-staged", "the same if the store gave each insert its timestamp", false,
            new Bounds { Servers = 1, Calls = 3, Faults = Faults.None },
            (seed, bounds, keep) => Transfers(seed, bounds,
                PostsFaults.Crashes | PostsFaults.SlowSteps, keep)),
        new("posts-2010", "the published invoicing of 2010: bills twice, or forgets to send", true,
            Few with { Calls = 2, Faults = Faults.Crash }, Invoicing),
    ];

    private static Protocol Broken(string name, string meaning, PostsFaults faults) =>
        new(name, meaning, true, Few,
            (seed, bounds, keep) => Transfers(seed, bounds, faults, keep));

    private static SimulatedRun Transfers(
        ulong seed, Bounds bounds, PostsFaults faults, bool keepTrace)
    {
        var world = new PostsWorld(seed, bounds, faults, keepTrace);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }

    private static SimulatedRun Invoicing(ulong seed, Bounds bounds, bool keepTrace)
    {
        var world = new InvoicingWorld(seed, bounds, keepTrace);
        return SimulatedRun.Of(seed, world.Timeline, world.Run);
    }
}
