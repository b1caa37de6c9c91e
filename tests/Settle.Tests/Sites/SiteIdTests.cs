using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S4: an id is decided by the site that it names, once in the whole ledger.</summary>
public sealed class SiteIdTests
{
    [Fact]
    public void A_site_leaves_what_another_one_decides_alone()
    {
        var town = new Town("q");
        var told = town.Pay("main", "@world", "Ann", 1, "x@q");
        Assert.Equal((RefusalCode.NotHere, "q", 0), (told!.Refusal, told.Site, told.Height));
        Assert.Equal(0, town.Part("main", "Ann"));
        told = town.Pay("q", "@world", "Ann", 1, "x");
        Assert.Equal((RefusalCode.NotHere, "main"), (told!.Refusal, told.Site));
    }

    [Fact]
    public void What_was_read_of_another_sites_verdict_is_given()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 1, "x@q");
        town.Sync();
        var told = town.Pay("main", "@world", "Ann", 1, "x@q");
        Assert.Equal((RefusalCode.None, "q"), (told!.Refusal, told.Site));
        Assert.True(told.Height > 0);
    }

    [Theory]
    [InlineData("x", "main")]
    [InlineData("x@", "main")]
    [InlineData("x@nobody", "main")]
    [InlineData("x@main", "main")]
    [InlineData("x@q", "q")]
    [InlineData("a@b@q", "q")]
    [InlineData("x@q@main", "main")]
    [InlineData("x@Q", "main")]
    public void The_text_behind_the_last_at_sign_names_the_site(string id, string site)
    {
        var town = new Town("q");
        Assert.Equal(site, town["main"].SiteOf(System.Text.Encoding.UTF8.GetBytes(id)));
    }

    [Fact]
    public void The_founder_decides_such_ids_until_the_site_is_added()
    {
        var town = new Town();
        Assert.Equal(RefusalCode.None, town.Pay("main", "@world", "Ann", 1, "x@q")?.Refusal);
        town.Build("q");
        town.Add("q");
        town.Sync();
        var told = town.Pay("q", "@world", "Ann", 1, "x@q");
        Assert.Equal((RefusalCode.None, "main"), (told!.Refusal, told.Site));
        Assert.Equal(1, town.Part("main", "Ann") + town.Part("q", "Ann"));
    }

    [Fact]
    public void A_document_whose_content_is_another_sites_is_refused_for_good()
    {
        var town = new Town("q");
        var wish = new SiteWish("c@q", "q", EntryKind.Capture) { Reference = "h" };
        Assert.Equal((RefusalCode.NotHere, "main"), town.Ask("q", wish) is { } told
            ? (told.Refusal, told.Site) : default);
        var batch = town.Transfer("q", "Ann", "revenue", 1, "d@q").Fill();
        batch[0].Author = batch.Append("author", "ann");
        var decider = new Decider(town["q"].Mine.Book, new SiteHistory(town["q"], town.StoreOf("q")))
        {
            Others = town["q"],
        };
        town["q"].Mine.Book.Resolve(batch, ref batch[0]);
        Assert.Equal(RefusalCode.WrongSite, decider.Decide(batch, ref batch[0]));
        Assert.True(RefusalCode.WrongSite.IsRecorded());
        Assert.False(RefusalCode.NotHere.IsRecorded());
    }

    [Fact]
    public void What_is_not_recorded_leaves_no_trace_in_the_state()
    {
        var town = new Town("q");
        var before = town["q"].Mine.Book.Mentioned;
        town.Pay("q", "Nobody", "Noone", 1, "x");
        Assert.Equal(before, town["q"].Mine.Book.Mentioned);
    }

    [Fact]
    public void Two_processes_of_one_site_decide_an_id_once()
    {
        var town = new Town("q");
        var (one, other) = (town.WriterOf("q"), new SiteWriter("other", town.StoreOf("q")));
        var wish = town.Transfer("q", "@world", "Ann", 1, "x@q");
        one.Waiting.Add(wish);
        other.Waiting.Add(wish);
        var told = new List<SiteVerdict>();
        Assert.True(one.Decide(town.Now, (_, verdict) => told.Add(verdict)));
        Assert.True(other.Decide(town.Now, (_, verdict) => told.Add(verdict)));
        Assert.NotNull(one.Write((_, verdict) => told.Add(verdict)));
        Assert.Null(other.Write((_, verdict) => told.Add(verdict)));
        Assert.False(other.Decide(town.Now, (_, verdict) => told.Add(verdict)));
        Assert.Equal(2, told.Count);
        Assert.Single(told.Distinct());
        Assert.Equal(1, town.Part("q", "Ann"));
    }

    [Fact]
    public void A_block_that_lost_its_height_takes_back_what_it_had_read()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 5);
        town.Send("main", "q");
        var (one, other) = (town.WriterOf("q"), new SiteWriter("other", town.StoreOf("q")));
        other.Waiting.Add(town.Transfer("q", "@world", "Bob", 1));
        other.Decide(town.Now, (_, _) => { });
        var seen = other.Ledger.Seen;
        Assert.True(seen["main"].Height > one.Ledger.Seen["main"].Height);
        town.Pay("q", "@world", "Cid", 1);
        Assert.Null(other.Write((_, _) => { }));
        Assert.Equal(1, one.Ledger.Mine.Height - other.Ledger.Mine.Height);
        other.CatchUp();
        Assert.Equal(one.Ledger.Seen, other.Ledger.Seen);
        Assert.Equal(5, Town.Part(other.Ledger, "main", "Ann"));
    }
}
