using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>
/// Three servers on the files of three sites, with clients at each; they are killed, and so are the
/// processes that sync them, and now and then nobody syncs at all.
/// </summary>
public sealed class KilledSiteTests
{
    private const int ClientsPerSite = 3;
    private const int Rounds = 3;
    private const int PaymentsPerRound = 10;

    private static readonly string[] Sites = ["main", "north", "south"];
    private static readonly string[] Accounts = ["Ann", "Bob", "north:Zoe", "south:Max"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_is_there_once_and_nobody_is_overdrawn()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        var random = new Random(7);
        var acknowledged = new Dictionary<string, (string From, string To, int Amount)>();
        for (var round = 0; round < Rounds; round++)
        {
            var work = new List<Task>();
            foreach (var site in Sites)
            {
                work.Add(ServeAndKillAsync(files, site, round, new Random(random.Next()),
                    acknowledged));
            }
            // In one round of three the network is cut.
            if (round % 3 != 2) work.Add(SyncAndKillAsync(files, new Random(random.Next())));
            await Task.WhenAll(work);
        }
        await files.SyncAllAsync("north", "south");
        await files.SyncAllAsync("north", "south");

        Assert.NotEmpty(acknowledged);
        foreach (var site in Sites)
        {
            Assert.Empty((await files.VerifyAsync(site)).Faults);
            await using var ledger = await files.OpenAsync(site);
            foreach (var account in Accounts)
            {
                var found = await ledger.GetAccountAsync(account, default, Stop);
                if (found is null) continue;
                Assert.InRange(found.Balances[0].Balance.Value, 0, decimal.MaxValue);
                Assert.InRange(found.Balances[0].Here!.Value.Amount.Value, 0,
                    found.Balances[0].Balance.Value);
            }
            // Each is decided once in the world: whoever is asked again gives the same verdict.
            foreach (var (id, (from, to, amount)) in acknowledged)
            {
                var again = await ledger.TransferAsync(from, to, Money.Of(amount), id, Stop);
                Assert.True(again.Replayed, $"{id} at {site}");
            }
        }
    }

    private static async Task ServeAndKillAsync(SiteFiles files, string site, int round,
        Random random, Dictionary<string, (string From, string To, int Amount)> acknowledged)
    {
        var server = new SettleProcess(
            "serve", "--ledger", files[site], "--listen", "127.0.0.1:0");
        var address = (await server.WaitForLineAsync("http://")).Split("http://")[1].TrimEnd('/');
        var clients = Enumerable.Range(0, ClientsPerSite).Select(client => PayAsync(
            $"http://{address}/{site}", site, $"{round}-{client}", new Random(random.Next()),
            acknowledged)).ToArray();
        // Killed while some are under way; the others have no answer.
        await clients[random.Next(ClientsPerSite)];
        await server.EndAsync("KILL");
        await Task.WhenAll(clients);
    }

    private static async Task PayAsync(string address, string site, string name, Random random,
        Dictionary<string, (string From, string To, int Amount)> acknowledged)
    {
        await using var client = HttpLedger.Open(address, new HttpLedgerOptions
        {
            Deadline = TimeSpan.FromSeconds(3),
        });
        for (var i = 0; i < PaymentsPerRound; i++)
        {
            var from = random.Next(3) == 0 ? "@world" : Accounts[random.Next(Accounts.Length)];
            var to = Accounts[random.Next(Accounts.Length)];
            var (amount, id) = (random.Next(1, 20),
                $"{name}-{i}-{site}" + (site == "main" ? "" : $"@{site}"));
            if (from == to) continue;
            try
            {
                await client.TransferAsync(from, to, Money.Of(amount), id, Stop);
                lock (acknowledged) acknowledged.Add(id, (from, to, amount));
            }
            catch (RejectedException)
            {
                // There was too little, here or in all.
            }
            catch (Exception e) when (e is StoreUnavailableException or OutcomeUnknownException)
            {
                return; // Its server was killed.
            }
        }
    }

    private static async Task SyncAndKillAsync(SiteFiles files, Random random)
    {
        for (var i = 0; i < 4; i++)
        {
            await using var sync = new SettleProcess(
                "sync", files["main"], files[i % 2 == 0 ? "north" : "south"]);
            if (random.Next(2) == 0) await sync.EndAsync("KILL");
            else await sync.EndAsync();
        }
    }
}
