using System.Collections.Concurrent;
using Settle.Tests.Crash;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>
/// Three servers as processes of their own, on files, with cables between them that are cut and
/// mended; clients at each, and every server is killed now and then. With <c>SETTLE_LONG=1</c> it
/// takes 50 cuts and 100 kills.
/// </summary>
public sealed class SiteNetworkTests
{
    private static readonly bool IsLong = LongTests.Wanted;
    private static readonly int Cuts = IsLong ? 50 : 2;
    private static readonly int Kills = IsLong ? 100 : 3;
    private static readonly int ClientsPerSite = IsLong ? 8 : 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string[] Sites = ["main", "north", "south"];
    private static readonly string[] Accounts = ["Ann", "Bob", "north:Zoe", "south:Max"];

    private readonly ConcurrentDictionary<string, (string Site, string From, string To, int Amount)>
        _acknowledged = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_and_killed_sites_lose_nothing_overdraw_nobody_and_agree_soon_after()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await using var net = await SiteNetwork.StartAsync(
            files, ("north", "main"), ("south", "main"), ("north", "south"));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var random = new Random(11);
        var clients = Sites.SelectMany(site => Enumerable.Range(0, ClientsPerSite).Select(client =>
            PayAsync(net, site, client, new Random(random.Next()), over.Token))).ToList();
        var auditor = AuditAsync(net, over.Token);
        var paid = 0;
        for (var (cuts, kills) = (Cuts, Kills); cuts + kills > 0;)
        {
            // Between two of them some money moves.
            await UntilAsync(() => Task.FromResult(_acknowledged.Count > paid));
            paid = _acknowledged.Count;
            if (random.Next(cuts + kills) < cuts)
            {
                net.Toggle(random);
                cuts--;
            }
            else
            {
                await net.KillAsync(Sites[random.Next(Sites.Length)]);
                kills--;
            }
        }
        await over.CancelAsync();
        await Task.WhenAll([.. clients, auditor]);

        net.MendAll();
        await UntilAsync(() => net.AgreeAsync(Stop));
        await ReplayAsync(net);
        await UntilAsync(() => net.AgreeAsync(Stop));
        var balances = await net.BalancesAsync("main", Stop);
        Assert.Equal(balances, await net.BalancesAsync("north", Stop));
        Assert.Equal(balances, await net.BalancesAsync("south", Stop));
        Assert.All(balances, each => Assert.True(each.Value >= 0, each.ToString()));
        await net.StopAsync();
        Assert.NotEmpty(_acknowledged);
        foreach (var site in Sites) Assert.Empty((await files.VerifyAsync(site)).Faults);
    }

    // Each was decided once in the world: whoever is asked again gives the same verdict.
    private async Task ReplayAsync(SiteNetwork net)
    {
        foreach (var site in Sites)
        {
            using var client = net.ClientOf(site);
            foreach (var (id, (_, from, to, amount)) in _acknowledged)
            {
                var again = await client.TransferAsync(from, to, Money.Of(amount), id, Stop);
                Assert.True(again.Replayed, $"{id} at {site}");
            }
        }
    }

    // What one server shows is what some closed cut of all chains is.
    private static async Task AuditAsync(SiteNetwork net, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            foreach (var site in Sites)
            {
                try
                {
                    Assert.All(await net.BalancesAsync(site, over),
                        each => Assert.True(each.Value >= 0, $"{each} at {site}"));
                    await Task.Delay(50, over);
                }
                catch (Exception e) when (e is StoreUnavailableException
                    or OperationCanceledException)
                {
                    continue; // It was killed.
                }
            }
        }
    }

    private async Task PayAsync(SiteNetwork net, string site, int number, Random random,
        CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var from = random.Next(3) == 0 ? "@world" : Accounts[random.Next(Accounts.Length)];
            var to = Accounts[random.Next(Accounts.Length)];
            var (amount, id) = (random.Next(1, 20),
                $"{number}-{i}-{site}" + (site == "main" ? "" : $"@{site}"));
            if (from != to)
                await PayOneAsync(net, site, (site, from, to, amount), id, over);
        }
    }

    // The same id, until somebody says what became of it.
    private async Task PayOneAsync(SiteNetwork net, string site,
        (string Site, string From, string To, int Amount) what, string id, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var client = net.ClientOf(site);
            try
            {
                await client.TransferAsync(new TransferRequest
                {
                    Id = id, From = what.From, To = what.To, Amount = Money.Of(what.Amount),
                    Wait = TimeSpan.FromSeconds(1),
                }, over);
                _acknowledged[id] = what;
                return;
            }
            catch (RejectedException)
            {
                return; // There was too little, here or in all.
            }
            catch (Exception e) when (e is StoreUnavailableException or OutcomeUnknownException
                or OperationCanceledException)
            {
                continue; // Its server was killed, or it is over.
            }
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await isSo()) await Task.Delay(20, patience.Token);
    }
}
