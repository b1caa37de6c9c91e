using Settle.Chain;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>S13: no site believes another's block without deciding it again.</summary>
public sealed class BeliefTests
{
    public static TheoryData<string> Wrongs => ["overdrawn", "granted", "twice", "anothers", "founders",
        "terms", "joins", "unknown-asset", "no-site", "hold"];

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_block_that_the_rules_would_not_make_is_not_read(string what)
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 3, "once@q");
        town.Sync();
        var before = town["main"].Seen;
        town.StoreOf("main").Copy(Forged.Next(town.StoreOf("q"), entries: Entry(what)));
        Assert.Null(town.Write("main"));
        Assert.Equal(before, town["main"].Seen);
        Assert.Contains("q", town["main"].Refused.Keys);
        Assert.Empty(town["main"].Forks);
        // What it believed before, it still does; and it goes on.
        Assert.Equal(3, Town.Part(town["main"], "q", "Ann"));
        Assert.Equal(RefusalCode.None, town.Pay("main", "@world", "Bob", 1)?.Refusal);
    }

    [Fact]
    public void A_block_that_the_rules_would_make_is_read()
    {
        var town = new Town("q");
        town.Pay("q", "@world", "Ann", 3);
        town.Sync();
        town.StoreOf("main").Copy(Forged.Next(town.StoreOf("q"),
            entries: Forged.Transfer("x@q", "Ann", "Bob", 3)));
        Assert.NotNull(town.Write("main"));
        Assert.Equal(3, Town.Part(town["main"], "q", "Bob"));
        Assert.Empty(town["main"].Refused);
    }

    [Fact]
    public void A_site_that_joins_another_ledger_is_not_read()
    {
        var town = new Town();
        town.Build("q");
        town.Add("q");
        var (main, q) = (town.StoreOf("main").Own[^1].Header, town.StoreOf("q"));
        var seen = SeenVector.Empty.With("main", new SeenMark(main.Height, main.Hash));
        town.StoreOf("main").Copy(Forged.Next(q, seen, entries: batch =>
            JoinKind.Fill(batch, ref batch.Add(EntryKind.Join), default)));
        Assert.Null(town.Write("main"));
        Assert.Contains("another ledger", town["main"].Refused["q"], StringComparison.Ordinal);
    }

    private static Action<RequestBatch> Entry(string what) => what switch
    {
        "overdrawn" => Forged.Transfer("x@q", "Ann", "Bob", 4),
        "granted" => Forged.Grant("Ann", "main", 4),
        "twice" => Forged.Transfer("once@q", "@world", "Ann", 3),
        "anothers" => Forged.Transfer("x", "@world", "Ann", 3),
        "founders" => batch =>
        {
            ref var request = ref batch.Add(EntryKind.Asset);
            request.Id = batch.Append("id", "x@q");
            request.Asset = batch.Append("asset", "points");
        },
        "terms" => batch =>
        {
            ref var request = ref batch.Add(EntryKind.Account);
            request.Id = batch.Append("id", "x@q");
            request.From = batch.Append("account", "Ann");
            batch.AddTerms(ref request).Overdraft = 100;
        },
        "joins" => batch => JoinKind.Fill(batch, ref batch.Add(EntryKind.Join), default),
        "unknown-asset" => batch =>
        {
            Forged.Transfer("x@q", "@world", "Ann", 3)(batch);
            batch[0].Asset = batch.Append("asset", "points");
        },
        "no-site" => Forged.Grant("Ann", "nobody", 1),
        _ => batch =>
        {
            ref var request = ref batch.Add(EntryKind.Void);
            request.Id = batch.Append("id", "x@q");
            request.Reference = batch.Append("hold", "h@q");
        },
    };
}
