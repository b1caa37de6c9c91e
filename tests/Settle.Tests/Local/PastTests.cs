using System.Globalization;
using Settle.Local;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>What a ledger says of a height or a time is what folding the chain up to there gives.</summary>
public sealed class PastTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Balances_as_of_any_height_are_the_fold_of_the_blocks_up_to_it(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed);
        var tip = (await lived.Ledger.GetInfoAsync()).Height;
        for (var height = 0L; height <= tip; height++)
        {
            var told = await lived.Ledger.ListBalancesAsync(AsOf.AtHeight(height));
            AssertSame($"height {height}", lived.Past.Balances(height), told);
        }
        foreach (var beyond in (long[])[tip + 1, 1L << 40, long.MaxValue])
        {
            var error = await Assert.ThrowsAsync<InvalidRequestException>(
                () => lived.Ledger.ListBalancesAsync(AsOf.AtHeight(beyond)));
            Assert.Equal(("at", $"there is no block {beyond}: the newest is {tip}"),
                (error.Field, error.Message.Split(": ", 2)[1]));
            await Assert.ThrowsAsync<InvalidRequestException>(
                () => lived.Ledger.GetAccountAsync("Alex", AsOf.AtHeight(beyond)));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Balances_as_of_any_time_are_the_fold_without_the_holds_that_had_expired(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed);
        lived.Outlive();
        var instants = lived.Past.Times.Concat(lived.Past.Expiries).Concat([lived.Clock.Now.AddSeconds(-7)]);
        foreach (var time in instants.SelectMany(at => (DateTimeOffset[])[at.AddMicroseconds(-1), at, at.AddSeconds(7)]))
        {
            var expected = lived.Past.Balances(lived.Past.HeightAt(time), time);
            AssertSame($"{time:O}", expected, await lived.Ledger.ListBalancesAsync(AsOf.AtTime(time)));
        }
        Assert.Empty(await lived.Ledger.ListBalancesAsync(AsOf.AtTime(DateTimeOffset.MinValue)));
    }

    [Fact]
    public async Task What_is_to_come_is_refused_but_not_the_day_that_it_is()
    {
        await using var lived = await LivedLedger.LiveAsync(4);
        var now = lived.Clock.Now;
        foreach (var future in (DateTimeOffset[])[DateTimeOffset.MaxValue, now.AddMinutes(6), now.AddYears(1)])
        {
            var error = await Assert.ThrowsAsync<InvalidRequestException>(
                () => lived.Ledger.ListBalancesAsync(AsOf.AtTime(future)));
            Assert.Equal("at", error.Field);
            Assert.Contains("is in the future", error.Message, StringComparison.Ordinal);
        }
        var newest = await lived.Ledger.ListBalancesAsync(AsOf.AtTime(now));
        var day = AsOf.Parse("at", now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        // Where somebody asks from, it may be tomorrow already; and no two clocks are the same.
        foreach (var moment in (AsOf[])[day, AsOf.AtTime(day.Time!.Value.AddDays(1)), AsOf.AtTime(now.AddMinutes(4))])
            Assert.Equal(newest, await lived.Ledger.ListBalancesAsync(moment));
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => lived.Ledger.ListBalancesAsync(AsOf.AtTime(day.Time.Value.AddDays(2))));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public async Task An_account_and_the_list_say_the_same_of_the_past(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed, 150);
        lived.Outlive();
        var moments = lived.Past.Times.Concat(lived.Past.Expiries).Select(AsOf.AtTime)
            .Concat(Enumerable.Range(0, 100).Select(height => AsOf.AtHeight(height)));
        foreach (var at in moments)
        {
            var listed = (await lived.Ledger.ListBalancesAsync(at)).Select(PlainFold.Line).ToList();
            var one = new List<string>();
            foreach (var name in RandomRequests.Accounts.Append("Payee").Order(StringComparer.Ordinal))
            {
                if (await lived.Ledger.GetAccountAsync(name, at) is not { } account) continue;
                one.AddRange(account.Balances.Select(balance =>
                    PlainFold.Line(name, balance.Asset, balance.Balance.Units, balance.Available.Units)));
            }
            Assert.Equal(listed, one);
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Balances_now_are_the_fold_of_all_blocks_by_the_clock(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed);
        foreach (var later in (int[])[0, 1, 30, 60, 3600])
        {
            lived.Clock.Now += TimeSpan.FromSeconds(later);
            AssertSame($"{later} seconds later", lived.Past.Balances(long.MaxValue, lived.Clock.Now),
                await lived.Ledger.ListBalancesAsync());
        }
    }

    [Fact]
    public async Task A_hold_is_free_from_its_expiry_on_though_no_block_came_to_say_so()
    {
        var clock = new ManualClock();
        await using var ledger = await MemoryLedger.OpenAsync(clock: clock);
        await ledger.TransferAsync(new TransferRequest { From = "@world", To = "Alex", Amount = Minor(100) });
        var hold = await ledger.HoldAsync(new HoldRequest { From = "Alex", To = "Shop", Amount = Minor(30), ExpiresIn = TimeSpan.FromSeconds(60) });
        await ledger.HoldAsync(new HoldRequest { From = "Alex", To = "Shop", Amount = Minor(5) });
        // Nothing happens for an hour; only then a block frees the money.
        clock.Now += TimeSpan.FromHours(1);
        var isBefore = true;
        while (true)
        {
            Assert.Equal(65, await AvailableAsync(ledger, AsOf.AtTime(hold.Expires!.Value.AddMicroseconds(-1))));
            Assert.Equal(95, await AvailableAsync(ledger, AsOf.AtTime(hold.Expires!.Value)));
            Assert.Equal(95, await AvailableAsync(ledger, AsOf.AtTime(clock.Now)));
            Assert.Equal(65, await AvailableAsync(ledger, AsOf.AtHeight(3)));
            if (!isBefore) break;
            isBefore = false;
            await ledger.TransferAsync(new TransferRequest { From = "@world", To = "Jane", Amount = Minor(1) });
        }
    }

    private static async Task<Int128> AvailableAsync(LocalLedger ledger, AsOf at)
    {
        var listed = (await ledger.ListBalancesAsync(at)).Single(balance => balance.Account == "Alex");
        Assert.Equal(listed.Available, (await ledger.GetAccountAsync("Alex", at))!.Balances.Single().Available);
        return listed.Available.Units;
    }

    private static void AssertSame(string when, List<string> expected, IReadOnlyList<Balance> told)
    {
        var lines = told.Select(PlainFold.Line).ToList();
        if (!expected.SequenceEqual(lines))
            Assert.Fail($"{when}:\n{string.Join('\n', expected)}\nbut it said\n{string.Join('\n', lines)}");
    }
}
