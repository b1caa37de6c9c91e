using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>Every order of a case that is small enough for a test.</summary>
public sealed class ExplorerTests(ITestOutputHelper output)
{
    private static readonly Wish PayIn =
        new(WishKind.Transfer, "a") { From = "@world", To = "Alex", Amount = (long)Minor(5).Units };

    private static readonly Wish PayOut =
        new(WishKind.Transfer, "b") { From = "Alex", To = "Dave", Amount = (long)Minor(5).Units };

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void No_order_of_two_writers_breaks_a_promise(int faults, bool isPatient)
    {
        var explorer = new Explorer(
            new Scope("two writers", faults, isPatient, [[PayIn], [PayOut]]));
        var violation = explorer.Explore(TimeSpan.FromMinutes(2));
        output.WriteLine($"{explorer.States} states, {explorer.Orders} orders, {explorer.Depth} deep");
        Assert.True(violation is null, $"{violation}\n{string.Join('\n', explorer.Steps)}");
        Assert.True(explorer.IsComplete);
        Assert.True(explorer.States > 10);
    }

    // The others take longer: settle simulate --exhaustive.
    [Theory]
    [InlineData(3, "None")]
    [InlineData(2, "AnswerLost")]
    [InlineData(2, "Replication")]
    public void No_order_of_two_writers_on_a_cluster_breaks_a_promise(int copies, string mishap)
    {
        var kind = Enum.Parse<Mishap>(mishap);
        var explorer = new Explorer(
            Scope.OfCluster(copies, kind == Mishap.None ? 0 : 1, kind, mishap));
        var violation = explorer.Explore(TimeSpan.FromMinutes(10));
        output.WriteLine($"{explorer.States} states, {explorer.Orders} orders, {explorer.Depth} deep");
        Assert.True(violation is null, $"{violation}\n{string.Join('\n', explorer.Steps)}");
        Assert.True(explorer.IsComplete);
        Assert.True(explorer.States > 100);
    }

    [Fact]
    public void A_case_that_is_not_finished_says_so()
    {
        var explorer = new Explorer(Scope.OfCluster(2, 1, Mishap.All, "one fault"), 1);
        Assert.Null(explorer.Explore(TimeSpan.FromMilliseconds(1)));
        Assert.False(explorer.IsComplete);
        Assert.True(explorer.Open > 0);
    }

    [Fact]
    public void Every_fault_is_in_some_case_on_a_cluster()
    {
        var kinds = Scope.All.Where(scope => scope is { Copies: 3, Faults: 1 })
            .Aggregate(Mishap.None, (all, scope) => all | scope.Mishaps);
        // Only a store with one node says that it is away by itself.
        Assert.Equal(Mishap.All & ~Mishap.StoreAway, kinds);
        Assert.Contains(Scope.All, scope => scope is { Copies: 2, Faults: 1, Mishaps: Mishap.All });
    }

    [Fact]
    public void How_many_orders_are_made_at_once_changes_nothing()
    {
        var explorers = Enumerable.Range(1, 3).Select(jobs =>
            new Explorer(new Scope("", 1, true, [[PayIn], [PayOut]]), jobs)).ToList();
        foreach (var explorer in explorers)
            Assert.Null(explorer.Explore(TimeSpan.FromMinutes(2)));
        Assert.Single(explorers.Select(explorer => explorer.States).Distinct());
    }

    [Fact]
    public void More_faults_lead_to_more_states()
    {
        var (few, many) = (Explored(0), Explored(1));
        Assert.True(many > 2 * few);
    }

    private static int Explored(int faults)
    {
        var explorer = new Explorer(new Scope("one writer", faults, true, [[PayIn, PayOut]]));
        Assert.Null(explorer.Explore(TimeSpan.FromMinutes(1)));
        Assert.True(explorer.IsComplete);
        return explorer.States;
    }
}
