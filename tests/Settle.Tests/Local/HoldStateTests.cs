using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>What readers hear of a hold: what the chain says, and what the clock makes of it.</summary>
public sealed class HoldStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_hold_is_open_captured_voided_or_expired_as_the_chain_and_the_clock_say(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed, 400);
        var holds = lived.Past.Entries.Where(entry => entry.Type == "hold").ToList();
        var seen = new HashSet<string?>();
        foreach (var later in (int[])[0, 1, 60, 4000])
        {
            lived.Clock.Now += TimeSpan.FromSeconds(later);
            foreach (var hold in holds)
            {
                var told = (await lived.Ledger.GetHoldAsync(hold.Id))!;
                Assert.Equal(lived.Past.HoldState(hold, lived.Clock.Now), Word(told.State));
                Assert.Equal((hold.Text("status"), hold.Text("reason"), hold.Expires, hold.Height),
                    (Words<EntryStatus>.Of(told.Status), told.Reason?.Text(), told.Expires, told.Block));
                seen.Add(Word(told.State));
            }
        }
        Assert.Equal(["", "captured", "expired", "open", "voided"], seen.Select(state => state ?? "").Order());
    }

    [Fact]
    public async Task What_is_no_hold_is_not_found_as_one()
    {
        await using var lived = await LivedLedger.LiveAsync(3, 60);
        foreach (var entry in lived.Past.Entries.Where(entry => entry.Type != "hold"))
            Assert.Null(await lived.Ledger.GetHoldAsync(entry.Id));
        Assert.Null(await lived.Ledger.GetHoldAsync("nothing"));
    }

    [Fact]
    public async Task Money_of_holds_that_expired_while_nothing_happened_is_free_wherever_it_is_told()
    {
        var clock = new ManualClock();
        await using var ledger = await MemoryLedger.OpenAsync(clock: clock);
        for (var i = 0; i < 9; i++)
        {
            var account = $"account {i % 3}";
            await ledger.TransferAsync(
                new TransferRequest { From = "@world", To = account, Amount = Minor(10) });
            await ledger.HoldAsync(new HoldRequest
                { From = account, To = "Shop", Amount = Minor(i + 1), ExpiresIn = i < 6 ? TimeSpan.FromSeconds(60) : null });
        }
        clock.Now += TimeSpan.FromHours(1);
        var balances = await ledger.ListBalancesAsync();
        var accounts = (await ledger.ListAccountsAsync(new PageQuery())).Items;
        for (var i = 0; i < 3; i++)
        {
            var name = $"account {i}";
            Assert.Equal(30 - (i + 7), balances.Single(each => each.Account == name).Available.Units);
            Assert.Equal(30 - (i + 7),
                accounts.Single(each => each.Name == name).Balances[0].Available.Units);
            Assert.Equal(30 - (i + 7), (await ledger.GetAccountAsync(name))!.Balances[0].Available.Units);
        }
    }

    private static string? Word(HoldState? state) => state is { } known ? Words<HoldState>.Of(known) : null;
}
