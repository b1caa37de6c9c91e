using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>A process that settles is killed at random moments; the next one finds all in order.</summary>
public sealed class KilledWriterTests
{
    private const int Endless = 10_000_000;
    private const int AcknowledgedMax = 100_000;

    [Fact]
    public Task A_killed_writer_loses_nothing_that_it_acknowledged() => KillAsync(kills: 8);

    [Fact]
    public Task A_writer_killed_200_times_loses_nothing_that_it_acknowledged()
    {
        LongTests.SkipUnlessWanted();
        return KillAsync(kills: 200);
    }

    private static async Task KillAsync(int kills)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new Acknowledged();
        var told = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            // Every check reads the whole chain, so a long one makes way for a new one.
            if (acknowledged.Count > AcknowledgedMax)
                (path, acknowledged) = (directory.File($"bank{kill}.db"), new Acknowledged());
            told -= acknowledged.Count;
            // Some of what the killed one did, or may have done, is asked for again.
            var first = Math.Max(0, acknowledged.Count - random.Next(2000));
            var batch = random.GetItems([1, 10, 200, 2000], 1)[0];
            using var writer = new HostProcess(
                "settle", path, $"{first}", $"{Endless}", $"{batch}", $"{1 + random.Next(16)}");
            await writer.BeginAsync();
            if (random.Next(4) > 0)
                await writer.WaitForLineAsync();
            await Task.Delay(random.Next(250));
            await writer.KillAsync();
            acknowledged.Add(writer);
            await acknowledged.AssertKeptAsync(path, random);
            told += acknowledged.Count;
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{told} acknowledged, {kills} kills");
        Assert.True(told > kills);
    }
}
