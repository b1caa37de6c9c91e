using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>A new site has no block to compare a clock with, but those of the founder.</summary>
public sealed class SiteClockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4000)]
    [InlineData(-4000)]
    [InlineData(-1)]
    public async Task No_site_joins_with_a_clock_that_is_far_from_the_founders(int days)
    {
        using var files = await SiteFiles.MakeAsync();
        await AddAsync(files, "north");
        var error = await Assert.ThrowsAsync<ClockSkewException>(() => JoinAsync(files, days));
        Assert.Contains("set the clock", error.Message, StringComparison.Ordinal);
        // Nothing was decided with it, nothing is left of it, and the right clock goes on.
        Assert.Empty(Directory.GetFileSystemEntries(
            Path.GetDirectoryName(files["north"])!, "north*"));
        Assert.Equal(1, (await JoinAsync(files, 0)).Height);
        await files.SyncAllAsync("north");
        Assert.Empty((await files.VerifyAsync("main")).Faults);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(-4000)]
    public async Task A_site_whose_joining_was_cut_short_begins_with_no_wrong_clock_either(int days)
    {
        using var files = await SiteFiles.MakeAsync();
        await AddAsync(files, "north");
        using var cut = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SiteJoin.RunAsync(files["north"],
            "north", files["main"], new LedgerOptions(), new Cutting(cut), cut.Token));
        await using (var north = await files.OpenAsync("north", options: At(days)))
        {
            await Assert.ThrowsAsync<ClockSkewException>(
                () => north.TransferAsync("@world", "north:Bob", Money.Of(1), cancellationToken: Stop));
        }
        await files.PayAsync("north", "@world", "north:Bob", 1);
    }

    [Fact]
    public async Task A_persons_word_that_the_clock_is_right_is_recorded_with_the_first_block()
    {
        using var files = await SiteFiles.MakeAsync();
        await AddAsync(files, "north");
        await JoinAsync(files, 4000, acceptsClock: true);
        var report = await files.VerifyAsync("north");
        Assert.Empty(report.Faults);
        Assert.Equal((1, true), (report.Recoveries[0].Height, report.Recoveries[0].Clock));
    }

    private static async Task AddAsync(SiteFiles files, string site)
    {
        await using var main = await files.OpenAsync("main");
        await main.Sites.AddAsync(new SiteRequest { Name = site, Prefix = $"{site}:" }, Stop);
    }

    private static Task<LedgerInfo> JoinAsync(SiteFiles files, int days, bool acceptsClock = false) =>
        SiteJoin.RunAsync(files["north"], "north", files["main"],
            At(days) with { AcceptClock = acceptsClock }, null, Stop);

    private static LedgerOptions At(int days) =>
        new() { Clock = new ManualClock { Now = TimeProvider.System.GetUtcNow().AddDays(days) } };

    private sealed class Cutting(CancellationTokenSource cut) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => cut.Cancel();
    }
}
