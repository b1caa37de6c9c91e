using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>A loaded server is killed at random moments, and started again on the same file.</summary>
public sealed class KilledServerTests
{
    private const int AcknowledgedMax = 100_000;

    [Fact]
    public Task A_killed_server_loses_nothing_that_it_answered() => KillAsync(kills: 4);

    [Fact]
    public Task A_server_killed_200_times_loses_nothing_that_it_answered()
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
            using var server = HostProcess.Settle(
                "serve", "--ledger", path, "--listen", "127.0.0.1:0");
            var address = await ServerLoad.AddressAsync(server, path);
            var first = Math.Max(0, acknowledged.Count - random.Next(2000));
            await using var load = new ServerLoad(address, acknowledged, first, clients: 1 + random.Next(6));
            if (random.Next(4) > 0)
                await load.WaitForAnswerAsync();
            await Task.Delay(random.Next(400));
            await server.KillAsync();
            await load.EndAsync();
            await acknowledged.AssertKeptAsync(path, random);
            told += acknowledged.Count;
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{told} acknowledged, {kills} kills");
        Assert.True(told > kills);
    }
}
