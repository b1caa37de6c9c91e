using System.Text;
using System.Text.Json;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>What one of several sites shows, and when.</summary>
public sealed class SiteReadingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_exports_of_all_sites_together_are_the_ledger_and_each_says_whose_it_is()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using (var main = await files.OpenAsync("main"))
        {
            await main.Sites.AllowAsync(new AllowanceRequest
            {
                Account = "Ann", Site = "north", Amount = Money.Of(50),
            }, Stop);
        }
        await files.SyncAsync("main", "north");
        await files.PayAsync("north", "Ann", "Shop", 30);
        await files.PayAsync("main", "Ann", "Shop", 5);
        await files.SyncAllAsync("north");
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var site in (string[])["main", "north"])
        {
            await using var ledger = await files.OpenAsync(site);
            using var file = new MemoryStream();
            await LedgerExport.HledgerAsync(ledger, file, cancellationToken: Stop);
            var text = Encoding.UTF8.GetString(file.ToArray());
            Assert.Contains($" of site {site} alone, hash ", text, StringComparison.Ordinal);
            foreach (var line in text.Split('\n').Where(line => line.EndsWith(" EUR", StringComparison.Ordinal)
                && line.StartsWith("    ", StringComparison.Ordinal)))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                sums[words[0]] = sums.GetValueOrDefault(words[0])
                    + decimal.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
            }
            var entries = await ledger.ListEntriesAsync("Ann", new EntryQuery(), Stop);
            Assert.Equal(site == "main" ? 45 : 20, entries.Items[0].Balance.Value);
        }
        Assert.Equal([new("@world", -100), new("Ann", 65), new("Shop", 35)], sums);
    }

    [Theory]
    [InlineData("at")]
    [InlineData("on")]
    public async Task A_moment_of_the_past_is_refused_at_one_of_several_sites(string field)
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var ledger = await files.OpenAsync("main");
        var at = field == "at" ? AsOf.AtHeight((await ledger.GetInfoAsync(Stop)).Height)
            : AsOf.OnDate(new DateOnly(2026, 11, 30));
        Assert.Equal(field, (await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.GetAccountAsync("Ann", at, Stop))).Field);
        Assert.Equal(field, (await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.ListBalancesAsync(new BalanceQuery { At = at }, Stop))).Field);
    }

    [Fact]
    public async Task Terms_of_one_account_in_one_block_are_decided_in_its_order_and_each_answer_has_its_own()
    {
        using var files = await SiteFiles.MakeAsync("north");
        var answers = new Dictionary<string, Account>();
        await using (var main = await files.OpenAsync("main"))
        {
            var asked = Enumerable.Range(0, 40).Select(i => main.PutAccountAsync(new AccountRequest
            {
                Id = $"terms-{i}", Account = "Ann",
                Overdraft = i % 2 == 0 ? Overdraft.Of(Money.Of(i + 1)) : null,
                Ceiling = i % 2 == 1 ? Ceiling.Of(Money.Of(200 + i)) : null,
            }, Stop)).ToList();
            for (var i = 0; i < asked.Count; i++) answers.Add($"terms-{i}", await asked[i]);
            var (overdraft, ceiling, together) = (0L, (long?)null, 0);
            foreach (var block in await main.Sites.ReadBlocksAsync("main", 1, 1000, Stop))
            {
                using var json = JsonDocument.Parse(block.Body);
                var terms = json.RootElement.GetProperty("entries").EnumerateArray()
                    .Where(entry => entry.GetProperty("type").GetString() == "account").ToList();
                together = int.Max(together, terms.Count);
                foreach (var entry in terms)
                {
                    if (entry.TryGetProperty("overdraft", out var low)) overdraft = low.GetInt64();
                    if (entry.TryGetProperty("ceiling", out var high)) ceiling = high.GetInt64();
                    var told = answers[entry.GetProperty("id").GetString()!].Balances[0];
                    Assert.Equal((overdraft, 10000 + overdraft, ceiling), (
                        (long)(told.Overdraft.Limit.Value * 100),
                        (long)(told.Spendable.Amount.Value * 100),
                        (long?)(told.Ceiling?.Limit.Value * 100)));
                }
            }
            Assert.True(together > 1, "no block had two of them");
        }
        await files.SyncAsync("main", "north");
        await using var north = await files.OpenAsync("north");
        await using var again = await files.OpenAsync("main");
        var (here, there) = ((await north.GetAccountAsync("Ann", default, Stop))!.Balances[0],
            (await again.GetAccountAsync("Ann", default, Stop))!.Balances[0]);
        Assert.Equal((there.Overdraft, there.Ceiling, there.Balance),
            (here.Overdraft, here.Ceiling, here.Balance));
    }
}
