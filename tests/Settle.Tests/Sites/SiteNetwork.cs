using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Servers of sites in processes of their own, and cables between them.</summary>
internal sealed class SiteNetwork : IAsyncDisposable
{
    private readonly SiteFiles _files;
    private readonly Dictionary<(string From, string To), CutProxy> _cables = [];
    private readonly Dictionary<string, SettleProcess> _servers = [];
    private readonly HashSet<CutProxy> _cut = [];

    // Clients find a server by the cable that leads to it, whatever its port is now.
    private readonly Dictionary<string, CutProxy> _doors = [];

    private SiteNetwork(SiteFiles files) => _files = files;

    /// <param name="files">The sites' files.</param>
    /// <param name="cables">Who calls whom.</param>
    public static async Task<SiteNetwork> StartAsync(
        SiteFiles files, params (string From, string To)[] cables)
    {
        var net = new SiteNetwork(files);
        foreach (var cable in cables) net._cables.Add(cable, new CutProxy());
        foreach (var site in cables.SelectMany(each => (string[])[each.From, each.To]).Distinct())
            net._doors.Add(site, new CutProxy());
        foreach (var site in net._doors.Keys) await net.ServeAsync(site);
        return net;
    }

    public HttpLedger ClientOf(string site) => HttpLedger.Open(
        $"http://127.0.0.1:{_doors[site].Port}/{site}",
        new HttpLedgerOptions { Deadline = TimeSpan.FromSeconds(10) });

    /// <summary>Kills a server, and starts it again.</summary>
    public async Task KillAsync(string site)
    {
        await _servers[site].EndAsync("KILL");
        await ServeAsync(site);
    }

    /// <summary>Cuts a cable, or mends one that was cut.</summary>
    public void Toggle(Random random)
    {
        var cable = _cables.Values.ElementAt(random.Next(_cables.Count));
        if (_cut.Remove(cable)) cable.Mend();
        else if (_cut.Add(cable)) cable.Cut();
    }

    public void MendAll()
    {
        foreach (var cable in _cut) cable.Mend();
        _cut.Clear();
    }

    /// <summary>Whether all have all blocks.</summary>
    public async Task<bool> AgreeAsync(CancellationToken stop)
    {
        var known = new HashSet<string>();
        foreach (var site in _doors.Keys)
        {
            using var client = ClientOf(site);
            var tips = await client.Sites.ReadTipsAsync(stop);
            known.Add(string.Join(", ", tips.Items.OrderBy(tip => tip.Site)));
        }
        return known.Count == 1;
    }

    /// <summary>The balances of all accounts but the world, as one server shows them.</summary>
    public async Task<SortedDictionary<string, decimal>> BalancesAsync(
        string site, CancellationToken stop)
    {
        using var client = ClientOf(site);
        var page = await client.ListBalancesAsync(new BalanceQuery { Limit = 1000 }, stop);
        return new SortedDictionary<string, decimal>(page.Items
            .Where(each => each.Account != "@world")
            .ToDictionary(each => each.Account, each => each.Amount.Value));
    }

    public async Task StopAsync()
    {
        foreach (var server in _servers.Values)
            Assert.Equal(0, await server.EndAsync("INT"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values) await server.DisposeAsync();
        foreach (var cable in _cables.Values.Concat(_doors.Values)) await cable.DisposeAsync();
    }

    private async Task ServeAsync(string site)
    {
        string[] peers = [.. _cables.Where(cable => cable.Key.From == site).SelectMany(cable =>
            (string[])["--peer", $"http://127.0.0.1:{cable.Value.Port}/{cable.Key.To}"])];
        var server = new SettleProcess(
            ["serve", "--ledger", _files[site], "--listen", "127.0.0.1:0", .. peers]);
        _servers[site] = server;
        var line = await server.WaitForLineAsync("http://");
        var port = new Uri("http://" + line.Split("http://")[1]).Port;
        foreach (var (cable, proxy) in _cables)
            if (cable.To == site) proxy.Target = port;
        _doors[site].Target = port;
    }
}
