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
