using Settle.Chain;
using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>What an account's home keeps other sites at.</summary>
public sealed class StandingAllowanceTests
{
    private const long Second = ChainTime.MicrosecondsPerSecond;

    [Fact]
    public void A_site_is_topped_up_when_it_has_less_than_half()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 100);
        Assert.Equal(RefusalCode.None, town.Keep("main", "Ann", "q", 10)?.Refusal);
        town.Sync();
        Assert.Equal((90, 10), (town.Part("main", "Ann"), town.Part("q", "Ann")));

        town.Pay("q", "Ann", "Bob", 5);
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal(5, town.Part("q", "Ann"));

        town.Pay("q", "Ann", "Bob", 1);
        town.Sync();
        Assert.Equal((84, 10), (town.Part("main", "Ann"), town.Part("q", "Ann")));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Nothing_is_granted_twice_while_the_site_is_cut_off()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 100);
        town.Keep("main", "Ann", "q", 10);
        for (var i = 0; i < 5; i++)
        {
            town.Now += 2 * Second;
            town.Pay("main", "@world", "Ann", 1);
        }
        town.Sync();
        Assert.Equal(10, town.Part("q", "Ann"));
    }

    [Fact]
    public void A_site_is_topped_up_once_a_second_at_the_most_and_asks_for_what_it_needs_meanwhile()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 100);
        town.Keep("main", "Ann", "q", 10);
        town.Sync();
        town.Now += 2 * Second;
        town.Pay("q", "Ann", "Bob", 8);
        town.Sync();
        Assert.Equal(10, town.Part("q", "Ann"));
        town.Pay("q", "Ann", "Bob", 8);
        town.Sync();
        Assert.Equal(2, town.Part("q", "Ann"));
        Assert.Null(town.Pay("q", "Ann", "Bob", 8, "more@q"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("more@q")?.Refusal);
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal(10, town.Part("q", "Ann"));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void What_is_not_there_yet_is_granted_as_it_comes()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 3);
        Assert.Equal(RefusalCode.None, town.Keep("main", "Ann", "q", 10)?.Refusal);
        town.Sync();
        Assert.Equal((0, 3), (town.Part("main", "Ann"), town.Part("q", "Ann")));
        town.Now += 2 * Second;
        town.Pay("main", "@world", "Ann", 20);
        town.Sync();
        Assert.Equal((13, 10), (town.Part("main", "Ann"), town.Part("q", "Ann")));
    }

    [Fact]
    public void What_somebody_waits_for_at_the_home_is_not_given_away()
    {
        var town = new Town("q", "r");
        town.Pay("r", "@world", "Ann", 8);
        town.Keep("main", "Ann", "q", 10);
        Assert.Equal(RefusalCode.UnknownAccount, town.Keep("main", "Ann", "q", 10)?.Refusal);
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Keep("main", "Ann", "q", 10)?.Refusal);
        Assert.Null(town.Pay("main", "Ann", "Bob", 8, "big"));
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("big")?.Refusal);
        Assert.Equal(0, town.Part("q", "Ann"));
    }

    [Fact]
    public void It_ends_with_zero_and_what_lies_there_stays()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 100);
        town.Keep("main", "Ann", "q", 10);
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Keep("main", "Ann", "q", 0)?.Refusal);
        town.Pay("q", "Ann", "Bob", 9);
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal(1, town.Part("q", "Ann"));
        Assert.Equal(0, town["q"].Money.Standing.Count);
    }

    [Fact]
    public void Only_the_home_keeps_others_at_an_amount()
    {
        var town = new Town("q", "r");
        town.Pay("main", "@world", "q:Ann", 5);
        var told = town.Keep("main", "q:Ann", "r", 3);
        Assert.Equal((RefusalCode.NotHere, "q"), (told!.Refusal, told.Site));
        Assert.Equal(RefusalCode.UnknownSite, town.Keep("main", "Ann", "main", 3)?.Refusal);
        Assert.Equal(RefusalCode.UnknownSite, town.Keep("main", "Ann", "z", 3)?.Refusal);
        Assert.Equal(RefusalCode.UnknownAccount, town.Keep("main", "Ann", "r", 3)?.Refusal);
    }

    [Fact]
    public void What_the_founder_kept_ends_when_the_accounts_get_another_home()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "r:Ann", 50);
        town.Keep("main", "r:Ann", "q", 10);
        town.Build("r");
        town.Add("r");
        town.Sync();
        town.Pay("q", "r:Ann", "Bob", 8);
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal((2, 0), (town.Part("q", "r:Ann"), town["q"].Money.Standing.Count));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Nothing_is_granted_of_a_closed_account()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 100);
        town.Keep("main", "Ann", "q", 10);
        town.Sync();
        town.Open("main", "Ann", closed: true);
        town.Pay("q", "Ann", "Bob", 8);
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal(2, town.Part("q", "Ann"));
    }

    [Fact]
    public void The_founder_keeps_what_a_site_kept_that_is_no_more()
    {
        var town = new Town("q", "r");
        town.Pay("q", "@world", "q:Ann", 100);
        town.Keep("q", "q:Ann", "r", 10);
        town.Keep("q", "q:Ann", "main", 7);
        town.Sync();
        town.Ask("q", new SiteWish("retire@q", "q", EntryKind.Retire));
        town.Sync();
        town.Pay("r", "q:Ann", "Bob", 8);
        town.Now += 2 * Second;
        town.Sync();
        Assert.Equal(10, town.Part("r", "q:Ann"));
        Assert.Equal(["main>r"], town["r"].Money.Standing
            .Select(each => $"{each.Key.Giver}>{each.Key.Taker}"));
        Assert.Null(town.Audit(SiteFate.Retires, "q"));
    }

    [Theory]
    [InlineData("Ann", true, "nothing")]
    [InlineData("q:Ann", true, "home")]
    [InlineData("Ann", false, "nothing")]
    public void A_site_that_grants_what_it_may_not_is_read_no_further(
        string account, bool isStanding, string why)
    {
        var town = new Town("q", "r");
        town.Pay("main", "@world", account, 5);
        var forged = Forged.Next(town.StoreOf("main"), entries: batch =>
        {
            Forged.Grant(account, "r", why == "nothing" ? -1 : 0)(batch);
            batch.Site(batch[0]).Level = 1;
            batch.Site(batch[0]).IsStanding = isStanding;
        });
        town.Send("main", "r");
        town.StoreOf("r").Copy(forged);
        town.Write("r");
        Assert.Contains(why, town["r"].Refused["main"], StringComparison.Ordinal);
    }
}
