using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>The algorithm of 2014 in every order of three clients' steps.</summary>
public sealed class PostsExplorerTests(ITestOutputHelper output)
{
    [Fact]
    public void With_timestamps_given_at_the_insert_and_current_reads_it_never_overdraws()
    {
        var explorer = new PostsExplorer(isStaged: true);
        Assert.Null(explorer.Explore(TestContext.Current.CancellationToken));
        output.WriteLine($"{explorer.States} states of {explorer.Cases} cases");
        Assert.Equal(PostsCase.All.Count(), explorer.Cases);
        Assert.True(explorer.States > 1_000_000);
    }

    [Fact]
    public void With_time_between_the_clock_and_the_insert_it_overdraws()
    {
        var explorer = new PostsExplorer(isStaged: false);
        var violation = explorer.Explore(TestContext.Current.CancellationToken);
        foreach (var step in explorer.Steps) output.WriteLine(step);
        Assert.Equal("floor", violation?.Rule);
        // What Alex has, and the fewest steps of two clients that lead there.
        Assert.Equal(1 + 10, explorer.Steps.Count);
    }
}
