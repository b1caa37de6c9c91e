namespace Settle.Simulation;

/// <summary>A small case, all of whose orders are explored.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Faults">How many steps may go wrong in one order.</param>
/// <param name="IsPatient">Whether a writer waits for each answer before it asks again.</param>
/// <param name="Wishes">What each writer wants.</param>
/// <param name="Copies">The copies of a cluster; 0 for a store with one node.</param>
/// <param name="Mishaps">What kinds of faults there are.</param>
internal sealed record Scope(string Name, int Faults, bool IsPatient,
    IReadOnlyList<IReadOnlyList<Wish>> Wishes, int Copies = 0, Mishap Mishaps = Mishap.All)
{
    private static readonly Wish PayIn = Transfer("a", "@world", "Alex", 5);
    private static readonly Wish PayDave = Transfer("b", "Alex", "Dave", 5);
    private static readonly Wish PayJane = Transfer("c", "Alex", "Jane", 5);
    private static readonly Wish PayShop = Transfer("d", "Alex", "Shop", 3);

    /// <summary>Those whose every order is explored.</summary>
    public static IReadOnlyList<Scope> All { get; } =
    [
        new("two writers, one transfer each, two faults", 2, true, [[PayIn], [PayDave]]),
        new("two writers, two transfers each, one after the other, one fault", 1, true,
            [[PayIn, PayDave], [PayIn, PayJane]]),
        new("two writers, two transfers each, at once, one fault", 1, false,
            [[PayIn, PayDave], [PayJane, PayShop]]),
        new("three writers, one transfer each, one fault", 1, true,
            [[PayIn], [PayDave], [PayJane]]),
        new("two writers, one transfer, both ask for it, two faults", 2, true,
            [[PayIn], [PayIn]]),
        OfCluster(2, 1, Mishap.All, "one fault"),
        OfCluster(3, 0, Mishap.All, "no fault"),
        OfCluster(3, 1, Mishap.AnswerLost, "one lost answer"),
        OfCluster(3, 1, Mishap.Replication, "one body that a node hears of"),
        OfCluster(3, 1, Mishap.WriterDies, "a writer that dies"),
        OfCluster(3, 1, Mishap.WaitEnds, "a writer that waits no longer"),
        OfCluster(3, 1, Mishap.NodeDies, "a node that dies and comes back"),
    ];

    /// <summary>Two writers of one transfer each on a cluster.</summary>
    public static Scope OfCluster(int copies, int faults, Mishap mishaps, string what) =>
        new($"{(copies == 2 ? "two" : "three")} copies: two writers, one transfer each, {what}",
            faults, true, [[PayIn], [PayDave]], copies, mishaps);

    private static Wish Transfer(string id, string from, string to, long amount) =>
        new(WishKind.Transfer, id) { From = from, To = to, Amount = amount };
}
