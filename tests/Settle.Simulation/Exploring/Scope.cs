namespace Settle.Simulation;

/// <summary>A small case, all of whose orders are explored.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Faults">How many steps may go wrong in one order.</param>
/// <param name="IsPatient">Whether a writer waits for each answer before it asks again.</param>
/// <param name="Wishes">What each writer wants.</param>
/// <param name="Copies">The copies of a cluster; 0 for a store with one node.</param>
internal sealed record Scope(string Name, int Faults, bool IsPatient,
    IReadOnlyList<IReadOnlyList<Wish>> Wishes, int Copies = 0)
{
    private static readonly Wish PayIn = Transfer("a", "@world", "Alex", 5);
    private static readonly Wish PayDave = Transfer("b", "Alex", "Dave", 5);
    private static readonly Wish PayJane = Transfer("c", "Alex", "Jane", 5);
    private static readonly Wish PayShop = Transfer("d", "Alex", "Shop", 3);

    /// <summary>The smallest one on a cluster whose majority is not all.</summary>
    public static readonly Scope ThreeCopies =
        new("three copies: two writers, one transfer each, no fault", 0, true,
            [[PayIn], [PayDave]], 3);

    /// <summary>Those whose every order is explored. The last one takes long.</summary>
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
        ThreeCopies,
        new("two copies: two writers, one transfer each, one fault", 1, true,
            [[PayIn], [PayDave]], 2),
    ];

    private static Wish Transfer(string id, string from, string to, long amount) =>
        new(WishKind.Transfer, id) { From = from, To = to, Amount = amount };
}
