using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S8: terms are the home's, the site table is the founder's.</summary>
public sealed class SiteTermsTests
{
    [Fact]
    public void Terms_are_set_at_the_accounts_home()
    {
        var town = new Town("q");
        Assert.Equal(RefusalCode.None, town.Open("q", "q:Ann", overdraft: 5)?.Refusal);
        Assert.Equal(RefusalCode.NotHere, town.Open("q", "Ann", overdraft: 5, id: "o@q")?.Refusal);
        Assert.Equal(RefusalCode.NotHere, town.Open("main", "q:Ann", overdraft: 9)?.Refusal);
        Assert.Equal(RefusalCode.None, town.Pay("q", "q:Ann", "Bob", 5)?.Refusal);
        Assert.Equal(RefusalCode.InsufficientFunds, town.Pay("main", "q:Ann", "Bob", 1)?.Refusal);
    }

    [Fact]
    public void A_lower_overdraft_waits_until_the_home_has_the_money()
    {
        var town = new Town("q");
        town.Open("main", "Ann", overdraft: 5);
        town.Pay("main", "Ann", "Bob", 5);
        town.Pay("q", "@world", "Ann", 3);
        town.Sync();
        Assert.Null(town.Open("main", "Ann", overdraft: 2, id: "lower"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("lower")?.Refusal);
        Assert.Equal((-2, 0), (town.Part("main", "Ann"), town.Part("q", "Ann")));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void Other_sites_leave_credits_to_an_account_with_a_ceiling_to_its_home()
    {
        var town = new Town("q");
        town.Open("main", "Ann", ceiling: 10);
        town.Sync();
        var told = town.Pay("q", "@world", "Ann", 1);
        Assert.Equal((RefusalCode.NotHere, "main"), (told!.Refusal, told.Site));
        Assert.Equal(RefusalCode.None, town.Pay("main", "@world", "Ann", 8)?.Refusal);
        town.Sync();
        Assert.Null(town.Pay("q", "Ann", "Bob", 3, "b@q"));
        town.Sync();
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
        Assert.Equal(RefusalCode.LimitExceeded, town.Pay("main", "@world", "Ann", 6)?.Refusal);
    }

    [Fact]
    public void A_ceiling_counts_what_lies_at_other_sites()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 6);
        town.Sync();
        Assert.Equal(RefusalCode.LimitExceeded, town.Open("main", "Ann", ceiling: 5)?.Refusal);
        Assert.Equal(RefusalCode.None, town.Open("main", "Ann", ceiling: 8)?.Refusal);
        Assert.Equal(RefusalCode.LimitExceeded, town.Pay("main", "@world", "Ann", 3)?.Refusal);
    }

    [Fact]
    public void A_closed_account_is_closed_wherever_that_was_read()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 5);
        town.Open("main", "Ann", closed: true);
        Assert.Equal(RefusalCode.None, town.Pay("q", "Ann", "Bob", 1)?.Refusal);
        town.Sync();
        Assert.Equal(RefusalCode.AccountClosed, town.Pay("q", "Ann", "Bob", 1)?.Refusal);
    }

    [Fact]
    public void Nothing_is_refused_for_good_because_it_was_not_read_yet()
    {
        var town = new Town("q");
        var batch = town.Transfer("q", "Ann", "Bob", 1, "x@q").Fill();
        batch[0].Asset = batch.Append("asset", "points");
        Assert.Equal((RefusalCode.NotHere, "main"), Decide(town, batch));
        batch = town.Transfer("q", "Ann", "Bob", 1, "d@q").Fill();
        batch[0].Author = batch.Append("author", "ann");
        Assert.Equal((RefusalCode.NotHere, "main"), Decide(town, batch));
        batch = town.Transfer("q", "q:Ann", "Bob", 1, "e@q").Fill();
        batch[0].Author = batch.Append("author", "ann");
        Assert.Equal((RefusalCode.NotAllowed, null), Decide(town, batch));
    }

    [Fact]
    public void A_site_knows_the_founders_assets_and_strictness()
    {
        var town = new Town("q");
        town.Sync();
        Assert.Equal("USD", town["q"].Mine.Book.Assets[0].Code);
        Assert.False(town["q"].Mine.Book.IsStrict);
    }

    [Fact]
    public void Only_the_founder_adds_sites()
    {
        var town = new Town("q");
        var told = town.Ask("q", new SiteWish("add-r@q", "q", EntryKind.Site) { Reference = "r" });
        Assert.Equal((RefusalCode.NotHere, "main"), (told!.Refusal, told.Site));
    }

    [Theory]
    [InlineData("q", "", RefusalCode.SiteExists)]
    [InlineData("r", "q:", RefusalCode.PrefixInUse)]
    [InlineData("r", "q", RefusalCode.PrefixInUse)]
    [InlineData("r", "q:x", RefusalCode.PrefixInUse)]
    [InlineData("r", "An", RefusalCode.PrefixInUse)]
    [InlineData("r", "Bo", RefusalCode.None)]
    [InlineData("r", "", RefusalCode.None)]
    public void A_site_has_a_name_and_a_prefix_of_its_own(string name, string prefix, RefusalCode refusal)
    {
        var town = new Town("q");
        town.Open("main", "Ann", overdraft: 1);
        town.Pay("main", "@world", "Bob", 1);
        var told = town.Ask("main", new SiteWish("add", "main", EntryKind.Site)
        {
            Reference = name, Prefix = prefix,
        });
        Assert.Equal(refusal, told?.Refusal);
    }

    [Theory]
    [InlineData("", "site")]
    [InlineData("Q", "site")]
    [InlineData("a b", "site")]
    [InlineData("ä", "site")]
    [InlineData("main", "site")]
    [InlineData("world", "site")]
    [InlineData("ledger", "site")]
    [InlineData("a234567890123456789012345678901234", "site")]
    public void A_name_that_no_site_can_have_is_malformed(string name, string field) =>
        Assert.Equal(field, Assert.Throws<InvalidRequestException>(() =>
            new SiteWish("add", "main", EntryKind.Site) { Reference = name }.Fill()).Field);

    [Theory]
    [InlineData("@")]
    [InlineData("@world")]
    [InlineData("r")]
    [InlineData("receivable:")]
    [InlineData("receivable:42")]
    [InlineData("tax:S")]
    [InlineData("deposit-tax:S")]
    [InlineData("deposit-inv")]
    [InlineData("reminder-fees")]
    [InlineData("w")]
    [InlineData("revenue")]
    public void No_site_is_the_home_of_the_world_or_of_billings_accounts(string prefix) =>
        Assert.Equal("prefix", Assert.Throws<InvalidRequestException>(() =>
            new SiteWish("add", "main", EntryKind.Site) { Reference = "r", Prefix = prefix }.Fill()).Field);

    private static (RefusalCode, string?) Decide(Town town, RequestBatch batch)
    {
        var book = town["q"].Mine.Book;
        var decider = new Decider(book, new SiteHistory(town["q"], town.StoreOf("q")))
        {
            Others = town["q"],
        };
        book.Resolve(batch, ref batch[0]);
        return (decider.Decide(batch, ref batch[0]), decider.Elsewhere?.Site);
    }
}
