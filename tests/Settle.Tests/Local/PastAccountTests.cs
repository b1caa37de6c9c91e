using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Invoicing;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>What a ledger says of a moment is what a ledger that ended at that moment said then.</summary>
public sealed class PastAccountTests
{
    private static readonly string[] Names = [.. RandomRequests.Accounts, "Payee", "nobody", "receivable:c0",
        "revenue", "vat:19", "Prepaid"];

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    public async Task Every_moment_of_a_random_past_is_as_it_was_then(int seed, bool isOnDisk)
    {
        await using var lived = await LivedLedger.LiveAsync(seed, 150);
        await using var inMemory = await MemoryLedger.OpenAsync(lived.Store, lived.Clock);
        lived.Outlive();
        await AssertAsItWasAsync(isOnDisk ? lived.Ledger : inMemory, lived.Store, lived.Past);
    }

    [Fact]
    public async Task Every_moment_is_as_it_was_after_opening_the_ledger_again()
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        var clock = new ManualClock();
        var life = new RandomLife(5, clock);
        for (var part = 0; part < 4; part++)
        {
            await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), 32, clock);
            await life.LiveAsync(ledger, 40);
        }
        await using var opened = await MemoryLedger.OpenAsync(store, directory.File("index"), 32, clock);
        var past = await PlainFold.OfAsync(opened);
        clock.Now = past.Expiries.Append(clock.Now).Max().AddMinutes(1);
        await AssertAsItWasAsync(opened, store, past);
    }

    [Fact]
    public async Task A_customer_owes_without_limit_only_from_the_first_invoice_on()
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, clock);
        await MonthEnd.PrepareAsync(ledger, 1, 2);
        await ledger.Billing.PayAsync(
            new PaymentRequest { Customer = "c0", Amount = Minor(5), From = "@world" });
        var paid = (await ledger.GetInfoAsync()).Height;
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = MonthEnd.Through });
        Assert.Equal(Overdraft.Unlimited, (await ledger.GetAccountAsync("receivable:c0"))!.Balances[0].Overdraft);
        Assert.Equal(Overdraft.Of(Money.OfMinor(0, "EUR")),
            (await ledger.GetAccountAsync("receivable:c0", AsOf.AtHeight(paid)))!.Balances[0].Overdraft);
        await AssertAsItWasAsync(ledger, store, await PlainFold.OfAsync(ledger));
    }

    [Fact]
    public async Task An_account_exists_from_its_opening_on_with_the_terms_it_had_at_each_moment()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.InitializeAsync("USD");
        await ledger.PutAccountAsync(new AccountRequest
        {
            Account = "Alex", Overdraft = Overdraft.Of(Minor(100)), Owners = ["alex"],
            Meta = new Dictionary<string, string> { ["kind"] = "wallet" },
        });
        var opened = (await ledger.GetInfoAsync()).Height;
        await ledger.PutAccountAsync(new AccountRequest
        {
            Account = "Alex", Overdraft = Overdraft.Unlimited, Ceiling = Ceiling.Of(Minor(7)), Closed = true,
            Owners = [], Meta = new Dictionary<string, string> { ["kind"] = "old" },
        });
        await ledger.PutAccountAsync(new AccountRequest { Account = "Alex", Asset = "EUR", Closed = false });

        Assert.Null(await ledger.GetAccountAsync("Alex", AsOf.AtHeight(opened - 1)));
        Assert.Empty(await ledger.ListBalancesAsync(AsOf.AtHeight(opened - 1)));
        var first = (await ledger.GetAccountAsync("Alex", AsOf.AtHeight(opened)))!;
        Assert.Equal("USD 0 100 -1  open alex kind=wallet", Text(first));
        Assert.Equal("USD 0 unlimited 7  closed  kind=old",
            Text((await ledger.GetAccountAsync("Alex", AsOf.AtHeight(opened + 1)))!));
        Assert.Equal("EUR 0 0 -1  USD 0 unlimited 7  open  kind=old",
            Text((await ledger.GetAccountAsync("Alex", AsOf.AtHeight(opened + 2)))!));
    }

    private static string Text(Account account) =>
        string.Concat(account.Balances.Select(each => $"{each.Asset} {each.Balance.Units} "
            + $"{(each.Overdraft.IsUnlimited ? "unlimited" : each.Overdraft.Limit.Units)} {each.Ceiling?.Limit.Units ?? -1}  "))
        + (account.Closed ? "closed " : "open ") + string.Join(',', account.Owners ?? []) + " "
        + string.Join(',', account.Meta?.Select(pair => $"{pair.Key}={pair.Value}") ?? []);

    private static async Task AssertAsItWasAsync(LocalLedger ledger, MemoryStore store, PlainFold past)
    {
        var blocks = await store.ReadAsync("", "~", int.MaxValue, TestContext.Current.CancellationToken);
        var instants = past.Times.Concat(past.Expiries).SelectMany(time =>
            (DateTimeOffset[])[time.AddMicroseconds(-1), time, time.AddSeconds(7)]).Distinct().ToList();
        await using var shorter = new MemoryStore();
        for (var height = 0; height <= blocks.Count; height++)
        {
            if (height > 0)
            {
                await shorter.CreateAsync(
                    blocks[height - 1].Id, blocks[height - 1].Body, TestContext.Current.CancellationToken);
            }
            var clock = new ManualClock { Now = past.TimeOf(height) };
            await using var then = await MemoryLedger.OpenAsync(shorter, clock);
            Assert.Equal($"height {height}\n{await SayAsync(then, AsOf.Now)}",
                $"height {height}\n{await SayAsync(ledger, AsOf.AtHeight(height))}");
            foreach (var time in instants.Where(time => past.HeightAt(time) == height))
            {
                clock.Now = time;
                Assert.Equal($"{time:O}\n{await SayAsync(then, AsOf.Now)}",
                    $"{time:O}\n{await SayAsync(ledger, AsOf.AtTime(time))}");
            }
        }
    }

    private static async Task<string> SayAsync(LocalLedger ledger, AsOf at)
    {
        var lines = new List<string>();
        foreach (var name in Names)
        {
            if (await ledger.GetAccountAsync(name, at) is not { } account) continue;
            lines.Add($"{name} at {account.Height}: {Text(account)} "
                + string.Join(' ', account.Balances.Select(each => each.Available)));
        }
        lines.AddRange((await ledger.ListBalancesAsync(at)).Select(PlainFold.Line));
        return string.Join('\n', lines);
    }
}
