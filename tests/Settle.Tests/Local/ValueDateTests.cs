using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>Balances and lists by the dates that entries have of their own.</summary>
public sealed class ValueDateTests
{
    private static readonly string[] Names = ["Alex", "Dave", "Jane", "@world"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Balances_on_a_day_are_the_sum_of_what_has_that_day_or_an_earlier_one(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        var (random, clock) = (new Random(seed), new ManualClock());
        var first = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        var booked = new List<(string From, string To, long Amount, DateOnly Day, long Height)>();
        await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock);
        foreach (var name in Names[..3])
            await ledger.PutAccountAsync(new AccountRequest { Account = name, Overdraft = Overdraft.Unlimited });
        for (var i = 0; i < 300; i++)
        {
            clock.Now += TimeSpan.FromHours(random.Next(12));
            var (from, to) = (Names[random.Next(4)], Names[random.Next(4)]);
            if (from == to) continue;
            var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
            DateOnly? day = random.Next(3) == 0 ? null : today.AddDays(random.Next(-30, 10));
            var made = await ledger.TransferAsync(new TransferRequest
            {
                From = from, To = to, Amount = Minor(1 + random.Next(100)),
                Timestamp = day is { } own ? new DateTimeOffset(own, new TimeOnly(23, 30), TimeSpan.FromHours(2)) : null,
            });
            booked.Add((from, to, (long)made.Amount.Units, day ?? today, made.Block));
        }
        for (var day = first.AddDays(-35); day < first.AddDays(100); day = day.AddDays(7))
        {
            var at = AsOf.OnDate(day);
            var listed = await BalancesAsync(ledger, new BalanceQuery { At = at, Limit = 2 });
            foreach (var name in Names)
            {
                var known = booked.Where(each => each.Day <= day && (each.From == name || each.To == name)).ToList();
                var sum = known.Sum(each => each.To == name ? each.Amount : -each.Amount);
                var account = await ledger.GetAccountAsync(name, at);
                Assert.Equal(sum, (long)(account?.Balances.SingleOrDefault()?.Balance.Units ?? 0));
                var balance = listed.SingleOrDefault(each => each.Account == name);
                Assert.Equal(sum, (long)(balance?.Amount.Units ?? 0));
                var half = booked[booked.Count / 2].Height;
                var early = await ledger.GetAccountAsync(name, AsOf.AtHeight(half) with { ValueDate = day });
                Assert.Equal(known.Where(each => each.Height <= half)
                    .Sum(each => each.To == name ? each.Amount : -each.Amount),
                    (long)(early?.Balances.SingleOrDefault()?.Balance.Units ?? 0));
                if (early is not null) Assert.Equal(half, early.Height);
                if (account is not null) Assert.Equal((await ledger.GetInfoAsync()).Height, account.Height);
                var entries = await EntriesAsync(ledger, name, day.AddDays(-9), day);
                Assert.Equal(known.Where(each => each.Day >= day.AddDays(-9)).Reverse()
                    .Select(each => (each.To == name ? each.Amount : -each.Amount, each.Day)),
                    entries.Select(each => ((long)each.Amount.Units, each.Date)));
                var transfers = await ledger.AllTransfersAsync(new TransferQuery
                    { Account = name, OnFrom = day.AddDays(-9), OnTo = day, Limit = 3 }).ToListAsync();
                Assert.Equal(entries.Select(each => each.Id), transfers.Select(each => each.Id));
            }
        }
    }

    [Fact]
    public async Task What_was_not_yet_on_a_day_is_left_out()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.TransferAsync(new TransferRequest
            { From = "@world", To = "Alex", Amount = Minor(5), Timestamp = Time("1993-06-30") });

        Assert.Null(await ledger.GetAccountAsync("Alex", AsOf.OnDate(new DateOnly(1993, 6, 29))));
        var on = await ledger.GetAccountAsync("Alex", AsOf.OnDate(new DateOnly(1993, 6, 30)));
        Assert.Equal(5, on!.Balances[0].Balance.Units);
        Assert.Empty((await ledger.ListBalancesAsync(
            new BalanceQuery { At = AsOf.OnDate(new DateOnly(1993, 6, 29)) })).Items);
    }

    private static async Task<List<Balance>> BalancesAsync(LocalLedger ledger, BalanceQuery query)
    {
        var balances = new List<Balance>();
        for (string? after = null; ;)
        {
            var page = await ledger.ListBalancesAsync(query with { After = after });
            balances.AddRange(page.Items);
            if ((after = page.Next) is null) return balances;
        }
    }

    private static async Task<List<AccountEntry>> EntriesAsync(
        LocalLedger ledger, string account, DateOnly from, DateOnly to)
    {
        var entries = new List<AccountEntry>();
        for (string? after = null; ;)
        {
            var page = await ledger.ListEntriesAsync(
                account, new EntryQuery { OnFrom = from, OnTo = to, Limit = 4, After = after });
            entries.AddRange(page.Items);
            if ((after = page.Next) is null) return entries;
        }
    }
}
