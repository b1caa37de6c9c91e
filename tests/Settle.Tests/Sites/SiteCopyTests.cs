using Settle.Stores.Sqlite;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>What is copied between sites' files, whole or begun, and what they list together.</summary>
public sealed class SiteCopyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_files_that_joined_under_one_name_the_second_is_refused_and_the_first_goes_on()
    {
        using var files = await SiteFiles.MakeAsync();
        await using (var main = await files.OpenAsync("main"))
            await main.Sites.AddAsync(new SiteRequest { Name = "north" }, Stop);
        await files.JoinAsync("north");
        await files.JoinAsync("north", "second");
        await files.PayAsync("second", "@world", "Bob", 3);
        await files.SyncAsync("main", "north");
        foreach (var (one, other) in new[] { ("main", "second"), ("second", "main") })
        {
            var error = await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync(one, other));
            Assert.Equal("forked", error.Code);
            Assert.StartsWith($"two files joined as site north: {files["second"]} began on ", error.Message,
                StringComparison.Ordinal);
            Assert.Contains($", and {files["main"]} knows the site that began on ", error.Message,
                StringComparison.Ordinal);
        }
        await files.PayAsync("north", "@world", "Bob", 5);
        await files.PayAsync("north", "@world", "Bob", 5);
        await files.SyncAsync("main", "north");
        Assert.Equal(10, (await files.BalanceAsync("main", "Bob")).Balance);
        Assert.Equal("active", (await files.SiteAsync("main", "north")).State);
        await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync("main", "second"));
        Assert.Empty((await files.VerifyAsync("main")).Faults);
    }

    [Fact]
    public async Task A_sync_says_of_two_files_that_became_known_at_different_places_that_the_site_has_forked()
    {
        using var files = await SiteFiles.MakeAsync("south");
        await using (var main = await files.OpenAsync("main"))
            await main.Sites.AddAsync(new SiteRequest { Name = "north" }, Stop);
        await files.SyncAsync("main", "south");
        await files.JoinAsync("north");
        await files.JoinAsync("north", "second");
        await files.PayAsync("north", "@world", "Bob", 5);
        await files.PayAsync("second", "@world", "Bob", 3);
        Assert.Empty((await files.SyncAsync("main", "north")).Forked);
        Assert.Empty((await files.SyncAsync("south", "second")).Forked);
        Assert.Equal(["north"], (await files.SyncAsync("main", "south")).Forked);
    }

    [Fact]
    public async Task A_file_that_was_put_back_takes_the_blocks_that_others_went_on_from()
    {
        for (var turn = 0; turn < 4; turn++)
        {
            using var files = await SiteFiles.MakeAsync("north");
            foreach (var copy in (string[])["older", "clone"]) files.Copy("north", copy);
            await files.PayAsync("north", "@world", "Bob", 30, "t1@north");
            await files.PayAsync("north", "@world", "Bob", 30, "t2@north");
            await files.SyncAsync("main", "north");
            await files.PayAsync("clone", "@world", "Eve", 40 + turn, "e@north");
            await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync("main", "clone"));
            files.Copy("older", "north");

            Assert.True((await files.SyncAsync("main", "north")).TakenBack >= 2);

            await using var north = await files.OpenAsync("north");
            Assert.NotNull(await north.GetTransferAsync("t1@north", Stop));
            Assert.NotNull(await north.GetTransferAsync("t2@north", Stop));
            Assert.Null(await north.GetTransferAsync("e@north", Stop));
        }
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
            await main.Sites.AddAsync(new SiteRequest { Name = "north" }, Stop);
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

    [Fact]
    public async Task Large_blocks_are_read_a_few_at_once_and_come_all()
    {
        const int Batches = 16;
        using var files = await SiteFiles.MakeAsync("north");
        await using var main = await files.OpenAsync("main");
        for (var i = 0; i < Batches; i++)
        {
            var requests = Enumerable.Range(0, 1000).Select(_ => new TransferRequest
            {
                From = "@world", To = "Bob", Amount = Money.Of(1), Memo = new string('x', 1000),
            }).ToArray();
            await main.TransferBatchAsync(requests, Stop);
        }
        var height = (await main.GetInfoAsync(Stop)).Height;

        var pages = new List<int>();
        for (var next = 1L; ; next += pages[^1])
        {
            var page = await main.Sites.ReadBlocksAsync("main", next, 1000, Stop);
            if (page.Count == 0) break;
            Assert.Equal(Enumerable.Range(0, page.Count).Select(i => next + i),
                page.Select(block => block.Height));
            Assert.InRange(page.Sum(block => (long)block.Body.Length),
                0, 3L * Limits.BlockBytesMax);
            pages.Add(page.Count);
        }

        Assert.Equal(height, pages.Sum());
        Assert.True(pages.Count > 1, $"{pages.Count} pages");
    }

    [Fact]
    public async Task Pages_go_through_the_accounts_of_all_sites_in_one_order()
    {
        using var files = await SiteFiles.MakeAsync("north");
        foreach (var (site, account) in new[]
        {
            ("main", "b2"), ("north", "b1"), ("north", "b3"), ("main", "c"), ("north", "Ann"),
        })
            await files.PayAsync(site, "@world", account, 5);
        await files.SyncAsync("main", "north");
        await using (var main = await files.OpenAsync("main"))
        {
            Assert.Equal(["@world", "Ann", "b1", "b2", "b3", "c"],
                await NamesAsync(main, prefix: null));
            Assert.Equal(["b1", "b2", "b3"], await NamesAsync(main, "b"));
            await main.TransferAsync("@world", "b0", Money.Of(1), cancellationToken: Stop);
            Assert.Equal(["b0", "b1", "b2", "b3"], await NamesAsync(main, "b"));
        }

        static async Task<List<string>> NamesAsync(ILedger ledger, string? prefix)
        {
            var names = new List<string>();
            for (string? after = null; ;)
            {
                var page = await ledger.ListBalancesAsync(
                    new BalanceQuery { After = after, Limit = 1, Prefix = prefix }, Stop);
                names.AddRange(page.Items.Select(balance => balance.Account));
                if (page.Next is null) return names;
                after = page.Next;
            }
        }
    }

    [Fact]
    public async Task What_a_server_hands_out_of_a_site_is_not_taken_for_a_damaged_ledger()
    {
        using var files = await SiteFiles.MakeAsync("north");
        foreach (var site in (string[])["main", "north"])
        {
            await using var server = new SettleProcess(
                "serve", "--ledger", files[site], "--listen", "127.0.0.1:0");
            var address = (await server.WaitForLineAsync("http://")).Split("http://")[1];
            var location = $"http://{address.TrimEnd('/')}/{site}";

            foreach (var read in (Func<Task>[])[
                () => LedgerVerification.VerifyAsync(location, cancellationToken: Stop),
                () => LedgerMirror.CopyAsync(
                    location, files["mirror"], cancellationToken: Stop)])
            {
                var error = await Assert.ThrowsAsync<InvalidRequestException>(read);
                Assert.Contains($"is site {site}", error.Message, StringComparison.Ordinal);
            }
            await server.EndAsync("INT");
        }
        Assert.False(File.Exists(files["mirror"]));
    }
}
