using Settle.Local;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Lists about sites: what they cost, and that their pages are the whole.</summary>
public sealed class SiteListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_of_many_accounts_are_summed_in_slices()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await files.PayAsync("north", "@world", "Bob", 3);
        await files.SyncAsync("main", "north");
        await using var main = await files.OpenAsync("main");
        await FillAsync(main, 3000);
        main.Reader.Work.Clear();
        var sites = await main.Sites.ListAsync(Stop);
        Assert.Equal(["main 3100.00 EUR", "north 3.00 EUR"], sites.Select(Shown));
        Assert.InRange(main.Reader.Work.Rows, 3000, 3100);
        Assert.InRange(main.Reader.Work.RowsInSliceMax, 1, 512);

        main.Reader.Work.Clear();
        var added = await main.Sites.AddAsync(new SiteRequest { Name = "south" }, Stop);
        var suspended = await main.Sites.SuspendAsync("north", cancellationToken: Stop);
        Assert.Equal(["south ", "north 3.00 EUR"], [Shown(added), Shown(suspended)]);
        Assert.InRange(main.Reader.Work.Rows, 1, 100);
    }

    [Fact]
    public async Task A_retiring_site_says_what_it_has_and_sums_in_slices()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var north = await files.OpenAsync("north");
        await north.TransferBatchAsync(Enumerable.Range(0, 1500).Select(i => new TransferRequest
            { Id = $"t-{i}@north", From = "@world", To = $"a{i}", Amount = Money.Of(1) }).ToArray(), Stop);
        north.Reader.Work.Clear();
        Assert.Equal("north 1500.00 EUR", Shown(await north.Sites.RetireAsync(cancellationToken: Stop)));
        Assert.InRange(north.Reader.Work.RowsInSliceMax, 1, 512);
    }

    [Fact]
    public async Task Allowances_come_in_pages_and_the_list_of_sites_has_the_first_of_them()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await using var main = await files.OpenAsync("main");
        await FillAsync(main, 130);
        for (var i = 0; i < 130; i++)
        {
            await AllowAsync(main, $"a{i}", "north");
            if (i % 10 == 0) await AllowAsync(main, $"a{i}", "south");
        }
        var sites = await main.Sites.ListAsync(Stop);
        Assert.Equal([("main", 0, 0L), ("north", 100, 130L), ("south", 13, 13L)], sites.Select(site =>
            (site.Name, site.Allowances.Count, site.AllowanceCount)));
        string[] names = [.. Enumerable.Range(0, 130).Select(i => $"a{i}").Order(StringComparer.Ordinal)];
        Assert.Equal(names.Take(100), sites[1].Allowances.Select(kept => kept.Account));

        main.Reader.Work.Clear();
        Assert.Equal(names, await PagesAsync(main, "north", 29));
        Assert.InRange(main.Reader.Work.RowsInSliceMax, 0, 30);
        Assert.Equal(names.Where(name => name.EndsWith('0')), await PagesAsync(main, "south", 5));
        var ofNorth = await main.Sites.ListAllowancesAsync("north", new PageQuery { Limit = 5 }, Stop);
        Assert.Equal("after", (await Assert.ThrowsAsync<InvalidRequestException>(() => main.Sites.ListAllowancesAsync(
            "south", new PageQuery { After = ofNorth.Next }, Stop))).Field);
        await Assert.ThrowsAsync<NotFoundException>(
            () => main.Sites.ListAllowancesAsync("west", new PageQuery(), Stop));
        // What the last page ended with may be gone by the next.
        await AllowAsync(main, ofNorth.Items[^1].Account, "north", 0);
        Assert.Equal(names[5], (await main.Sites.ListAllowancesAsync(
            "north", new PageQuery { Limit = 1, After = ofNorth.Next }, Stop)).Items.Single().Account);
        Assert.Equal(129, (await main.Sites.ListAsync(Stop))[1].AllowanceCount);
    }

    [Fact]
    public async Task A_ledger_with_one_site_has_no_allowances_and_no_orphans()
    {
        await using var ledger = Ledger.InMemory();
        await Assert.ThrowsAsync<NotFoundException>(
            () => ledger.Sites.ListAllowancesAsync("north", new PageQuery(), Stop));
        Assert.Empty((await ledger.Sites.ListOrphansAsync(new PageQuery(), Stop)).Items);
    }

    [Fact]
    public async Task Orphans_come_in_pages()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await files.PayAsync("north", "@world", "Bob", 30);
        await files.SyncAllAsync("north");
        await using (var north = await files.OpenAsync("north"))
        {
            await north.TransferBatchAsync(Enumerable.Range(0, 20).Select(i => new TransferRequest
                { Id = $"late-{i}@north", From = "Bob", To = "Shop", Amount = Money.Of(i == 3 ? 99 : 1) }).ToArray(), Stop);
        }
        await files.PayAsync("north", "Bob", "Shop", 5, "last@north");
        await using (var main = await files.OpenAsync("main"))
        {
            await main.Sites.SuspendAsync("north", cancellationToken: Stop);
            await main.Sites.EndAsync("north", cancellationToken: Stop);
        }
        await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync("main", "north"));
        string[] expected = [.. Enumerable.Range(0, 20).Where(i => i != 3).Select(i => $"late-{i}@north"), "last@north"];
        await using (var main = await files.OpenAsync("main"))
        {
            Assert.Equal(expected, await OrphansAsync(main, 7));
            Assert.Equal(expected, (await main.Sites.ListOrphansAsync(Stop)).Select(orphan => orphan.Id));
        }
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["main"]] });
        await using var client = HttpLedger.Open($"{server.Http.BaseAddress}main");
        Assert.Equal(expected, await OrphansAsync(client, 10));
        Assert.Equal(expected, (await client.Sites.ListOrphansAsync(Stop)).Select(orphan => orphan.Id));
    }

    [Fact]
    public async Task Allowances_come_in_pages_over_http()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using (var main = await files.OpenAsync("main"))
        {
            await FillAsync(main, 12);
            for (var i = 0; i < 12; i++) await AllowAsync(main, $"a{i}", "north");
        }
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["main"]] });
        await using var client = HttpLedger.Open($"{server.Http.BaseAddress}main");
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"a{i}").Order(StringComparer.Ordinal),
            await PagesAsync(client, "north", 5));
        Assert.Equal(12, (await client.Sites.ListAsync(Stop))[1].AllowanceCount);
        using var missing = await server.Http.GetAsync("v1/ledgers/main/sites/west/allowances", Stop);
        Assert.Equal(404, (int)missing.StatusCode);
    }

    private static string Shown(Site site) =>
        $"{site.Name} {string.Join(", ", site.Parts.Select(part => part.Amount))}";

    private static Task<Verdict[]> FillAsync(LocalLedger ledger, int accounts) => ledger.TransferBatchAsync(
        Enumerable.Range(0, accounts).Select(i => new TransferRequest
            { Id = $"t-{i}", From = "@world", To = $"a{i}", Amount = Money.Of(1) }).ToArray(), Stop);

    private static Task<Allowance> AllowAsync(LocalLedger ledger, string account, string site, int amount = 1) =>
        ledger.Sites.AllowAsync(new AllowanceRequest
            { Account = account, Site = site, Amount = Money.Of(amount), Standing = true }, Stop);

    private static async Task<List<string>> PagesAsync(ILedger ledger, string site, int limit)
    {
        var names = new List<string>();
        string? after = null;
        do
        {
            var page = await ledger.Sites.ListAllowancesAsync(
                site, new PageQuery { Limit = limit, After = after }, Stop);
            Assert.InRange(page.Items.Count, 1, limit);
            names.AddRange(page.Items.Select(kept => kept.Account));
            after = page.Next;
        }
        while (after is not null);
        return names;
    }

    private static async Task<List<string?>> OrphansAsync(ILedger ledger, int limit)
    {
        var ids = new List<string?>();
        string? after = null;
        do
        {
            var page = await ledger.Sites.ListOrphansAsync(
                new PageQuery { Limit = limit, After = after }, Stop);
            Assert.InRange(page.Items.Count, 0, limit);
            ids.AddRange(page.Items.Select(orphan => orphan.Id));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }
}
