using Settle.Chain;
using Settle.Chains;
using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S5 to S7: what a site says it has read, and whose blocks it follows.</summary>
public sealed class SeenTests
{
    [Fact]
    public void A_block_that_came_too_early_waits_for_those_below_it()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 1);
        town.Pay("main", "@world", "Ann", 2);
        var (first, second) = (town.StoreOf("main").Own[^2], town.StoreOf("main").Own[^1]);
        town.StoreOf("q").Copy(second);
        Assert.Null(town.Write("q"));
        town.StoreOf("q").Copy(first);
        Assert.Equal(second.Header.Height, town.Write("q")!.Header.Seen["main"].Height);
    }

    [Fact]
    public void A_block_is_read_with_all_that_it_had_read()
    {
        var town = new Town("q", "r");
        town.Pay("main", "@world", "Ann", 3);
        town.Sync("main", "q");
        Assert.Null(town.Pay("q", "Ann", "Bob", 3, "b@q"));
        town.Sync("main", "q");
        Assert.Equal(RefusalCode.None, town.Answer("b@q")?.Refusal);
        foreach (var block in town.StoreOf("q").Own) town.StoreOf("r").Copy(block);
        Assert.Null(town.Write("r"));
        Assert.Equal(0, Town.Part(town["r"], "q", "Bob"));
        town.Send("main", "r");
        Assert.NotNull(town.Write("r"));
        Assert.Equal(3, Town.Part(town["r"], "q", "Bob"));
        Assert.Null(town.Audit());
    }

    [Fact]
    public void What_was_read_is_the_same_after_a_restart()
    {
        var town = new Town("q", "r");
        town.Pay("q", "@world", "Ann", 3);
        town.Sync();
        var seen = town["r"].Seen;
        Assert.Equal(seen, town.Restart("r").Ledger.Seen);
        Assert.Equal(3, Town.Part(town["r"], "q", "Ann"));
    }

    [Fact]
    public void Reading_alone_is_worth_a_block_only_if_somebody_said_something()
    {
        var town = new Town("q");
        town.Pay("main", "@world", "Ann", 1);
        town.Send("main", "q");
        Assert.NotNull(town.Write("q"));
        town.Send("q", "main");
        Assert.Null(town.Write("main"));
        town.Pay("main", "@world", "Ann", 1);
        Assert.Equal(town["q"].Mine.Height, town["main"].Seen["q"].Height);
    }

    [Fact]
    public void Two_blocks_at_one_height_are_a_fork_and_nobody_follows_it()
    {
        var town = new Town("q", "r");
        var store = town.StoreOf("q");
        town.StoreOf("main").Copy(Forged.Next(store, entries: Forged.Transfer("a@q", "@world", "Ann", 1)));
        town.StoreOf("main").Copy(Forged.Next(store, entries: Forged.Transfer("b@q", "@world", "Bob", 1)));
        var last = store.Own.Count;
        var block = town.Write("main")!;
        Assert.Equal(last, town["main"].Seen["q"].Height);
        var fork = Assert.Single(town["main"].Forks);
        Assert.Equal(("q", last + 1), (fork.Key, fork.Value.Height));
        Assert.Contains("\"type\":\"fork\"", System.Text.Encoding.UTF8.GetString(block.Body.Span), StringComparison.Ordinal);
        town.Sync("main", "r");
        Assert.Contains("q", town["r"].Forks.Keys);
    }

    [Fact]
    public void A_block_that_does_not_link_proves_a_fork()
    {
        var town = new Town("q");
        var store = town.StoreOf("q");
        town.Pay("q", "@world", "Ann", 1);
        town.Sync();
        var other = Forged.Next(store, after: store.Own.Count - 1,
            entries: Forged.Transfer("b@q", "@world", "Bob", 1));
        var copy = store.Clone();
        var onTop = new SiteStore("q");
        foreach (var block in copy.Own.SkipLast(1)) onTop.Create(block);
        onTop.Create(other);
        town.StoreOf("main").Copy(Forged.Next(onTop, entries: Forged.Transfer("c@q", "@world", "Cid", 1)));
        town.Write("main");
        Assert.Contains("q", town["main"].Forks.Keys);
    }

    [Fact]
    public void A_site_that_was_set_back_learns_it_from_others_and_takes_its_blocks_back()
    {
        var town = new Town("q");
        var backup = town.StoreOf("q").Clone();
        town.Pay("q", "@world", "Ann", 5);
        town.Sync();
        var place = new SitePlace("q", backup);
        var writer = place.Start(_ => true);
        foreach (var block in town.StoreOf("main").Own) backup.Copy(block);
        Assert.False(writer.Decide(town.Now, (_, _) => { }));
        Assert.Equal(Standing.SetBack, writer.Standing);
        place.AskPeers();
        place.TakeBack("main", town.StoreOf("main"));
        place.GoOn();
        writer = place.Start(_ => true);
        writer.CatchUp();
        Assert.Equal(5, Town.Part(writer.Ledger, "q", "Ann"));
        Assert.Equal(town["q"].Mine.Tip, writer.Ledger.Mine.Tip);
    }

    [Fact]
    public void A_site_that_wrote_on_after_it_was_set_back_learns_that_it_forked()
    {
        var town = new Town("q");
        var place = new SitePlace("q", town.StoreOf("q").Clone());
        town.Pay("q", "@world", "Ann", 5);
        town.Sync();
        var writer = place.Start(_ => true);
        writer.Waiting.Add(town.Transfer("q", "@world", "Bob", 1));
        Assert.True(writer.Decide(town.Now, (_, _) => { }));
        Assert.NotNull(writer.Write((_, _) => { }));
        foreach (var block in town.StoreOf("main").Own) place.Store.Copy(block);
        Assert.False(writer.Decide(town.Now, (_, _) => { }));
        Assert.Equal(Standing.Forked, writer.Standing);
    }

    [Fact]
    public void What_a_block_has_seen_is_in_its_header_and_in_its_hash()
    {
        var town = new Town("q");
        var block = town.StoreOf("q").Own[0];
        Assert.Equal(BlockHeader.SitesVersion, block.Header.Version);
        var text = System.Text.Encoding.UTF8.GetString(block.Body.Span);
        Assert.Matches("\"prev\":\"0{64}\",\"seen\":{\"main\":{\"hash\":\"[0-9a-f]{64}\",\"height\":1}},\"site\":\"q\"", text);
        var other = System.Text.Encoding.UTF8.GetBytes(
            text.Replace("\"height\":1}}", "\"height\":2}}", StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => BlockDocument.Parse(block.Header.Site, other, true));
        Assert.Contains("has the hash", Assert.Throws<FormatException>(() =>
            BlockDocument.Parse("block:q:000000000001", other, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_with_one_site_writes_what_it_always_wrote()
    {
        var town = new Town();
        town.Pay("main", "@world", "Ann", 1);
        Assert.All(town.StoreOf("main").Own, block =>
        {
            Assert.Equal(BlockHeader.BaseVersion, block.Header.Version);
            Assert.True(block.Header.Seen.IsEmpty);
        });
    }
}
