using Xunit;

namespace Settle.Tests.Crash;

/// <summary>Kills whatever settles, again and again, and looks each time at what it left.</summary>
internal static class Kills
{
    private const int AcknowledgedMax = 100_000;

    /// <param name="kills">How many times.</param>
    /// <param name="runAndKillAsync">
    /// Lets something settle on a file, kills it, and notes what it acknowledged.
    /// </param>
    public static async Task RepeatAsync(
        int kills, Func<string, Acknowledged, Random, Task> runAndKillAsync)
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
            await runAndKillAsync(path, acknowledged, random);
            await acknowledged.AssertKeptAsync(path, random);
            told += acknowledged.Count;
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{told} acknowledged, {kills} kills");
        Assert.True(told > 0);
    }
}
