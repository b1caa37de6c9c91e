using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>A loaded server is killed at random moments, and started again on the same file.</summary>
public sealed class KilledServerTests
{
    [Fact]
    public Task A_killed_server_loses_nothing_that_it_answered() => Kills.RepeatAsync(4, RunAndKillAsync);

    [Fact]
    public Task A_server_killed_300_times_loses_nothing_that_it_answered()
    {
        LongTests.SkipUnlessWanted();
        return Kills.RepeatAsync(300, RunAndKillAsync);
    }

    private static async Task RunAndKillAsync(
        string path, Acknowledged acknowledged, Random random)
    {
        using var server = HostProcess.Settle(
            "serve", "--ledger", path, "--listen", "127.0.0.1:0");
        var address = await ServerLoad.AddressAsync(server, path);
        var first = Math.Max(0, acknowledged.Count - random.Next(2000));
        await using var load = new ServerLoad(address, acknowledged, first, clients: 1 + random.Next(6));
        if (acknowledged.Count == 0 || random.Next(4) > 0)
            await load.WaitForAnswerAsync();
        await Task.Delay(random.Next(400));
        await server.KillAsync();
        await load.EndAsync();
    }
}
