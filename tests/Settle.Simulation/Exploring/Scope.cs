namespace Settle.Simulation;

/// <summary>A small case, all of whose orders are explored.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Faults">How many steps may go wrong in one order.</param>
/// <param name="IsPatient">Whether a writer waits for each answer before it asks again.</param>
/// <param name="Wishes">What each writer wants.</param>
internal sealed record Scope(string Name, int Faults, bool IsPatient,
    IReadOnlyList<IReadOnlyList<Wish>> Wishes)
{
    private static readonly Wish PayIn = Transfer("a", "@world", "Alex", 5);
    private static readonly Wish PayDave = Transfer("b", "Alex", "Dave", 5);
    private static readonly Wish PayJane = Transfer("c", "Alex", "Jane", 5);
    private static readonly Wish PayShop = Transfer("d", "Alex", "Shop", 3);

    /// <summary>Those whose every order is explored in minutes.</summary>
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
    ];

    private static Wish Transfer(string id, string from, string to, long amount) =>
        new(WishKind.Transfer, id) { From = from, To = to, Amount = amount };
}
