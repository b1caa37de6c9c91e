using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>A refusal of funds says who could spend how much, and how much was needed.</summary>
public sealed class ShortfallTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_repeat_says_the_same_figures_whatever_came_since(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        var (clock, requests) = (new ManualClock(), new RandomRequests(seed));
        var told = new List<(string Id, object Request, Shortfall Shortfall)>();
        await using (var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock))
        {
            for (var i = 0; i < 400; i++)
            {
                if (requests.Random.Next(20) == 0) clock.Now += TimeSpan.FromSeconds(requests.Random.Next(90));
                var (id, request) = requests.Next();
                if (request is NaiveAsset or NaiveStrict) continue;
                if (await AskAsync(ledger, id, request) is not { Shortfall: { } shortfall } refused) continue;
                if (!refused.Replayed) told.Add((id, request, shortfall));
                Assert.True(shortfall.Spendable.Units < shortfall.Needed.Units, $"{shortfall}");
            }
        }
        Assert.True(told.Count > 20);
        await using var later = await MemoryLedger.OpenAsync(store, directory.File("index"), 64, clock);
        foreach (var (id, request, shortfall) in told)
        {
            var again = await AskAsync(later, id, request);
            Assert.True(again!.Replayed);
            Assert.Equal(shortfall, again.Shortfall);
        }
        var transfers = told.Where(each => each.Request is TransferRequest).ToList();
        var verdicts = await later.TransferBatchAsync(transfers
            .Select(each => (TransferRequest)each.Request with { Id = each.Id }).ToArray());
        Assert.Equal(transfers.Select(each => each.Shortfall), verdicts.Select(verdict => verdict.Shortfall));
    }

    [Fact]
    public async Task What_is_looked_up_says_what_the_answer_said_whatever_came_since()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.TransferAsync("@world", "Lim", Minor(2200), "t1");
        await ledger.PutAccountAsync(new AccountRequest { Account = "Full", Ceiling = Ceiling.Of(Minor(100)) });
        await Assert.ThrowsAnyAsync<RejectedException>(() => ledger.TransferAsync("Lim", "Al", Minor(10000), "rf"));
        await Assert.ThrowsAnyAsync<RejectedException>(() => ledger.TransferAsync("Lim", "Full", Minor(101), "full"));
        await Assert.ThrowsAnyAsync<RejectedException>(() => ledger.HoldAsync(
            new HoldRequest { Id = "rfh", From = "nobody", To = "hotel", Amount = Minor(1) }));
        await ledger.TransferAsync("@world", "Lim", Minor(99900), "t2");

        var transfer = (await ledger.GetTransferAsync("rf"))!;
        Assert.Equal(("Lim", Minor(2200).Units, Minor(10000).Units),
            (transfer.Account, transfer.Spendable!.Value.Units, transfer.Needed!.Value.Units));
        var hold = (await ledger.GetHoldAsync("rfh"))!;
        Assert.Equal(("nobody", false, Minor(0).Units),
            (hold.Account, hold.AccountExists, hold.Spendable!.Value.Units));
        var full = (await ledger.GetTransferAsync("full"))!;
        Assert.Equal(("Full", Minor(100).Units), (full.Account, full.Room!.Value.Units));
        Assert.Null((await ledger.GetTransferAsync("t1"))!.Account);
        var listed = (await ledger.ListTransfersAsync(new TransferQuery { Status = EntryStatus.Rejected })).Items;
        Assert.Equal([full, transfer], listed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_entry_of_any_kind_says_what_the_answer_said(bool isServer)
    {
        await using var server = isServer ? await RunningServer.StartAsync() : null;
        await using var ledger = server?.Client() ?? Settle.Ledger.InMemory();
        await ledger.TransferAsync("@world", "Lim", Money.Of(22), "t1");
        await ledger.PutAccountAsync(new AccountRequest { Account = "Full", Ceiling = Ceiling.Of(Money.Of(1)) });
        var asked = new Dictionary<string, Func<string, Task>>
        {
            ["transaction"] = id => ledger.TransactAsync(new TransactionRequest
            {
                Id = id,
                Postings = [new Posting { From = "Lim", To = "Al", Amount = Money.Of(20) },
                    new Posting { From = "Lim", To = "Bo", Amount = Money.Of(3) }],
            }),
            ["hold"] = id => ledger.HoldAsync(
                new HoldRequest { Id = id, From = "nobody", To = "Al", Amount = Money.Of(1) }),
            ["ceiling"] = id => ledger.TransferAsync("Lim", "Full", Money.Of(2), id),
            ["terms"] = id => ledger.PutAccountAsync(
                new AccountRequest { Id = id, Account = "Lim", Ceiling = Ceiling.Of(Money.Of(5)) }),
            ["revert"] = id => ledger.RevertAsync(new RevertRequest { Id = id, Reverts = "t1", Amount = Money.Of(23) }),
            ["capture"] = id => ledger.CaptureAsync(new CaptureRequest { Id = id, Hold = "no hold" }),
            ["charge"] = id => ledger.Billing.PayAsync(
                new PaymentRequest { Id = id, Invoice = "2026-000009", Amount = Money.Of(1) }),
        };
        var told = new Dictionary<string, RejectedException>();
        foreach (var (id, ask) in asked) told.Add(id, await Assert.ThrowsAnyAsync<RejectedException>(() => ask(id)));
        await ledger.TransferAsync("@world", "Lim", Money.Of(900));

        foreach (var (id, error) in told)
        {
            var entry = (await ledger.GetEntryAsync(id))!;
            Assert.StartsWith(entry.Detail!, error.Message, StringComparison.Ordinal);
            var shortfall = (error as InsufficientFundsException)?.Shortfall;
            Assert.Equal((shortfall?.Account ?? error.RefusedAccount?.Account, shortfall?.Spendable,
                    error.RefusedAccount?.Room, shortfall?.Exists is false ? false : null),
                (entry.Account, entry.Spendable, entry.Room, entry.AccountExists));
        }
        Assert.Equal((Money.Of(22, "USD"), Money.Of(23, "USD")), (told["transaction"] as InsufficientFundsException)
            is { Shortfall: { } lack } ? (lack.Spendable, lack.Needed) : default);
        Assert.Equal(Money.Of(22, "USD"), (await ledger.GetEntryAsync("revert"))!.Left);
        Assert.Null((await ledger.GetEntryAsync("t1"))!.Detail);
    }

    [Fact]
    public async Task A_revert_of_too_much_says_what_is_left_and_what_was_asked()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.TransferAsync("@world", "Al", Minor(10000), "t1");
        await ledger.RevertAsync(new RevertRequest { Reverts = "t1", Id = "rv1", Amount = Minor(3000) });
        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAnyAsync<RejectedException>(
                () => ledger.RevertAsync(new RevertRequest { Reverts = "t1", Id = "rv2", Amount = Minor(8000) }));
            Assert.Contains("70.00", error.Message, StringComparison.Ordinal);
            Assert.Contains("80.00", error.Message, StringComparison.Ordinal);
            if (i == 0) await ledger.RevertAsync(new RevertRequest { Reverts = "t1", Id = "rv3", Amount = Minor(1000) });
        }
        var refused = (await ledger.GetTransferAsync("rv2"))!;
        Assert.Equal((Minor(7000).Units, Minor(8000).Units),
            (refused.Left!.Value.Units, refused.Needed!.Value.Units));
    }

    [Fact]
    public async Task A_refusal_that_is_read_over_HTTP_says_the_same()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PutAsync("/v1/ledgers/bank", """{"asset":"EUR"}""");
        using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Lim", Minor(2200), "t1");
        await Assert.ThrowsAnyAsync<RejectedException>(() => ledger.TransferAsync("Lim", "Al", Minor(10000), "rf"));
        var read = await server.GetAsync("/v1/ledgers/bank/transfers/rf");
        Assert.Equal(("Lim", 2200, 10000), (read.GetProperty("account").GetString(),
            read.GetProperty("spendable").GetInt32(), read.GetProperty("needed").GetInt32()));
        var transfer = (await ledger.GetTransferAsync("rf"))!;
        Assert.Equal(("Lim", "22.00"), (transfer.Account, transfer.Spendable!.Value.Digits));
    }

    [Fact]
    public async Task It_counts_the_overdraft_and_what_is_held()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.PutAccountAsync(new AccountRequest { Account = "Dave", Overdraft = Overdraft.Of(Minor(5000)) });
        await ledger.TransferAsync("@world", "Dave", Minor(1000));
        await ledger.HoldAsync(new HoldRequest { From = "Dave", To = "hotel", Amount = Minor(2500) });

        var error = await Assert.ThrowsAsync<InsufficientFundsException>(
            () => ledger.TransferAsync("Dave", "Alex", Minor(3501), "t"));

        Assert.Equal(("Dave", 3500, 3501),
            (error.Account, (long)error.Spendable!.Value.Units, (long)error.Needed!.Value.Units));
        Assert.StartsWith("Dave can spend 35.00 USD, but 35.01 is needed", error.Message, StringComparison.Ordinal);
        var balance = Assert.Single((await ledger.GetAccountAsync("Dave"))!.Balances);
        Assert.Equal((-1500, 3500), ((long)balance.Available.Units, (long)balance.Spendable.Amount.Units));
    }

    [Fact]
    public async Task A_payer_that_does_not_exist_is_called_so()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.TransferAsync("@world", "Dave", Minor(1));
        foreach (var _ in (int[])[1, 2])
        {
            var error = await Assert.ThrowsAsync<InsufficientFundsException>(
                () => ledger.TransferAsync("Dvae", "Dave", Minor(500), "t"));
            Assert.False(error.Shortfall!.Exists);
            Assert.Contains("there is no account Dvae yet", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task New_terms_that_do_not_allow_what_is_owed_say_so()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.PutAccountAsync(new AccountRequest { Account = "Dave", Overdraft = Overdraft.Unlimited });
        await ledger.TransferAsync("Dave", "Alex", Minor(2000));

        var error = await Assert.ThrowsAsync<InsufficientFundsException>(() => ledger.PutAccountAsync(
            new AccountRequest { Account = "Dave", Overdraft = Overdraft.Of(Minor(500)) }));

        Assert.Equal((-1500, 0), ((long)error.Spendable!.Value.Units, (long)error.Needed!.Value.Units));
    }

    [Theory]
    [InlineData("USD")]
    [InlineData("points")]
    public async Task A_server_says_the_same_as_a_file(string asset)
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        if (asset == "points") await ledger.DeclareAssetAsync(asset, 3);
        await ledger.TransferAsync("@world", "Dave", Money.Of(5, asset));
        var request = new TransferRequest { Id = "t", From = "Dave", To = "Alex", Amount = Money.Of(7, asset) };
        foreach (var replayed in (bool[])[false, true])
        {
            var error = await Assert.ThrowsAsync<InsufficientFundsException>(() => ledger.TransferAsync(request));
            Assert.Equal(("Dave", Money.Of(5, asset), Money.Of(7, asset), replayed),
                (error.Account, error.Spendable!.Value, error.Needed!.Value, error.Replayed));
        }
        var verdict = Assert.Single(await ledger.TransferBatchAsync(new[] { request }));
        Assert.Equal(Money.Of(5, asset), verdict.Shortfall!.Spendable);
        var made = await ledger.TransferAsync("Dave", "Jnae", Money.Of(1, asset));
        Assert.Equal(["Jnae"], made.NewAccounts);
        Assert.Equal(["Jane"], (await ledger.TransferBatchAsync(new[]
            { request with { Id = "u", To = "Jane", Amount = Money.Of(1, asset) } }))[0].NewAccounts);
    }

    private static async Task<InsufficientFundsException?> AskAsync(LocalLedger ledger, string id, object request)
    {
        try
        {
            switch (request)
            {
                case TransferRequest r: await ledger.TransferAsync(r with { Id = id }); break;
                case TransactionRequest r: await ledger.TransactAsync(r with { Id = id }); break;
                case HoldRequest r: await ledger.HoldAsync(r with { Id = id }); break;
                case CaptureRequest r: await ledger.CaptureAsync(r with { Id = id }); break;
                case VoidRequest r: await ledger.VoidAsync(r with { Id = id }); break;
                case RevertRequest r: await ledger.RevertAsync(r with { Id = id }); break;
                case AccountRequest r: await ledger.PutAccountAsync(r with { Id = id }); break;
                default: throw new ArgumentException(request.GetType().Name);
            }
        }
        catch (InsufficientFundsException e)
        {
            return e;
        }
        catch (RejectedException e)
        {
            Assert.NotEqual(RefusalCode.InsufficientFunds, e.Refusal);
        }
        return null;
    }
}
