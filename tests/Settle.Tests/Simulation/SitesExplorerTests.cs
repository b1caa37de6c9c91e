using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>Every order of two sites' steps, in the cases that a test has time for.</summary>
public sealed class SitesExplorerTests(ITestOutputHelper output)
{
    // The others take longer: settle simulate --protocol chain-sites --exhaustive.
    [Fact]
    public void No_order_of_two_sites_with_two_transfers_breaks_a_promise()
    {
        var explorer = new SitesExplorer(SitesCase.All[0]);
        var violation = explorer.Explore(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
        output.WriteLine($"{explorer.States} states, {explorer.Ends} ends, {explorer.Depth} deep");
        Assert.True(violation is null, $"{violation}\n{string.Join('\n', explorer.Steps)}");
        Assert.True(explorer.IsComplete);
        Assert.True(explorer.States > 500);
    }
}
