using Xunit;

namespace Settle.Tests.Cli;

/// <summary>A simulation that somebody ends early does not look like one that was done.</summary>
public sealed class SimulateCommandTests
{
    [Theory]
    [InlineData("ended early: of 100000000, ", "simulate", "--schedules", "100000000", "--jobs", "1")]
    [InlineData("NOT FINISHED", "simulate", "--exhaustive", "--jobs", "1")]
    public async Task Ended_early_it_says_so_and_its_status_is_that_of_an_interruption(
        string told, params string[] words)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var run = await CommandRun.OnAsync("", "", words, end.Token);
        Assert.Equal(130, run.Status);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
    }
}
