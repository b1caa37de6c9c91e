using System.Text.Json;
using Settle.Stores.Memory;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>The list of open holds says what the chain and the clock say, however it is cut into pages.</summary>
public sealed class HoldListTests
{
    private static readonly string?[] Accounts = [null, "Alex", "Shop", "Payee", "@world", "nobody"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Exactly_the_holds_that_are_open_are_listed_in_the_order_in_which_they_end(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed, 400);
        var random = new Random(seed);
        var seen = 0;
        foreach (var later in (int[])[0, 1, 60, 4000])
        {
            lived.Clock.Now += TimeSpan.FromSeconds(later);
            for (var i = 0; i < 30; i++)
            {
                var query = new HoldQuery
                {
                    Account = Accounts[random.Next(Accounts.Length)],
                    EndsBefore = random.Next(2) == 0 ? null : lived.Clock.Now.AddSeconds(random.Next(-10, 5000)),
                    Limit = random.Next(1, 9),
                };
                var told = await Paged.HoldsAsync(lived.Ledger, query);
                Assert.Equal(Open(lived, query), told.Select(hold => hold.Id));
                Assert.All(told, hold => Assert.Equal(HoldState.Open, hold.State));
                seen += told.Count;
            }
        }
        Assert.True(seen > 0);
    }

    [Fact]
    public async Task A_listed_hold_is_what_reading_it_gives()
    {
        await using var lived = await LivedLedger.LiveAsync(3, 300);
        var holds = await Paged.HoldsAsync(lived.Ledger, new HoldQuery());
        Assert.NotEmpty(holds);
        foreach (var hold in holds)
            Assert.Equal(Text((await lived.Ledger.GetHoldAsync(hold.Id))!), Text(hold));
    }

    [Fact]
    public async Task A_ledger_that_is_opened_again_lists_the_same_holds()
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        var clock = new Rules.ManualClock();
        List<string> before;
        await using (var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock))
        {
            await new RandomLife(4, clock).LiveAsync(ledger, 300);
            before = [.. (await Paged.HoldsAsync(ledger, new HoldQuery())).Select(hold => hold.Id)];
        }
        await using var again = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock);
        Assert.NotEmpty(before);
        Assert.Equal(before, (await Paged.HoldsAsync(again, new HoldQuery())).Select(hold => hold.Id));
        var whose = (await Paged.HoldsAsync(again, new HoldQuery()))[0].From;
        Assert.NotEmpty(await Paged.HoldsAsync(again, new HoldQuery { Account = whose }));
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_though_holds_come_and_go()
    {
        await using var ledger = Ledger.InMemory();
        for (var i = 0; i < 20; i++)
            await ledger.HoldAsync(new HoldRequest { Id = $"h-{i}", From = "@world", To = "Shop", Amount = Money.Of(1) });
        var first = await ledger.ListHoldsAsync(new HoldQuery { Limit = 5 });
        await ledger.VoidAsync(new VoidRequest { Hold = "h-4" });
        await ledger.VoidAsync(new VoidRequest { Hold = "h-7" });
        await ledger.HoldAsync(new HoldRequest { Id = "new", From = "@world", To = "Shop", Amount = Money.Of(1) });
        var rest = await ledger.ListHoldsAsync(new HoldQuery { After = first.Next });
        Assert.Equal(["h-5", "h-6", "h-8"], rest.Items.Take(3).Select(hold => hold.Id));
        Assert.Equal("new", rest.Items[^1].Id);
    }

    [Fact]
    public async Task Another_filter_than_the_page_before_had_is_refused_by_name()
    {
        await using var ledger = Ledger.InMemory();
        for (var i = 0; i < 3; i++)
            await ledger.HoldAsync(new HoldRequest { From = "@world", To = "Shop", Amount = Money.Of(1) });
        var page = await ledger.ListHoldsAsync(new HoldQuery { Account = "Shop", Limit = 1 });
        var account = await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.ListHoldsAsync(new HoldQuery { Account = "@world", After = page.Next }));
        Assert.Equal("account", account.Field);
        var end = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.ListHoldsAsync(
            new HoldQuery { EndsBefore = DateTimeOffset.UnixEpoch, After = page.Next }));
        Assert.Equal("ends_before", end.Field);
    }

    private static string Text(Hold hold) => JsonSerializer.Serialize(hold, WireJson.Compact.Hold);

    private static IEnumerable<string> Open(LivedLedger lived, HoldQuery query) => lived.Past.Entries
        .Where(entry => entry.Type == "hold" && lived.Past.HoldState(entry, lived.Clock.Now) == "open"
            && (query.Account is null || entry.Text("from") == query.Account || entry.Text("to") == query.Account)
            && (query.EndsBefore is null || entry.Expires < query.EndsBefore))
        .OrderBy(entry => entry.Expires ?? DateTimeOffset.MaxValue).Select(entry => entry.Id);
}
