namespace Settle.Simulation;

/// <summary>A small case of two sites, of which every order is made.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Before">What is decided at the founder before it begins.</param>
/// <param name="Wishes">What is asked for at its beginning.</param>
internal sealed record SitesCase(
    string Name, IReadOnlyList<SiteWish> Before, IReadOnlyList<SiteWish> Wishes)
{
    /// <summary>Whether the second site's store may be set back once, with nobody in reach.
    /// </summary>
    public bool MaySetBack { get; init; }

    public static IReadOnlyList<SitesCase> All { get; } =
    [
        new("two sites with two transfers",
            [Pay("in", SiteNames.Founder, Book.World, "A", 5)],
            [Pay("a", SiteNames.Founder, "A", "B", 3), Pay("b", "q", "A", "B", 2)]),
        new("crossing asks",
            [Pay("in", SiteNames.Founder, Book.World, "A", 2)],
            [Pay("more", "q", Book.World, "A", 2), Pay("a", SiteNames.Founder, "A", "B", 3),
                Pay("b", "q", "A", "B", 3)]),
        new("a grant under way to a site that retires",
            [Pay("in", SiteNames.Founder, Book.World, "A", 3)],
            [Pay("a", "q", "A", "B", 2), Pay("b", SiteNames.Founder, "A", "B", 3),
                new SiteWish("retire@q", "q", EntryKind.Retire)]),
        new("a site that is set back",
            [], [Pay("a", "q", Book.World, "A", 1), Pay("b", "q", "A", "B", 1)])
            { MaySetBack = true },
    ];

    private static SiteWish Pay(string name, string site, string from, string to, long amount) =>
        new(SiteWishes.IdOf(name, site), site, EntryKind.Transfer)
        {
            Postings = [new WishPosting(from, to, amount, null)],
        };
}
