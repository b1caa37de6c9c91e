using Settle.Chains;
using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S12: sites that retire, and sites that are lost.</summary>
public sealed class SiteEndTests
{
    [Fact]
    public void The_founder_gets_all_that_a_retired_site_had()
    {
        var town = new Town("q");
        town.Open("q", "q:Ann", overdraft: 4);
        town.Pay("q", "@world", "Bob", 5);
        town.Pay("q", "q:Ann", "Bob", 1);
        Assert.Equal(RefusalCode.None, Retire(town, "q")?.Refusal);
        town.Sync();
        Assert.Equal((6, -1), (town.Part("main", "Bob"), town.Part("main", "q:Ann")));
        Assert.Equal(RefusalCode.None, town.Pay("main", "q:Ann", "Bob", 3, "late@q")?.Refusal);
        Assert.Equal(RefusalCode.None, town.Open("main", "q:Ann", overdraft: 9)?.Refusal);
        Assert.Equal(Standing.Retired, town["q"].Standing);
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Money_on_its_way_to_a_site_that_retires_is_the_founders()
    {
        var town = new Town("q", "r");
        town.Pay("r", "@world", "Ann", 5);
        town.Sync();
        town.Pay("q", "Ann", "Bob", 3, "b@q");
        town.Send("q", "r");
        town.Write("r");
        Assert.Equal(2, town.Part("r", "Ann"));
        Retire(town, "q");
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Pay("main", "Ann", "Bob", 3, "b@q")?.Refusal);
        Assert.Null(town.Audit());
    }

    [Fact]
    public void What_a_retired_site_decided_stays_decided()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 5, "x@q");
        Retire(town, "q");
        town.Sync();
        var told = town.Pay("main", "@world", "Ann", 5, "x@q");
        Assert.Equal((RefusalCode.None, "q"), (told!.Refusal, told.Site));
        Assert.Equal(5, town.Part("main", "Ann"));
    }

    [Fact]
    public void A_site_with_open_holds_does_not_retire()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 5);
        town.Ask("q", new SiteWish("h@q", "q", EntryKind.Hold) { Postings = [new("Ann", "Bob", 2, null)] });
        Assert.Equal(RefusalCode.HoldsOpen, Retire(town, "q")?.Refusal);
    }

    [Fact]
    public void The_founder_stays()
    {
        var town = new Town("q");
        Assert.Equal(RefusalCode.FounderStays, Retire(town, "main")?.Refusal);
        Assert.Equal(RefusalCode.FounderStays, Order(town, EntryKind.Suspend, "main")?.Refusal);
        Assert.Equal(RefusalCode.UnknownSite, Order(town, EntryKind.End, "r")?.Refusal);
        Assert.Equal(RefusalCode.FounderStays,
            Retire(new Town(), "main")?.Refusal);
    }

    [Fact]
    public void A_site_that_is_alive_is_not_ended()
    {
        var town = new Town("q");
        Assert.Equal(RefusalCode.SiteActive, Order(town, EntryKind.End, "q")?.Refusal);
        Assert.Equal(RefusalCode.None, Order(town, EntryKind.Suspend, "q")?.Refusal);
        Assert.Equal(RefusalCode.SiteInactive, Order(town, EntryKind.Suspend, "q", "again")?.Refusal);
        Assert.Equal(RefusalCode.None, Order(town, EntryKind.End, "q", "end")?.Refusal);
        Assert.Equal(RefusalCode.SiteInactive, Order(town, EntryKind.End, "q", "once-more")?.Refusal);
    }

    [Fact]
    public void A_lost_site_ends_once_every_active_site_has_read_that_it_is_followed_no_further()
    {
        var town = new Town("q", "r");
        town.Pay("q", "@world", "Ann", 5);
        town.Sync();
        Order(town, EntryKind.Suspend, "q");
        Assert.Null(Order(town, EntryKind.End, "q"));
        Assert.Equal("r", town["main"].Unconfirmed("q"));
        town.Sync("main", "r");
        Assert.Equal(RefusalCode.None, town.Answer("End-q")?.Refusal);
        Assert.Equal(5, town.Part("main", "Ann"));
        Assert.Null(town.Audit(SiteFate.Lost, "q"));
    }

    [Fact]
    public void A_second_lost_site_is_suspended_too_and_both_end()
    {
        var town = new Town("q", "r", "s");
        town.Pay("q", "@world", "Ann", 5);
        town.Pay("r", "@world", "Bob", 5);
        town.Sync();
        Order(town, EntryKind.Suspend, "q");
        Order(town, EntryKind.Suspend, "r");
        town.Sync("main", "s");
        Assert.Equal(RefusalCode.None, Order(town, EntryKind.End, "q")?.Refusal);
        Assert.Equal(RefusalCode.None, Order(town, EntryKind.End, "r")?.Refusal);
        Assert.Equal((5, 5), (town.Part("main", "Ann"), town.Part("main", "Bob")));
        town.Sync("main", "s");
        Assert.Null(town.Audit(SiteFate.TwoLost, "q", "r"));
    }

    [Fact]
    public void A_site_that_never_joined_ends_at_height_zero()
    {
        var town = new Town();
        town.Build("q");
        town.Add("q");
        Order(town, EntryKind.Suspend, "q");
        Assert.Equal(RefusalCode.None, Order(town, EntryKind.End, "q")?.Refusal);
        Assert.True(town["main"].Table.TryFind("q", out var row));
        Assert.Equal((0, true), (row.Last.Height, row.HasEnded));
    }

    [Fact]
    public void Nobody_reads_what_a_suspended_site_writes_unless_others_have()
    {
        var town = new Town("q", "r");
        Order(town, EntryKind.Suspend, "q");
        town.Pay("q", "@world", "Ann", 5);
        var last = town["main"].Seen["q"].Height;
        town.Send("q", "main");
        town.Write("main");
        Assert.Equal(last, town["main"].Seen["q"].Height);
        // r has read it before it hears of the suspension: then it counts.
        town.Send("q", "r");
        town.Write("r");
        town.Send("r", "main");
        town.Write("main");
        Assert.Equal(last + 1, town["main"].Seen["q"].Height);
    }

    [Fact]
    public void A_site_that_joins_later_reads_nothing_behind_the_end_of_another()
    {
        var town = new Town("q", "s");
        town.Sync();
        town.Pay("q", "@world", "Ann", 5);
        town.Pay("q", "Ann", "Bob", 3);
        // The founder says that q is lost in a block that has read s, which comes after q.
        town.Pay("s", "@world", "Cid", 1);
        town.Send("s", "main");
        Order(town, EntryKind.Suspend, "q");
        town.Sync("main", "s");
        Assert.Equal(RefusalCode.None, Order(town, EntryKind.End, "q")?.Refusal);
        town.Build("r");
        Assert.Equal(RefusalCode.None, town.Add("r")?.Refusal);
        foreach (var site in (string[])["q", "s", "main"]) town.Send(site, "r");
        Assert.True(town.StoreOf("r").At("q", town.StoreOf("q").Own.Count).Count > 0);

        Assert.NotNull(town.Write("r"));

        Assert.Empty(town["r"].Refused);
        Assert.True(town["r"].Table.TryFind("q", out var row));
        Assert.Equal(row.Last.Height, town["r"].Seen["q"].Height);
        Assert.Null(town.Audit(SiteFate.GivenUp, "q"));
    }

    [Fact]
    public void A_site_that_was_given_up_stops_when_it_hears_of_it()
    {
        var town = new Town("q");
        Order(town, EntryKind.Suspend, "q");
        town.Send("main", "q");
        Assert.Null(town.Pay("q", "@world", "Ann", 5));
        Assert.Equal(Standing.Suspended, town.WriterOf("q").Standing);
    }

    [Fact]
    public void Open_holds_of_an_ended_site_are_the_founders_and_expire_by_its_time()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 5);
        town.Ask("q", new SiteWish("h@q", "q", EntryKind.Hold)
        {
            Postings = [new("Ann", "Bob", 2, null)], ExpiresIn = 60,
        });
        town.Sync();
        Order(town, EntryKind.Suspend, "q");
        Order(town, EntryKind.End, "q");
        Assert.Equal(RefusalCode.InsufficientFunds, town.Pay("main", "Ann", "Bob", 4)?.Refusal);
        town.Now += 61 * Settle.Chain.ChainTime.MicrosecondsPerSecond;
        Assert.Equal(RefusalCode.None, town.Pay("main", "Ann", "Bob", 4)?.Refusal);
        Assert.Null(town.Audit(SiteFate.Lost, "q"));
    }

    private static SiteVerdict? Retire(Town town, string site) => town.Ask(site,
        new SiteWish(SiteWishes.IdOf("retire", site), site, EntryKind.Retire));

    private static SiteVerdict? Order(Town town, EntryKind kind, string site, string? id = null) =>
        town.Ask("main", new SiteWish(id ?? $"{kind}-{site}", "main", kind) { Reference = site });
}
