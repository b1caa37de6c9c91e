using System.Diagnostics;
using System.Globalization;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>
/// Bugs are planted in a build of their own, and the simulator has to find them: else its silence about
/// the product says nothing.
/// </summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    // Far more than they take: what is slow today is not broken.
    private const int SecondsForEach = 600;

    private static readonly string Folder =
        AppContext.BaseDirectory.Replace("Settle.Tests", "Settle.Canaries", StringComparison.Ordinal);

    // Those that take few seeds; docs/correctness.md has the others.
    private static readonly string[] Quick =
    [
        "answer-before-durable", "believe-a-lost-answer", "believe-exists", "skip-the-re-decide",
        "lose-the-last-one", "link-to-nothing", "undo-forgets-money", "undo-forgets-ids",
        "time-goes-back", "any-content-is-the-same", "forget-what-is-under-way", "ids-by-prefix",
        "forget-refusals", "forget-others", "believe-what-cannot-be-read", "outcome-before-the-block",
        "an-edit-gets-the-old-verdict", "believe-the-document", "skip-the-author",
        "a-malformed-one-stops-the-rest", "newest-first", "leave-the-others", "name-no-field",
        "say-nothing-to-who-lost", "begin-with-what-changes", "believe-one-copy",
        "numbers-from-what-is-durable", "numbers-from-one", "through-the-next-day", "not-the-last-day", "undo-forgets-bills",
        "undo-forgets-numbers", "open-what-is-credited", "round-to-even", "pay-twice", "spend-credit-again",
        "refund-above-the-credit", "leave-the-invoice-paid", "bill-what-is-withdrawn", "forget-the-anchor",
        "the-whole-discount-of-a-part", "the-new-price-from-the-next-period", "deposits-with-the-rest", "bill-what-is-offered",
        "believe-the-newest", "heal-no-side-documents", "believe-any-index", "manifest-before-the-runs",
        "a-merge-loses-the-last-row", "forget-ids-in-runs", "forget-ids-that-are-being-written",
        "drop-a-block-too-many", "oldest-runs-first", "terms-of-today", "skip-what-follows-the-checkpoint",
        "a-page-of-zeros-is-empty", "checkpoint-ahead-of-the-block", "strangers-are-let-in",
        "revert-more-than-there-was", "ceilings-forget-holds", "closed-accounts-keep-holds",
        "believe-a-database-that-was-put-back", "believe-a-leap",
        "apply-the-last-again", "debit-when-confirmed", "no-causal-order", "give-what-is-not-there",
        "money-under-way-to-nobody", "end-again", "keep-the-first-in-silence",
        "undo-forgets-what-was-read",
    ];

    [Fact]
    public async Task Planted_bugs_are_found_from_a_fresh_seed()
    {
        var seed = Random.Shared.NextInt64(1L << 40).ToString(CultureInfo.InvariantCulture);
        var (exit, found) = await RunAsync(
            [seed, SecondsForEach.ToString(CultureInfo.InvariantCulture), .. Quick]);
        Assert.True(exit == 0, $"from seed {seed} not all were found:\n{found}");
        Assert.Equal(Quick.Length, found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("majority-is-enough", 3, "None")]
    [InlineData("majority-is-enough", 2, "All")]
    [InlineData("accepted-is-created", 3, "None")]
    [InlineData("accepted-is-created", 2, "All")]
    [InlineData("decide-while-one-is-empty", 2, "WaitEnds")]
    public async Task The_explorer_finds_bugs_that_only_a_cluster_shows(
        string bug, int copies, string mishap)
    {
        var (exit, found) = await RunAsync(["explore", $"{copies}", mishap, bug]);
        Assert.True(exit == 0, found);
        Assert.StartsWith($"{bug}\t", found, StringComparison.Ordinal);
    }

    // It asks the store for news again and again, which leads nowhere.
    [Fact]
    public async Task The_explorer_finds_a_caller_who_waits_for_ever()
    {
        var (exit, found) = await RunAsync(["explore", "2", "None", "lose-the-last-one"]);
        Assert.True(exit == 0, found);
        Assert.Contains("liveness: ", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_planted_bug_is_in_the_table_of_what_was_found()
    {
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "correctness.md"));
        var bugs = File.ReadAllLines(Path.Combine(Folder, "bugs.txt"))
            .Where(line => line.StartsWith("= ", StringComparison.Ordinal))
            .Select(line => line[2..].Trim()).ToList();
        Assert.True(bugs.Count >= 25);
        Assert.Empty(Quick.Except(bugs));
        Assert.All(bugs, bug => Assert.Contains($"| `{bug}` |", table, StringComparison.Ordinal));
    }

    private async Task<(int Exit, string Found)> RunAsync(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Folder, "Settle.Canaries.dll"));
        foreach (var word in words) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var found = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine($"{string.Join(' ', words)}\n{found}");
        return (process.ExitCode, found);
    }

    [Fact]
    public void What_ships_has_no_planted_bugs()
    {
        foreach (var name in (string[])["Settle.Core", "Settle.Engine", "Settle.Simulation", "settle"])
        {
            var assembly = System.Reflection.Assembly.LoadFrom(
                Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
            Assert.DoesNotContain(assembly.GetTypes(), type => type.Name == "Planted");
        }
    }
}
