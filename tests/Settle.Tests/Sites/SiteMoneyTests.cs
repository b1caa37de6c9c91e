using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S1 to S3: what a site may spend, and where money is while it travels.</summary>
public sealed class SiteMoneyTests
{
    [Fact]
    public void Money_is_spent_where_it_landed_without_asking_anybody()
    {
        var town = new Town("q");
        Assert.Equal(RefusalCode.None, town.Pay("q", "@world", "Ann", 5)?.Refusal);
        Assert.Equal(RefusalCode.None, town.Pay("q", "Ann", "Bob", 3)?.Refusal);
        Assert.Equal((2, 3, 0), (town.Part("q", "Ann"), town.Part("q", "Bob"), town.Part("main", "Ann")));
    }

    [Fact]
    public void No_money_is_spent_twice_however_two_sites_ask_for_it()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 5);
        town.Sync();
        Assert.Null(town.Pay("q", "Ann", "Bob", 4, "b@q"));
        Assert.Equal(RefusalCode.None, town.Pay("main", "Ann", "Cid", 4)?.Refusal);
        town.Sync();
        Assert.Equal(RefusalCode.InsufficientFunds, town.Answer("b@q")?.Refusal);
        Assert.Null(town.Audit());
    }

    [Fact]
    public void A_site_that_lacks_money_asks_for_it_and_gets_it()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 5);
        town.Sync();
        Assert.Null(town.Pay("q", "Ann", "Bob", 3, "b@q"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
        Assert.Equal((2, 0, 3), (town.Part("main", "Ann"), town.Part("q", "Ann"), town.Part("q", "Bob")));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Money_that_nobody_has_is_refused_for_good()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 5);
        town.Sync();
        Assert.Equal(RefusalCode.InsufficientFunds, town.Pay("q", "Ann", "Bob", 6)?.Refusal);
    }

    [Fact]
    public void A_grant_is_nobodys_while_it_travels_and_counts_once()
    {
        var town = new Town("q");
        town.Grant(5, "b@q");
        Assert.Equal((2, 0), (town.Part("main", "Ann"), town.Part("q", "Ann")));
        Assert.Equal(3, town["main"].Money.AllUnderWay.Sum(grant => grant.Amount));
        town.Send("main", "q");
        town.Send("main", "q");
        town.Write("q");
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
        Assert.Empty(town["q"].Money.AllUnderWay);
        town.Restart("q");
        Assert.Equal((0, 3), (town.Part("q", "Ann"), town.Part("q", "Bob")));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Money_arrives_with_the_block_that_says_it_was_read()
    {
        var town = new Town("q");
        town.Grant(5, "b@q");
        town.Send("main", "q");
        var block = town.Write("q")!;
        Assert.Equal(town["main"].Mine.Height, block.Header.Seen["main"].Height);
        Assert.Equal(town["main"].Mine.Tip.Hash, block.Header.Seen["main"].Hash);
    }

    [Fact]
    public void An_overdraft_is_spent_at_home_only()
    {
        var town = new Town("q");
        town.Open("main", "Ann", overdraft: 4);
        town.Sync();
        Assert.Null(town.Pay("q", "Ann", "Bob", 3, "b@q"));
        Assert.Equal(RefusalCode.None, town.Pay("main", "Ann", "Bob", 2)?.Refusal);
        town.Sync();
        Assert.Equal(RefusalCode.InsufficientFunds, town.Answer("b@q")?.Refusal);
        // What was left of the overdraft was granted, and waits there for somebody who needs less.
        Assert.Equal((-4, 2), (town.Part("main", "Ann"), town.Part("q", "Ann")));
        Assert.Equal(RefusalCode.None, town.Pay("q", "Ann", "Bob", 2)?.Refusal);
        town.Sync();
        Assert.Equal(RefusalCode.InsufficientFunds, town.Pay("main", "Ann", "Bob", 1)?.Refusal);
        Assert.Null(town.Audit());
    }

    [Fact]
    public void The_home_may_give_of_an_overdraft()
    {
        var town = new Town("q");
        town.Open("main", "Ann", overdraft: 4);
        town.Sync();
        Assert.Null(town.Pay("q", "Ann", "Bob", 3, "b@q"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
        Assert.Equal((-3, 0), (town.Part("main", "Ann"), town.Part("q", "Ann")));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Everybody_pays_in_from_the_world()
    {
        var town = new Town("q", "r");
        Assert.Equal(RefusalCode.None, town.Pay("q", "@world", "Ann", 5)?.Refusal);
        Assert.Equal(RefusalCode.None, town.Pay("r", "@world", "Ann", 5)?.Refusal);
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Pay("q", "Ann", "@world", 5)?.Refusal);
        Assert.Null(town.Audit());
    }

    [Fact]
    public void A_transaction_needs_all_of_its_money_here()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 2);
        town.Pay("q", "@world", "Bob", 2);
        town.Sync();
        Assert.Null(town.PayBoth("q", "t@q"));
        Assert.Equal(2, town.Part("q", "Bob"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("t@q")?.Refusal);
        Assert.Equal(4, town.Part("q", "Cid"));
    }

    [Fact]
    public void A_hold_waits_where_its_money_is()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 5);
        town.Ask("q", new Settle.Simulation.SiteWish("h@q", "q", EntryKind.Hold)
        {
            Postings = [new("Ann", "Bob", 4, null)],
        });
        town.Sync();
        Assert.Equal(RefusalCode.InsufficientFunds, town.Pay("main", "Ann", "Bob", 2)?.Refusal);
        var capture = new Settle.Simulation.SiteWish("c", "main", EntryKind.Capture) { Reference = "h@q" };
        Assert.Equal((RefusalCode.NotHere, "q"), town.Ask("main", capture) is { } told
            ? (told.Refusal, told.Site) : default);
        Assert.Equal(RefusalCode.None, town.Ask("q", capture with { Id = "c@q", Site = "q" })?.Refusal);
        Assert.Equal((1, 4), (town.Part("q", "Ann"), town.Part("q", "Bob")));
    }
}
