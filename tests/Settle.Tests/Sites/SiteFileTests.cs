using System.Text;
using Settle.Index;
using Settle.Journals;
using Settle.Local;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Sites whose ledgers are files, which meet now and then.</summary>
public sealed class SiteFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_is_spent_where_it_landed_and_asked_for_elsewhere()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await files.PayAsync("north", "@world", "Bob", 40);
        await files.PayAsync("north", "Bob", "Shop", 15);

        var error = await Assert.ThrowsAsync<InsufficientHereException>(
            () => files.PayAsync("south", "Ann", "Shop", 30, "coffee@south"));
        Assert.Equal((0m, 30m), (error.Shortfall!.Here.Value, error.Shortfall.Needed.Value));
        Assert.Equal(100m, error.Shortfall.Total.Amount.Value);
        Assert.Equal(["main"], error.Shortfall.Asked);
        await files.SyncAsync("main", "south");
        var paid = await files.PayAsync("south", "Ann", "Shop", 30, "coffee@south");
        var again = await files.PayAsync("south", "Ann", "Shop", 30, "coffee@south");

        Assert.False(paid.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(paid.Block, again.Block);
        await files.SyncAllAsync("north", "south");
        foreach (var site in (string[])["main", "north", "south"])
        {
            Assert.Equal(70, (await files.BalanceAsync(site, "Ann")).Balance);
            Assert.Equal(25, (await files.BalanceAsync(site, "Bob")).Balance);
            Assert.Equal(45, (await files.BalanceAsync(site, "Shop")).Balance);
            var report = await files.VerifyAsync(site);
            Assert.Empty(report.Faults);
            Assert.Equal(["main", "north", "south"], report.Sites);
        }
        Assert.Equal(30, (await files.BalanceAsync("south", "Shop")).Here);
        Assert.Equal(15, (await files.BalanceAsync("north", "Shop")).Here);
    }

    [Fact]
    public async Task Accounts_are_exported_although_the_ledger_goes_on_meanwhile()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var ledger = await files.OpenAsync("main");
        var exported = await ledger.GetInfoAsync(Stop);
        await ledger.TransferAsync("@world", "Late", Money.Of(1), cancellationToken: Stop);
        using var file = new MemoryStream();
        await new CsvAccountTerms().WriteAsync(file, ledger, exported, Stop);
        Assert.Contains("\nAnn,EUR,0.00,none,false,", Encoding.UTF8.GetString(file.ToArray()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_site_decides_is_sent_there_and_its_verdict_is_known_once_it_was_read()
    {
        using var files = await SiteFiles.MakeAsync("north");
        var error = await Assert.ThrowsAsync<NotHereException>(
            () => files.PayAsync("main", "Ann", "Shop", 1, "t1@north"));
        Assert.Equal("north", error.Site);
        Assert.Equal("main", (await Assert.ThrowsAsync<NotHereException>(
            () => files.PayAsync("north", "Ann", "Shop", 1, "t1"))).Site);
        await files.PayAsync("north", "@world", "Shop", 1, "t1@north");
        await files.SyncAsync("main", "north");

        var known = await files.PayAsync("main", "@world", "Shop", 1, "t1@north");
        Assert.True(known.Replayed);
        await Assert.ThrowsAsync<IdReusedException>(
            () => files.PayAsync("main", "@world", "Shop", 2, "t1@north"));
    }

    [Fact]
    public async Task Terms_are_set_at_the_home_and_billing_is_the_founders()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using (var north = await files.OpenAsync("north"))
        {
            var at = await Assert.ThrowsAsync<NotHereException>(() => north.PutAccountAsync(
                new AccountRequest { Account = "Ann", Overdraft = Overdraft.Of(Money.Of(5)) }, Stop));
            Assert.Equal("main", at.Site);
            var home = await north.PutAccountAsync(new AccountRequest
                { Account = "north:Zoe", Overdraft = Overdraft.Of(Money.Of(5)) }, Stop);
            Assert.Equal(5, home.Balances[0].Here!.Value.Amount.Value);
            Assert.Equal("main", (await Assert.ThrowsAsync<NotHereException>(() =>
                north.Billing.ChargeAsync(new ChargeRequest
                {
                    Customer = "Ann", Description = "coffee", Amount = Money.Of(3), Tax = "0",
                }, Stop))).Site);
        }
        await files.SyncAsync("main", "north");
        await using var main = await files.OpenAsync("main");
        var zoe = await main.GetAccountAsync("north:Zoe", default, Stop);
        Assert.Equal(5, zoe!.Balances[0].Overdraft.Limit.Value);
        Assert.Equal(0, zoe.Balances[0].Here!.Value.Amount.Value);
    }

    [Fact]
    public async Task An_allowance_is_there_when_nobody_can_be_asked()
    {
        using var files = await SiteFiles.MakeAsync("laptop");
        await using (var main = await files.OpenAsync("main"))
        {
            var granted = await AllowAsync(main, "laptop", 50);
            Assert.Equal(50, granted.Value);
            Assert.True((await AllowAsync(main, "laptop", 50)).IsZero);
            await Assert.ThrowsAsync<InsufficientFundsException>(
                () => AllowAsync(main, "laptop", 500));
            await Assert.ThrowsAsync<RejectedException>(
                () => AllowAsync(main, "nobody", 5));
        }
        await files.SyncAsync("main", "laptop");
        await files.PayAsync("laptop", "Ann", "Shop", 45);
        Assert.Equal((55m, 5m), await files.BalanceAsync("laptop", "Ann"));
        Assert.Equal((100m, 50m), await files.BalanceAsync("main", "Ann"));
    }

    [Fact]
    public async Task A_site_that_retires_leaves_its_money_its_terms_and_its_ids_to_the_founder()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await files.PayAsync("north", "@world", "north:Zoe", 7, "pay@north");
        await using (var north = await files.OpenAsync("north"))
        {
            await north.Sites.RetireAsync(cancellationToken: Stop);
            var stopped = await Assert.ThrowsAsync<SiteStoppedException>(
                () => north.TransferAsync("@world", "Ann", Money.Of(1), cancellationToken: Stop));
            Assert.Equal("site_inactive", stopped.Code);
        }
        Assert.True((await files.SyncAsync("main", "north")).Received > 0);
        await files.SyncAllAsync("south");

        Assert.Equal("retired", (await files.SiteAsync("south", "north")).State);
        Assert.Equal((7m, 7m), await files.BalanceAsync("main", "north:Zoe"));
        Assert.True((await files.PayAsync("main", "@world", "north:Zoe", 7, "pay@north")).Replayed);
        Assert.False((await files.PayAsync("main", "north:Zoe", "Ann", 7, "new@north")).Replayed);
        await using (var main = await files.OpenAsync("main"))
        {
            var back = await main.RevertAsync(
                new RevertRequest { Reverts = "new@north" }, Stop);
            Assert.Equal(7, back.Postings[0].Amount.Value);
            await main.RevertAsync(new RevertRequest { Reverts = "pay@north" }, Stop);
            Assert.Equal(RefusalCode.AlreadyReverted, (await Assert.ThrowsAsync<RejectedException>(
                () => main.RevertAsync(
                    new RevertRequest { Reverts = "pay@north", Id = "x" }, Stop))).Refusal);
        }
        Assert.Empty((await files.VerifyAsync("main")).Faults);
    }

    [Fact]
    public async Task A_lost_site_is_ended_once_all_others_follow_it_no_further_and_its_orphans_are_listed()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await files.PayAsync("north", "@world", "Bob", 30);
        await files.SyncAllAsync("north", "south");
        await files.PayAsync("north", "Bob", "Shop", 20, "late@north");
        await using (var main = await files.OpenAsync("main"))
        {
            Assert.Equal(RefusalCode.SiteActive, (await Assert.ThrowsAsync<RejectedException>(
                () => main.Sites.EndAsync("north", cancellationToken: Stop))).Refusal);
            await main.Sites.SuspendAsync("north", cancellationToken: Stop);
            var waits = await Assert.ThrowsAsync<RejectedException>(
                () => main.Sites.EndAsync("north", cancellationToken: Stop));
            Assert.Equal(RefusalCode.NotConfirmed, waits.Refusal);
            Assert.Contains("south", waits.Message, StringComparison.Ordinal);
        }
        await files.SyncAllAsync("south");
        await using (var main = await files.OpenAsync("main"))
            await main.Sites.EndAsync("north", cancellationToken: Stop);
        Assert.Equal((30m, 30m), await files.BalanceAsync("main", "Bob"));

        await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync("main", "north"));
        await using (var main = await files.OpenAsync("main"))
        {
            var orphan = Assert.Single(await main.Sites.ListOrphansAsync(Stop));
            Assert.Equal(("north", "late@north", "Bob", "Shop", 20m), (orphan.Site, orphan.Id,
                orphan.From, orphan.To, orphan.Amount.Value));
        }
        await using (var north = await files.OpenAsync("north"))
        {
            await Assert.ThrowsAsync<SiteStoppedException>(
                () => north.TransferAsync("Bob", "Shop", Money.Of(1), cancellationToken: Stop));
        }
        Assert.Empty((await files.VerifyAsync("main")).Faults);
    }

    [Fact]
    public async Task A_site_that_was_put_back_takes_its_own_blocks_back_before_it_writes()
    {
        using var files = await SiteFiles.MakeAsync("north");
        files.Copy("north", "older");
        await files.PayAsync("north", "@world", "Bob", 30, "t1@north");
        await files.SyncAsync("main", "north");
        files.Copy("older", "north");

        var report = await files.SyncAsync("main", "north");

        Assert.True(report.TakenBack > 0);
        Assert.Equal((30m, 30m), await files.BalanceAsync("north", "Bob"));
        Assert.True((await files.PayAsync("north", "@world", "Bob", 30, "t1@north")).Replayed);
        Assert.Empty((await files.VerifyAsync("north")).Faults);
    }

    [Fact]
    public async Task Two_copies_of_a_site_that_both_wrote_are_found_and_neither_is_followed()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        files.Copy("north", "clone");
        await files.PayAsync("north", "@world", "Bob", 30);
        await files.PayAsync("clone", "@world", "Eve", 40);
        await files.SyncAsync("main", "north");
        await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync("main", "clone"));
        await files.SyncAllAsync("south");

        Assert.Equal("forked", (await files.SiteAsync("main", "north")).State);
        Assert.Equal("forked", (await files.SiteAsync("south", "north")).State);
        Assert.Equal(0, (await files.BalanceAsync("main", "Eve")).Balance);
        await using (var clone = await files.OpenAsync("clone"))
        {
            var stopped = await Assert.ThrowsAsync<SiteStoppedException>(
                () => clone.TransferAsync("@world", "Eve", Money.Of(1), cancellationToken: Stop));
            Assert.Equal("forked", stopped.Code);
        }
        var fault = Assert.Single((await files.VerifyAsync("main")).Faults);
        Assert.Equal("north", fault.Site);
    }

    [Fact]
    public async Task An_opened_ledger_knows_all_that_it_knew_also_with_an_index()
    {
        using var files = await SiteFiles.MakeAsync("north");
        var options = new LedgerOptions { IndexSizes = new IndexSizes { RowsMax = 8 } };
        for (var round = 0; round < 3; round++)
        {
            foreach (var site in (string[])["main", "north"])
            {
                await using var ledger = await files.OpenAsync(site, options: options);
                for (var i = 0; i < 20; i++)
                {
                    await ledger.TransferAsync("@world", "Bob", Money.Of(1),
                        $"{site}-{round}-{i}{(site == "main" ? "" : "@north")}", Stop);
                }
            }
            await files.SyncAsync("main", "north");
        }
        await using var main = await files.OpenAsync("main", options: options);
        var bob = await main.GetAccountAsync("Bob", default, Stop);
        Assert.Equal((120m, 60m), (bob!.Balances[0].Balance.Value,
            bob.Balances[0].Here!.Value.Amount.Value));
        Assert.True((await main.TransferAsync("@world", "Bob", Money.Of(1), "main-0-0", Stop)).Replayed);
        Assert.True((await main.TransferAsync("@world", "Bob", Money.Of(1), "north-0-0@north", Stop)).Replayed);
        Assert.Equal(60, main.State.Sites!.Mine.Book.OpenHoldCount
            + (int)bob.Balances[0].Here!.Value.Amount.Value);
    }

    [Fact]
    public async Task Who_joins_wrongly_is_told_why()
    {
        using var files = await SiteFiles.MakeAsync("north");
        using var others = await SiteFiles.MakeAsync("north");
        await Assert.ThrowsAsync<InvalidRequestException>(() => files.JoinAsync("south"));
        var twice = await Assert.ThrowsAsync<InvalidRequestException>(
            () => files.JoinAsync("north", "second"));
        Assert.Contains("joined already", twice.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(files["second"]));
        await using (var main = await files.OpenAsync("main"))
        {
            await main.Sites.AddAsync(new SiteRequest { Name = "south" }, Stop);
            foreach (var (name, prefix, refusal) in new[]
            {
                ("north", (string?)null, RefusalCode.SiteExists),
                ("west", "north:sub", RefusalCode.PrefixInUse),
            })
            {
                Assert.Equal(refusal, (await Assert.ThrowsAsync<RejectedException>(
                    () => main.Sites.AddAsync(
                        new SiteRequest { Name = name, Prefix = prefix }, Stop))).Refusal);
            }
        }
        await Assert.ThrowsAsync<InvalidRequestException>(() => files.JoinAsync("south", "north"));
        await Assert.ThrowsAsync<ChainsDifferException>(() => SiteSync.RunAsync(
            files["main"], others["north"], new LedgerOptions(), null, Stop));
        files.Copy("north", "twin");
        await Assert.ThrowsAsync<InvalidRequestException>(() => files.SyncAsync("north", "twin"));
    }

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
    public async Task Who_waits_is_answered_when_the_money_comes_and_told_when_it_does_not()
    {
        using var files = await SiteFiles.MakeAsync("north");
        var patient = new LedgerOptions { SiteWait = TimeSpan.FromMinutes(1) };
        await using (var north = await files.OpenAsync("north", options: patient))
        {
            var payment = north.TransferAsync("Ann", "Shop", Money.Of(30), "t1@north", Stop);
            while (!payment.IsCompleted) await files.SyncAsync("main", "north");
            Assert.Equal(EntryStatus.Successful, (await payment).Status);
        }
        // Nothing is asked for that nobody waits for any more.
        await files.SyncAllAsync("north");
        Assert.Equal((70m, 0m), await files.BalanceAsync("north", "Ann"));
        var hasty = new LedgerOptions { SiteWait = TimeSpan.FromMilliseconds(300) };
        await using (var north = await files.OpenAsync("north", options: hasty))
        {
            await Assert.ThrowsAsync<InsufficientHereException>(
                () => north.TransferAsync("Ann", "Shop", Money.Of(30), "t2@north", Stop));
        }
    }

    [Fact]
    public async Task A_file_that_was_put_back_beside_its_index_writes_nothing_until_it_was_synced()
    {
        using var files = await SiteFiles.MakeAsync("north");
        files.Copy("north", "older");
        await files.PayAsync("north", "@world", "Bob", 30, "t1@north");
        await files.SyncAsync("main", "north");
        File.Copy(files["older"], files["north"], overwrite: true);

        await Assert.ThrowsAsync<StoreCorruptException>(
            () => files.PayAsync("north", "@world", "Bob", 30, "t2@north"));
        Assert.True((await files.SyncAsync("main", "north")).TakenBack > 0);
        Assert.False((await files.PayAsync("north", "@world", "Bob", 30, "t2@north")).Replayed);
        Assert.Equal((60m, 60m), await files.BalanceAsync("north", "Bob"));
    }

    private static async Task<Money> AllowAsync(LocalLedger ledger, string site, decimal amount) =>
        (await ledger.Sites.AllowAsync(new AllowanceRequest
        {
            Account = "Ann", Site = site, Amount = Money.Of(amount),
        }, Stop)).Granted;
}
