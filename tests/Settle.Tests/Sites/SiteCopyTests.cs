using Settle.Index;
using Settle.Stores.Sqlite;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Copies of a site, and sites that meet what is not theirs.</summary>
public sealed class SiteCopyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mirror_of_a_site_is_the_same_site_with_all_that_it_had_read()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await files.PayAsync("north", "@world", "Bob", 30);
        await LedgerMirror.CopyAsync(
            files["north"], files["mirror"], cancellationToken: Stop);
        Assert.Equal((30m, 30m), await files.BalanceAsync("mirror", "Bob"));
        Assert.Equal(100, (await files.BalanceAsync("mirror", "Ann")).Balance);
        Assert.Empty((await files.VerifyAsync("mirror")).Faults);
    }

    [Fact]
    public async Task A_mirror_that_is_refused_leaves_the_other_ledgers_sites_as_they_are()
    {
        using var files = await SiteFiles.MakeAsync("north");
        using var others = await SiteFiles.MakeAsync("north");
        foreach (var site in (string[])["main", "north"])
        {
            await Assert.ThrowsAsync<ChainsDifferException>(() => LedgerMirror.CopyAsync(
                files[site], others[site], cancellationToken: Stop));
        }

        await others.SyncAsync("main", "north");

        Assert.Equal("active", (await others.SiteAsync("main", "north")).State);
        Assert.Empty((await others.VerifyAsync("main")).Faults);
        Assert.Empty((await others.VerifyAsync("north")).Faults);
    }

    [Fact]
    public async Task What_was_begun_with_one_ledger_does_not_go_on_with_another()
    {
        using var files = await SiteFiles.MakeAsync();
        using var others = await SiteFiles.MakeAsync();
        await AddAsync(files);
        await AddAsync(others);
        await files.JoinAsync("north");
        // As a process leaves it that is killed before the site's first block.
        var north = files["north"];
        using (var connection = SqliteConnection.Open(
            north, SqliteAccess.ReadWrite, TimeSpan.FromSeconds(5)))
            connection.Execute("DELETE FROM documents WHERE id = 'block:north:000000000001'");
        Directory.Delete(north + ".index", true);

        await Assert.ThrowsAsync<ChainsDifferException>(() => SiteJoin.RunAsync(
            north, "north", others["main"], new LedgerOptions(), null, Stop));
        await files.JoinAsync("north");
        await files.SyncAsync("main", "north");
        Assert.Empty((await files.VerifyAsync("north")).Faults);

        static async Task AddAsync(SiteFiles files)
        {
            await using var main = await files.OpenAsync("main");
            await main.Sites.AddAsync("north", null, null, Stop);
        }
    }

    [Fact]
    public async Task A_site_that_lost_many_blocks_has_them_all_back_after_one_sync()
    {
        const int Lost = 1100;
        using var files = await SiteFiles.MakeAsync("north");
        files.Copy("north", "older");
        await using (var north = await files.OpenAsync("north"))
        {
            for (var i = 0; i < Lost; i++)
                await north.TransferAsync("@world", "Bob", Money.Of(1), cancellationToken: Stop);
        }
        await files.SyncAsync("main", "north");
        files.Copy("older", "north");

        var report = await files.SyncAsync("main", "north");

        Assert.InRange(report.TakenBack, Lost, Lost + 5);
        Assert.Equal((Lost, Lost), await files.BalanceAsync("north", "Bob"));
    }
}
