using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Sites that several processes write at once, and that meet at any time.</summary>
public sealed class SiteLifeTests
{
    private static readonly string[] Sites = ["main", "north", "south"];
    private static readonly string[] Accounts = ["Ann", "Bob", "north:Zoe", "south:Max"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nobody_is_overdrawn_and_nothing_is_lost_or_decided_twice(int seed)
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        var random = new Random(seed);
        var decided = new Dictionary<string, (string From, string To, decimal Amount)>();
        for (var round = 0; round < 12; round++)
        {
            var work = new List<Task>();
            foreach (var site in Sites)
            {
                for (var writer = 0; writer < 2; writer++)
                {
                    work.Add(LiveAsync(files, site, $"{round}-{writer}",
                        new Random(random.Next()), decided));
                }
            }
            if (random.Next(2) == 0)
                work.Add(files.SyncAsync(random.Next(3) == 0 ? "north" : "main", "south"));
            else
                work.Add(files.SyncAsync("main", "north"));
            await Task.WhenAll(work);
        }
        await files.SyncAllAsync("north", "south");
        await files.SyncAllAsync("north", "south");

        var expected = Accounts.ToDictionary(account => account, _ => 0m);
        expected["Ann"] = 100;
        foreach (var (from, to, amount) in decided.Values)
        {
            if (from != "@world") expected[from] -= amount;
            expected[to] += amount;
        }
        Assert.NotEmpty(decided);
        foreach (var site in Sites)
        {
            foreach (var account in Accounts)
            {
                var (balance, here) = await files.BalanceAsync(site, account);
                Assert.Equal(expected[account], balance);
                Assert.InRange(here, 0, balance);
            }
            Assert.Empty((await files.VerifyAsync(site)).Faults);
        }
        foreach (var account in Accounts)
        {
            var parts = 0m;
            foreach (var site in Sites) parts += (await files.BalanceAsync(site, account)).Here;
            Assert.InRange(parts, 0, expected[account]);
        }
    }

    private static async Task LiveAsync(SiteFiles files, string site, string name, Random random,
        Dictionary<string, (string From, string To, decimal Amount)> decided)
    {
        await using var ledger = await files.OpenAsync(site);
        for (var i = 0; i < 8; i++)
        {
            var from = random.Next(4) == 0 ? "@world" : Accounts[random.Next(Accounts.Length)];
            var to = Accounts[random.Next(Accounts.Length)];
            if (from == to) continue;
            decimal amount = random.Next(1, 30);
            var id = $"{name}-{i}-{site}" + (site == "main" ? "" : $"@{site}");
            try
            {
                await ledger.TransferAsync(from, to, Money.Of(amount), id, Stop);
                lock (decided) decided.Add(id, (from, to, amount));
            }
            catch (RejectedException e) when (e.Refusal
                is RefusalCode.InsufficientFunds or RefusalCode.InsufficientHere)
            {
                Assert.Equal(e.Refusal == RefusalCode.InsufficientHere, e.Block == 0);
            }
        }
    }
}
