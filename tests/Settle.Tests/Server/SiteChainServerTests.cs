using System.Net;
using System.Text;
using Settle.Tests.Sites;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A server hands out all chains that it has, and takes others' blocks, which it checks.</summary>
public sealed class SiteChainServerTests
{
    private const string Chains = "v1/ledgers/main/sites";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_server_hands_out_every_chain_that_it_has_as_it_is_stored()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await files.PayAsync("south", "@world", "Bob", 5);
        await files.SyncAllAsync("north", "south");
        await using var server = await ServeAsync(files, "north");
        await using var south = await files.OpenAsync("south");
        using var client = HttpLedger.Open($"{server.Http.BaseAddress}north");

        var tips = await client.Sites.ReadTipsAsync(Stop);
        var own = await south.ReadBlocksAsync(1, 1000, Stop);
        var read = new List<Block>();
        while (await client.Sites.ReadBlocksAsync("south", read.Count + 1, 1, Stop)
            is { Count: > 0 } page)
            read.AddRange(page);

        Assert.Equal("north", tips.Site);
        Assert.Equal(["main", "north", "south"], tips.Items.Select(tip => tip.Site).Order());
        Assert.Equal(read.Count, tips.Items.Single(tip => tip.Site == "south").Height);
        Assert.True(read.Count > 1);
        foreach (var (block, same) in read.Zip(own))
        {
            Assert.Equal(same.Height, block.Height);
            Assert.Equal(same.Body.ToArray(), block.Body.ToArray());
        }
        var sites = await server.GetAsync("v1/ledgers/north/sites");
        Assert.Equal(["main", "north", "south"], sites.GetProperty("items").EnumerateArray()
            .Select(site => site.GetProperty("name").GetString()));
        var nobody = await server.Http.GetAsync("v1/ledgers/north/sites/nobody/blocks", Stop);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task A_ledger_that_nobody_has_joined_has_its_own_chain_and_no_sites()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PutAsync("v1/ledgers/bank", """{"asset":"EUR"}""");
        Assert.Equal(0, (await server.GetAsync("v1/ledgers/bank/sites"))
            .GetProperty("items").GetArrayLength());
        Assert.Equal("main", (await server.GetAsync("v1/ledgers/bank/sites/tips"))
            .GetProperty("items")[0].GetProperty("site").GetString());
        Assert.Equal(1, (await server.GetAsync("v1/ledgers/bank/sites/main/blocks"))
            .GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("gap", 400, "invalid_request", "would leave a gap")]
    [InlineData("ledger", 409, "chains_differ", "another ledger")]
    [InlineData("hash", 400, "invalid_request", "has the hash")]
    [InlineData("site", 400, "invalid_request", "not one that a site writes")]
    [InlineData("unknown", 400, "invalid_request", "was not added")]
    [InlineData("order", 400, "invalid_request", "in the order of their heights")]
    [InlineData("not json", 400, "invalid_request", "must be a JSON object")]
    [InlineData("no blocks", 400, "invalid_request", "is missing")]
    public async Task Nonsense_is_refused_and_nothing_of_it_is_kept(
        string what, int status, string code, string why)
    {
        using var files = await SiteFiles.MakeAsync("north");
        for (var i = 0; i < 3; i++) await files.PayAsync("north", "@world", "Bob", 5);
        await using var server = await ServeAsync(files, "main");
        await using var north = await files.OpenAsync("north");
        var blocks = (await north.ReadBlocksAsync(1, 1000, Stop))
            .Select(block => Encoding.UTF8.GetString(block.Body.Span)).ToList();
        var tips = await server.GetAsync(Chains + "/tips");
        var here = (int)tips.GetProperty("items").EnumerateArray()
            .Single(tip => tip.GetProperty("site").GetString() == "north")
            .GetProperty("height").GetInt64();
        var ledger = tips.GetProperty("ledger").GetString();
        Assert.True(blocks.Count > here + 1);

        var (site, body) = what switch
        {
            "gap" => ("north", Body(ledger, blocks[here + 1])),
            "ledger" => ("north", Body(new string('0', 64), blocks[here])),
            "hash" => ("north", Body(ledger, blocks[here].Replace("\"amount\":5", "\"amount\":6"))),
            "site" => ("main", Body(ledger, blocks[here])),
            "unknown" => ("east", Body(ledger, blocks[here].Replace("north", "east"))),
            "order" => ("north", Body(ledger, blocks[here], blocks[0])),
            "not json" => ("north", "[]"),
            _ => ("north", $$"""{"ledger":"{{ledger}}"}"""),
        };
        var answer = await server.PostAsync($"{Chains}/{site}/blocks", body);

        var problem = await RunningServer.BodyAsync(answer);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(tips.GetRawText(), (await server.GetAsync(Chains + "/tips")).GetRawText());
        // What a site writes is taken all the same, and once.
        var good = Body(ledger, [.. blocks.Skip(here)]);
        foreach (var count in (int[])[blocks.Count - here, 0])
        {
            Assert.Equal(count, (await RunningServer.BodyAsync(
                await server.PostAsync($"{Chains}/north/blocks", good)))
                .GetProperty("taken").GetInt32());
        }
        Assert.Equal(1500, (await server.GetAsync("v1/ledgers/main/accounts/Bob"))
            .GetProperty("balances")[0].GetProperty("balance").GetInt64());
    }

    [Fact]
    public async Task Two_blocks_at_one_height_are_kept_and_recorded_as_a_fork()
    {
        using var files = await SiteFiles.MakeAsync("north");
        files.Copy("north", "clone");
        await files.PayAsync("north", "@world", "Bob", 5, "t1@north");
        await files.PayAsync("clone", "@world", "Bob", 6, "t2@north");
        await using var server = await ServeAsync(files, "main");
        using var client = HttpLedger.Open($"{server.Http.BaseAddress}main");
        foreach (var file in (string[])["north", "clone"])
        {
            await using var site = await files.OpenAsync(file);
            await client.Sites.GiveBlocksAsync(new SiteBlocks
            {
                Ledger = (await client.Sites.ReadTipsAsync(Stop)).Ledger!, Site = "north",
                Blocks = await site.ReadBlocksAsync(1, 1000, Stop),
            }, Stop);
        }

        var north = (await client.Sites.ListAsync(Stop)).Single(site => site.Name == "north");
        Assert.Equal("forked", north.State);
        var last = await client.Sites.ReadBlocksAsync("north", north.Height, 1, Stop);
        Assert.Equal(2, last.Count);
        Assert.Equal(last[0].Height, last[1].Height);
    }

    [Fact]
    public async Task Sites_are_looked_after_through_a_server_as_in_a_file()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await using var server = await ServeAsync(files, "main");
        using var client = HttpLedger.Open($"{server.Http.BaseAddress}main");
        var sites = client.Sites;

        var west = await sites.AddAsync(
            new SiteRequest { Id = "add-1", Name = "west", Url = "http://west:7171/west" }, Stop);
        var again = await sites.AddAsync(
            new SiteRequest { Id = "add-1", Name = "west", Url = "http://west:7171/west" }, Stop);
        Assert.Equal(("not joined", "http://west:7171/west"), (west.State, again.Url));
        Assert.Equal(RefusalCode.SiteExists, (await Assert.ThrowsAsync<RejectedException>(
            () => sites.AddAsync(new SiteRequest { Name = "west" }, Stop))).Refusal);
        var allowance = await sites.AllowAsync(new AllowanceRequest
        {
            Account = "Ann", Site = "north", Amount = Money.Of(50),
        }, Stop);
        Assert.Equal((50m, "EUR"), (allowance.Granted.Value, allowance.Asset));
        Assert.Equal("suspended", (await sites.SuspendAsync("south", cancellationToken: Stop)).State);
        await sites.SuspendAsync("west", cancellationToken: Stop);
        Assert.Equal(RefusalCode.NotConfirmed, (await Assert.ThrowsAsync<RejectedException>(
            () => sites.EndAsync("south", cancellationToken: Stop))).Refusal);
        await SiteSync.RunAsync(files["north"], $"{server.Http.BaseAddress}main",
            new LedgerOptions(), null, Stop);
        Assert.Equal("ended", (await sites.EndAsync("south", cancellationToken: Stop)).State);
        Assert.Empty(await sites.ListOrphansAsync(Stop));
        Assert.Equal(RefusalCode.FounderStays, (await Assert.ThrowsAsync<RejectedException>(
            () => sites.RetireAsync(cancellationToken: Stop))).Refusal);
    }

    [Fact]
    public async Task A_site_joins_and_syncs_over_a_server()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await ServeAsync(files, "main");
        var address = $"{server.Http.BaseAddress}main";
        using var client = HttpLedger.Open(address);
        await client.Sites.AddAsync(new SiteRequest { Name = "south" }, Stop);

        await Assert.ThrowsAsync<InvalidRequestException>(() => SiteJoin.RunAsync(
            files["new"], "north", address, new LedgerOptions(), null, Stop));
        await SiteJoin.RunAsync(
            files["south"], "south", address, new LedgerOptions(), null, Stop);
        await files.PayAsync("south", "@world", "Bob", 5, "t1@south");
        var report = await SiteSync.RunAsync(
            files["south"], address, new LedgerOptions(), null, Stop);

        Assert.Equal(("south", "main"), (report.From, report.To));
        Assert.True(report.Sent >= 2);
        Assert.Equal(5,
            (await client.GetAccountAsync("Bob", default, Stop))!.Balances[0].Balance.Value);
        Assert.Equal(0, (await SiteSync.RunAsync(
            files["south"], address, new LedgerOptions(), null, Stop)).Sent);
        Assert.Empty((await files.VerifyAsync("south")).Faults);
    }

    [Fact]
    public async Task A_batch_that_was_merged_says_of_each_transfer_where_its_money_is()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await ServeAsync(files, "north");
        using var client = HttpLedger.Open($"{server.Http.BaseAddress}north");
        await client.GetInfoAsync(Stop);

        var here = Enumerable.Range(0, 20).Select(i => Assert.ThrowsAsync<InsufficientHereException>(
            () => client.TransferAsync("Ann", "Bob", Money.Of(9), $"t{i}@north", Stop)));
        var elsewhere = Enumerable.Range(0, 20).Select(i => Assert.ThrowsAsync<NotHereException>(
            () => client.TransferAsync("@world", "Bob", Money.Of(9), $"t{i}", Stop)));

        Assert.All(await Task.WhenAll(here), e => Assert.Equal(100, e.Shortfall!.Total.Amount.Value));
        Assert.All(await Task.WhenAll(elsewhere), e => Assert.Equal("main", e.Site));
    }

    [Theory]
    [InlineData("Prefer", "wait=1", 409, "wait=1")]
    [InlineData("Prefer", "respond-async, wait=1", 409, "wait=1")]
    [InlineData("Prefer", "respond-async", 409, null)]
    [InlineData("Prefer", "wait=soon", 400, null)]
    [InlineData("Prefer", "wait=61", 400, null)]
    public async Task A_request_says_how_long_it_waits(
        string header, string value, int status, string? applied)
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await ServeAsync(files, "north");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/ledgers/north/transfers")
        {
            Content = new StringContent(
                """{"id":"t1@north","from":"Ann","to":"Bob","amount":500}""", Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Add(header, value);

        var answer = await server.Http.SendAsync(request, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(applied, answer.Headers.TryGetValues("Preference-Applied", out var values)
            ? Assert.Single(values) : null);
    }

    private static Task<RunningServer> ServeAsync(SiteFiles files, string site) =>
        RunningServer.StartAsync(options => options with { Ledgers = [files[site]] });

    private static string Body(string? ledger, params string[] blocks) =>
        $$"""{"ledger":"{{ledger}}","giver":"north","blocks":[{{string.Join(',', blocks)}}]}""";
}
