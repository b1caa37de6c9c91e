using Settle.Sites;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S9 to S11: asking, granting, and an end to both.</summary>
public sealed class SiteAskTests
{
    [Fact]
    public void Asks_that_cross_end_with_a_verdict_for_both()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 2);
        town.Pay("q", "@world", "Ann", 2);
        town.Sync();
        Assert.Null(town.Pay("main", "Ann", "Bob", 3, "a"));
        Assert.Null(town.Pay("q", "Ann", "Bob", 3, "b@q"));
        town.Sync();
        var verdicts = new[] { town.Answer("a")!.Refusal, town.Answer("b@q")!.Refusal };
        Assert.Equal([RefusalCode.None, RefusalCode.InsufficientFunds], verdicts.Order());
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Money_in_three_parts_comes_together_where_it_is_asked_for()
    {
        var town = new Town("q", "r");
        foreach (var site in (string[])["main", "q", "r"]) town.Pay(site, "@world", "Ann", 1);
        town.Sync();
        Assert.Null(town.Pay("r", "Ann", "Bob", 3, "b@r"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("b@r")?.Refusal);
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Two_transactions_over_two_accounts_do_not_swap_money_for_ever()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 2);
        town.Pay("q", "@world", "Bob", 2);
        town.Sync();
        Assert.Null(town.PayBoth("main", "a"));
        Assert.Null(town.PayBoth("q", "b@q"));
        town.Sync();
        Assert.Equal([RefusalCode.None, RefusalCode.InsufficientFunds],
            new[] { town.Answer("a")!.Refusal, town.Answer("b@q")!.Refusal }.Order());
        Assert.Null(town.Audit());
    }

    [Fact]
    public void What_arrived_for_one_who_waits_is_his_before_anybody_else_may_have_it()
    {
        var town = new Town("q", "r");
        town.Pay("main", "@world", "Ann", 3);
        town.Sync();
        town.Pay("q", "Ann", "Bob", 3, "b@q");
        town.Send("q", "main");
        town.Write("main");
        town.Send("main", "r");
        Assert.Null(town.Pay("r", "Ann", "Bob", 3, "c@r"));
        town.Send("r", "q");
        town.Send("main", "q");
        town.Write("q");
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
    }

    [Fact]
    public void A_giver_gives_what_it_owes_once_however_often_the_ask_arrives()
    {
        var town = new Town("q");
        town.Grant(9, "b@q");
        town.Pay("main", "@world", "Cid", 1);
        town.Restart("main");
        town.Write("main");
        Assert.Equal(6, town.Part("main", "Ann"));
        Assert.Equal(0, town["main"].Money.Owed(new Shared("main", "q", "Ann", "")));
    }

    [Fact]
    public void Nobody_waits_for_a_giver_that_is_away()
    {
        var town = new Town("q", "r");
        town.Pay("r", "@world", "Ann", 2);
        town.Pay("main", "@world", "Ann", 2);
        town.Sync();
        town.WriterOf("main").IsHeard = site => site != "r";
        Assert.Null(town.Pay("main", "Ann", "Bob", 4, "a"));
        Assert.Null(town.Pay("q", "Ann", "Bob", 2, "b@q"));
        town.Sync("main", "q");
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
    }

    [Fact]
    public void An_ask_is_withdrawn_when_nobody_waits_any_more()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 5);
        town.Send("main", "q");
        town.Pay("q", "Ann", "Bob", 3, "b@q");
        Assert.Single(town["q"].Money.AllAsks);
        town.WriterOf("q").Waiting.Clear();
        town.Pay("q", "@world", "Cid", 1);
        Assert.Empty(town["q"].Money.AllAsks);
        town.Sync();
        Assert.Equal(5, town.Part("main", "Ann"));
    }

    [Fact]
    public void The_level_of_an_ask_replaces_the_one_before()
    {
        var what = new Shared("main", "q", "Ann", "");
        var money = MoneyBetween.None.Ask(what, 5, 0).Grant(1, what, 2, 0);
        Assert.Equal(3, money.Owed(what));
        money = money.Read("main", "q", 1, out _).Ask(what, 4, 0);
        Assert.Equal(4, money.Owed(what));
        Assert.Equal(0, money.Ask(what, 0, 0).Owed(what));
    }

    [Fact]
    public void Each_grant_counts_at_the_first_block_that_has_read_it()
    {
        var what = new Shared("main", "q", "Ann", "");
        var money = MoneyBetween.None.Grant(1, what, 2, 0).Grant(3, what, 4, 0);
        money = money.Read("main", "q", 2, out var arrived);
        Assert.Equal([2L], arrived.Select(grant => grant.Amount));
        Assert.Equal(4, (int)money.To("q", "Ann", ""));
        money = money.Read("main", "q", 3, out arrived);
        Assert.Equal([4L], arrived.Select(grant => grant.Amount));
        money.Read("main", "q", 3, out arrived);
        Assert.Empty(arrived);
    }
}
