using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>An import is killed at random moments; importing the file again finishes it.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 40_000;

    [Fact]
    public Task A_killed_import_is_finished_by_the_next() => KillAsync(kills: 3);

    [Fact]
    public Task An_import_killed_300_times_is_finished_by_the_next()
    {
        LongTests.SkipUnlessWanted();
        return KillAsync(kills: 300);
    }

    private static async Task KillAsync(int kills)
    {
        using var directory = new TemporaryDirectory();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var csv = NumberedCsv.Write(directory, 0, Rows);
        var expected = await VerdictsAsync(directory.File("whole.db"), csv, import: true);
        Assert.Equal(Rows, expected.Count);
        var path = directory.File("bank0.db");
        for (var kill = 0; kill < kills; kill++)
        {
            using (var import = HostProcess.Settle("import", csv, "--ledger", path))
            {
                await Task.Delay(50 + random.Next(700));
                await import.KillAsync();
            }
            if (!File.Exists(path))
                continue;
            var verdicts = await VerdictsAsync(path, csv, import: false);
            Assert.All(verdicts, verdict => Assert.Equal(expected[verdict.Key], verdict.Value));
            if (verdicts.Count == Rows)
                path = directory.File($"bank{kill + 1}.db");
        }
        Assert.Equal(expected, await VerdictsAsync(path, csv, import: true));
    }

    private static async Task<SortedDictionary<string, RefusalCode>> VerdictsAsync(
        string path, string csv, bool import)
    {
        if (import)
        {
            using var whole = HostProcess.Settle("import", csv, "--ledger", path);
            await whole.FinishAsync(worst: 1);
        }
        await using var ledger = await Ledger.OpenAsync(path);
        var naive = await NaiveLedger.ReadAsync(ledger);
        Assert.Empty((await LedgerVerification.VerifyAsync(path)).Faults);
        return new(naive.Verdicts.ToDictionary(each => each.Key, each => each.Value.Refusal));
    }
}
