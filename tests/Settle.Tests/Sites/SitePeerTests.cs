using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Servers of a ledger's sites exchange by themselves.</summary>
public sealed class SitePeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_behind_a_router_pulls_and_pushes_and_gets_what_it_waits_for()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var main = await ServeAsync(files, "main");
        await using var north = await ServeAsync(files, "north", AddressOf(main, "main"));
        using var atNorth = ClientOf(north, "north");
        using var atMain = ClientOf(main, "main");

        var paid = await atNorth.TransferAsync(new TransferRequest
        {
            Id = "t1@north", From = "Ann", To = "Shop", Amount = Money.Of(30),
            Wait = TimeSpan.FromSeconds(60),
        }, Stop);
        var held = await atNorth.HoldAsync(new HoldRequest
        {
            From = "Ann", To = "Shop", Amount = Money.Of(20), Wait = TimeSpan.FromSeconds(60),
        }, Stop);
        var both = await atNorth.TransactAsync(new TransactionRequest
        {
            Wait = TimeSpan.FromSeconds(60),
            Postings = [new Posting { From = "Ann", To = "Till", Amount = Money.Of(5) }],
        }, Stop);

        Assert.Equal(EntryStatus.Successful, paid.Status);
        Assert.Equal(HoldState.Open, held.State);
        Assert.Equal(EntryStatus.Successful, both.Status);
        await UntilAsync(async () =>
            (await atMain.GetAccountAsync("Shop", default, Stop))?.Balances[0].Balance.Value == 30);
        Assert.Equal("t1@north",
            (await atMain.TransferAsync("Ann", "Shop", Money.Of(30), "t1@north", Stop)).Id);
        var peer = await PeerAsync(atNorth);
        Assert.Equal(("main", null), (peer.Site, peer.Error));
        Assert.Null((await atMain.Sites.ListAsync(Stop)).Single(site => site.IsOwn).Peers);
    }

    [Fact]
    public async Task One_bad_peer_is_named_and_harms_nobody()
    {
        using var files = await SiteFiles.MakeAsync("north");
        using var others = await SiteFiles.MakeAsync("north");
        await using var main = await ServeAsync(files, "main");
        await using var other = await ServeAsync(others, "main");
        await using var nonsense = NonsenseSite.Of(await LedgerOfAsync(main));
        await using var north = await ServeAsync(files, "north", AddressOf(other, "main"),
            "http://127.0.0.1:1/main", $"http://127.0.0.1:{nonsense.Port}/main",
            AddressOf(main, "main"), AddressOf(main, "nobody"));
        using var client = ClientOf(north, "north");
        using var atMain = ClientOf(main, "main");

        await client.TransferAsync("@world", "Bob", Money.Of(7), "t1@north", Stop);

        await UntilAsync(async () =>
            (await atMain.GetAccountAsync("Bob", default, Stop))?.Balances[0].Balance.Value == 7);
        IReadOnlyList<Peer> peers = [];
        await UntilAsync(async () =>
        {
            peers = (await client.Sites.ListAsync(Stop)).Single(site => site.IsOwn).Peers!;
            return peers.Count(peer => peer.Error is not null) == 4;
        });
        Assert.Contains("different ledgers", peers[0].Error, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", peers[1].Error, StringComparison.Ordinal);
        Assert.Null(peers[3].Error);
        Assert.Contains("nobody", peers[4].Error, StringComparison.Ordinal);
        Assert.Equal(4, (await north.GetAsync("/health/ready")).GetProperty("peers_away").GetInt32());
        var metrics = await north.Http.GetStringAsync("/metrics", Stop);
        Assert.Contains("settle_peer_up", metrics, StringComparison.Ordinal);
        Assert.Contains("settle_peer_silence", metrics, StringComparison.Ordinal);
        Assert.Empty((await files.VerifyAsync("north")).Faults);
    }

    [Fact]
    public async Task What_a_site_lost_it_has_again_before_it_writes_anything()
    {
        using var files = await SiteFiles.MakeAsync("north");
        files.Copy("north", "older");
        await using var main = await ServeAsync(files, "main");
        await using (var north = await ServeAsync(files, "north", AddressOf(main, "main")))
        {
            using var client = ClientOf(north, "north");
            await client.TransferAsync("@world", "Bob", Money.Of(7), "t1@north", Stop);
            using var atMain = ClientOf(main, "main");
            await UntilAsync(async () =>
                await atMain.GetAccountAsync("Bob", default, Stop) is not null);
        }
        files.Copy("older", "north");

        await using (var north = await ServeAsync(files, "north", AddressOf(main, "main")))
        {
            using var client = ClientOf(north, "north");
            var again = await client.TransferAsync("@world", "Bob", Money.Of(7), "t1@north", Stop);
            Assert.True(again.Replayed);
            Assert.Equal("active",
                (await client.Sites.ListAsync(Stop)).Single(site => site.IsOwn).State);
        }
    }

    [Fact]
    public async Task A_peer_that_comes_back_has_all_soon()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var cable = new CutProxy();
        await using var main = await ServeAsync(files, "main");
        cable.Target = main.Http.BaseAddress!.Port;
        await using var north = await ServeAsync(
            files, "north", $"http://127.0.0.1:{cable.Port}/main");
        using var client = ClientOf(north, "north");
        using var atMain = ClientOf(main, "main");
        cable.Cut();
        await client.TransferAsync("@world", "Bob", Money.Of(7), "t1@north", Stop);
        await UntilAsync(async () => await PeerAsync(client) is { Error: not null, Lag: > 0 });

        cable.Mend();

        await UntilAsync(async () => await PeerAsync(client) is { Error: null, Lag: 0 });
        Assert.Equal(7,
            (await atMain.GetAccountAsync("Bob", default, Stop))!.Balances[0].Balance.Value);
    }

    [Fact]
    public async Task A_peer_that_has_something_new_every_time_is_not_taken_for_one_that_is_away()
    {
        using var files = await SiteFiles.MakeAsync("north");
        var tips = await TipsOfSouthAsync(files, "");
        await using var busy = NonsenseSite.Of(tips, """{"taken":1}""");
        await using var north = await ServeAsync(
            files, "north", $"http://127.0.0.1:{busy.Port}/main");
        using var client = ClientOf(north, "north");

        await UntilAsync(async () => await PeerAsync(client) is { LastHeard: not null });

        Assert.Null((await PeerAsync(client)).Error);
    }

    [Theory]
    [InlineData("heights", 9223372036854775807)]
    [InlineData("sites", 1)]
    public async Task A_peer_that_was_out_of_its_mind_is_a_peer_again_once_it_is_well(
        string what, long height)
    {
        using var files = await SiteFiles.MakeAsync("north");
        var mad = await TipsOfSouthAsync(files, string.Join(',', Enumerable
            .Range(0, what == "sites" ? 2000 : 2)
            .Select(i => $$"""{"site":"s{{i}}","height":{{height}},"hash":"00"}""")));
        var (well, isWell) = (await TipsOfSouthAsync(files, ""), false);
        await using var peer = NonsenseSite.Of(
            () => Volatile.Read(ref isWell) ? well : mad,
            asked => asked.Method == "POST" ? """{"taken":0}""" : """{"items":[],"next":null}""");
        await using var north = await ServeAsync(
            files, "north", $"http://127.0.0.1:{peer.Port}/main");
        using var client = ClientOf(north, "north");
        await UntilAsync(async () => await PeerAsync(client) is { Error: not null });

        Volatile.Write(ref isWell, true);

        await UntilAsync(async () =>
            await PeerAsync(client) is { Error: null, LastHeard: not null });
    }

    [Fact]
    public async Task What_a_peer_says_is_shown_as_one_line_and_cut()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var peer = new ScriptedServer
        {
            Answer = _ => (400, $$"""
                {"type":"urn:x","title":"x","status":400,"code":"x",
                "detail":"\u001b[2Jgone\n{{new string('x', 100_000)}}"}
                """),
        };
        await using var north = await ServeAsync(
            files, "north", $"http://127.0.0.1:{peer.Port}/main");
        using var client = ClientOf(north, "north");

        await UntilAsync(async () => await PeerAsync(client) is { Error: not null });

        var error = (await PeerAsync(client)).Error!;
        Assert.Contains("[2Jgone x", error, StringComparison.Ordinal);
        Assert.DoesNotContain(error, char.IsControl);
        Assert.InRange(error.Length, 1, 500);
    }

    [Theory]
    [InlineData("ftp://office/main", "http://host:7171/bank")]
    [InlineData("office=http://office:7171/main", "there is no ledger 'office'")]
    public async Task A_peer_that_cannot_be_one_is_refused_before_anything_is_served(
        string peer, string why)
    {
        using var files = await SiteFiles.MakeAsync("north");
        var error = await Assert.ThrowsAsync<InvalidRequestException>(
            () => ServeAsync(files, "north", peer));
        Assert.Equal("peer", error.Field);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static Task<RunningServer> ServeAsync(
        SiteFiles files, string site, params string[] peers) =>
        RunningServer.StartAsync(
            options => options with { Ledgers = [files[site]], Peers = peers });

    private static string AddressOf(RunningServer server, string ledger) =>
        $"{server.Http.BaseAddress}{ledger}";

    private static HttpLedger ClientOf(RunningServer server, string ledger) =>
        HttpLedger.Open(AddressOf(server, ledger));

    private static async Task<string> LedgerOfAsync(RunningServer main)
    {
        using var client = ClientOf(main, "main");
        return (await client.Sites.ReadTipsAsync(Stop)).Ledger!;
    }

    private static async Task<string> TipsOfSouthAsync(SiteFiles files, string items)
    {
        await using var main = await files.OpenAsync("main");
        var ledger = (await main.Sites.ReadTipsAsync(Stop)).Ledger;
        return $$"""{"ledger":"{{ledger}}","site":"south","items":[{{items}}]}""";
    }

    private static async Task<Peer> PeerAsync(HttpLedger ledger) =>
        (await ledger.Sites.ListAsync(Stop)).Single(site => site.IsOwn).Peers!.Single();

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await isSo()) await Task.Delay(20, patience.Token);
    }
}
