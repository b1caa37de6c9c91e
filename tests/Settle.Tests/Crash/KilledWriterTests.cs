using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>A process that settles is killed at random moments; the next one finds all in order.</summary>
public sealed class KilledWriterTests
{
    private const int Endless = 10_000_000;

    [Fact]
    public Task A_killed_writer_loses_nothing_that_it_acknowledged() => Kills.RepeatAsync(8, RunAndKillAsync);

    [Fact]
    public Task A_writer_killed_300_times_loses_nothing_that_it_acknowledged()
    {
        LongTests.SkipUnlessWanted();
        return Kills.RepeatAsync(300, RunAndKillAsync);
    }

    private static async Task RunAndKillAsync(
        string path, Acknowledged acknowledged, Random random)
    {
        // Some of what the killed one did, or may have done, is asked for again.
        var first = Math.Max(0, acknowledged.Count - random.Next(2000));
        var batch = random.GetItems([1, 10, 200, 2000], 1)[0];
        using var writer = new HostProcess(
            "settle", path, $"{first}", $"{Endless}", $"{batch}", $"{1 + random.Next(16)}");
        await writer.BeginAsync();
        if (acknowledged.Count == 0 || random.Next(4) > 0)
            await writer.WaitForLineAsync();
        await Task.Delay(random.Next(250));
        await writer.KillAsync();
        acknowledged.Add(writer);
    }
}
