using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>Every order of a case that is small enough for a test.</summary>
public sealed class ExplorerTests(ITestOutputHelper output)
{
    private static readonly Wish PayIn =
        new(WishKind.Transfer, "a") { From = "@world", To = "Alex", Amount = 5 };

    private static readonly Wish PayOut =
        new(WishKind.Transfer, "b") { From = "Alex", To = "Dave", Amount = 5 };

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

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    public void No_order_of_two_writers_on_a_cluster_breaks_a_promise(int copies, int faults)
    {
        var explorer = new Explorer(
            new Scope("two writers", faults, true, [[PayIn], [PayOut]], copies));
        var violation = explorer.Explore(TimeSpan.FromMinutes(10));
        output.WriteLine($"{explorer.States} states, {explorer.Orders} orders, {explorer.Depth} deep");
        Assert.True(violation is null, $"{violation}\n{string.Join('\n', explorer.Steps)}");
        Assert.True(explorer.IsComplete);
        Assert.True(explorer.States > 100);
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
