using Settle.Sites;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>All that sites are kept at, of which settling looks at a part with every block.</summary>
public sealed class SiteStandingsTests
{
    private static readonly SiteStandings Three = SiteStandings.None
        .With(Of("Cyd"), new SiteStanding(30, 0))
        .With(Of("Ann"), new SiteStanding(10, 0))
        .With(Of("Bob"), new SiteStanding(20, 0));

    [Fact]
    public void They_have_one_order() =>
        Assert.Equal(["Ann", "Bob", "Cyd"], Three.Select(each => each.Key.Account));

    [Theory]
    [InlineData(0, 2, "Ann Bob")]
    [InlineData(2, 2, "Cyd Ann")]
    [InlineData(1, 9, "Bob Cyd Ann")]
    [InlineData(4, 1, "Bob")]
    public void A_part_begins_anywhere_and_goes_on_with_the_first(int first, int count, string names) =>
        Assert.Equal(names,
            string.Join(' ', Three.From(first, count).Select(each => each.Key.Account)));

    [Fact]
    public void One_that_changes_keeps_its_place_and_one_that_ends_leaves_none()
    {
        var changed = Three.With(Of("Bob"), new SiteStanding(25, 7)).Without(Of("Ann"));
        Assert.Equal([("Bob", 25), ("Cyd", 30)],
            changed.Select(each => (each.Key.Account, each.Value.Amount)));
        Assert.Equal((0, 25), (changed[Of("Ann")].Amount, changed[Of("Bob")].Amount));
        Assert.Equal(["Cyd"], changed.WithoutAll(what => what.Account == "Bob")
            .Select(each => each.Key.Account));
    }

    [Fact]
    public void None_has_no_part() => Assert.Empty(SiteStandings.None.From(3, 5));

    private static Shared Of(string account) => new("main", "q", account, "");
}
