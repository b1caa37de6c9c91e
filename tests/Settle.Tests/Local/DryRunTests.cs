using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>A dry run says what would be decided, and leaves nothing behind.</summary>
public sealed class DryRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dry_run_tells_the_balances_and_the_new_accounts_and_changes_nothing(bool isRemote)
    {
        await using var server = await RunningServer.StartAsync();
        await using var client = server.Client();
        using var directory = new TemporaryDirectory();
        await using var local = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        ILedger ledger = isRemote ? client : local;
        await ledger.TransferAsync("@world", "Dave", Money.Of(100), "t-1", Stop);
        await ledger.PutAccountAsync(new AccountRequest { Account = "Dave", Overdraft = Overdraft.Of(Money.Of(20)) }, Stop);
        await ledger.HoldAsync(new HoldRequest { From = "Dave", To = "x", Amount = Money.Of(5) }, Stop);
        var before = await ledger.GetInfoAsync(Stop);
        var dry = await ledger.TransferAsync(
            new TransferRequest { Id = "t-2", From = "Dave", To = "Alxe", Amount = Money.Of(110), DryRun = true }, Stop);
        Assert.True(dry.DryRun);
        Assert.Equal((EntryStatus.Successful, 0, false, "t-2"), (dry.Status, dry.Block, dry.Replayed, dry.Id));
        Assert.Equal(["Alxe"], dry.NewAccounts!);
        Assert.Equal(["Dave: 100 -> -10, available -15, spendable 5.00", "Alxe: 0 -> 110, available 110, spendable 110.00"],
            dry.Balances!.Select(Text));
        var many = await ledger.TransactAsync(new TransactionRequest
        {
            DryRun = true, Postings =
            [
                new Posting { From = "@world", To = "b", Amount = Money.Of(7) },
                new Posting { From = "b", To = "Dave", Amount = Money.Of(3) },
                new Posting { From = "@world", To = "c", Amount = Money.Of(9, "JPY") },
            ],
        }, Stop);
        Assert.Equal(["b", "c"], many.NewAccounts!);
        Assert.Equal(
        [
            "@world: -100 -> -107, available -107, spendable unlimited", "b: 0 -> 4, available 4, spendable 4.00",
            "Dave: 100 -> 103, available 98, spendable 118.00", "@world: 0 -> -9, available -9, spendable unlimited",
            "c: 0 -> 9, available 9, spendable 9",
        ], many.Balances!.Select(Text));
        var after = await ledger.GetInfoAsync(Stop);
        Assert.Equal((before.Height, before.Hash, before.Accounts, before.Entries),
            (after.Height, after.Hash, after.Accounts, after.Entries));
        Assert.Equal(before.Assets.Select(each => each.Code), after.Assets.Select(each => each.Code));
        Assert.Null(await ledger.GetTransferAsync("t-2", Stop));
        Assert.Null(await ledger.GetAccountAsync("Alxe", cancellationToken: Stop));
        // The id is free, and for another request than the one that was tried.
        Assert.False((await ledger.TransferAsync("Dave", "Ann", Money.Of(1), "t-2", Stop)).Replayed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dry_run_is_refused_as_the_request_would_be_and_a_repeat_is_a_repeat(bool isRemote)
    {
        await using var server = await RunningServer.StartAsync();
        await using var client = server.Client();
        using var directory = new TemporaryDirectory();
        await using var local = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        ILedger ledger = isRemote ? client : local;
        await ledger.TransferAsync("@world", "Dave", Money.Of(10), "t-1", Stop);
        var height = (await ledger.GetInfoAsync(Stop)).Height;
        var request = new TransferRequest { Id = "t-2", From = "Dave", To = "Alex", Amount = Money.Of(11), DryRun = true };
        var refused = await Assert.ThrowsAsync<InsufficientFundsException>(() => ledger.TransferAsync(request, Stop));
        Assert.Equal((0, "Dave", 1000, 1100), (refused.Block, refused.Shortfall!.Account,
            (int)refused.Shortfall.Spendable.Units, (int)refused.Shortfall.Needed.Units));
        Assert.Null(await ledger.GetEntryAsync("t-2", Stop));
        Assert.Equal(height, (await ledger.GetInfoAsync(Stop)).Height);
        var repeat = await ledger.TransferAsync(request with { Id = "t-1", From = "@world", To = "Dave", Amount = Money.Of(10) }, Stop);
        Assert.Equal((true, false, height), (repeat.Replayed, repeat.DryRun, repeat.Block));
        await Assert.ThrowsAsync<IdReusedException>(() => ledger.TransferAsync(request with { Id = "t-1" }, Stop));
        var error = await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.TransferBatchAsync(new[] { request }, Stop));
        Assert.Equal("[0].dry_run", error.Field);
        await ledger.InitializeAsync(new LedgerRequest { Asset = "USD", Strict = true }, Stop);
        Assert.Equal(RefusalCode.UnknownAccount, (await Assert.ThrowsAsync<RejectedException>(
            () => ledger.TransferAsync(request with { Amount = Money.Of(1) }, Stop))).Refusal);
    }

    [Fact]
    public async Task A_ledger_without_a_block_stays_without_one()
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        var dry = await ledger.TransferAsync(
            new TransferRequest { From = "@world", To = "Dave", Amount = Money.Of(10), DryRun = true }, Stop);
        Assert.Equal(["@world: 0 -> -10, available -10, spendable unlimited", "Dave: 0 -> 10, available 10, spendable 10.00"],
            dry.Balances!.Select(Text));
        Assert.Equal(0, (await ledger.GetInfoAsync(Stop)).Height);
        await ledger.InitializeAsync("EUR", cancellationToken: Stop);
        Assert.Equal("EUR", (await ledger.GetInfoAsync(Stop)).Asset);
    }

    [Fact]
    public async Task What_a_dry_run_says_is_what_is_decided_then()
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        var random = new Random(7);
        string[] names = ["a", "b", "c", "d", "e", "@world"];
        for (var i = 0; i < 400; i++)
        {
            if (i % 40 == 0)
                await ledger.PutAccountAsync(new AccountRequest
                {
                    Account = names[random.Next(5)], Overdraft = Overdraft.Of(Money.Of(random.Next(1, 50))),
                    Closed = random.Next(4) == 0, Ceiling = Ceiling.Of(Money.Of(random.Next(60, 200))),
                }, Stop);
            var from = random.Next(6);
            var request = new TransferRequest
            {
                Id = $"t-{i}", From = names[from], To = names[(from + random.Next(1, 6)) % 6],
                Amount = Money.Of(random.Next(1, 100)),
            };
            var dry = await OutcomeAsync(request with { DryRun = true });
            var real = await OutcomeAsync(request);
            Assert.Equal(real.Refusal, dry.Refusal);
            foreach (var change in dry.Done?.Balances ?? [])
            {
                var balance = (await ledger.GetAccountAsync(change.Account, cancellationToken: Stop))!.Balances.Single();
                Assert.Equal((balance.Balance, balance.Available, balance.Spendable), (change.After, change.Available, change.Spendable));
            }
            Assert.Equal(real.Done?.NewAccounts, dry.Done?.NewAccounts);
        }

        async Task<(RefusalCode Refusal, Transfer? Done)> OutcomeAsync(TransferRequest request)
        {
            try
            {
                return (RefusalCode.None, await ledger.TransferAsync(request, Stop));
            }
            catch (RejectedException e)
            {
                return (e.Refusal, null);
            }
        }
    }

    private static string Text(BalanceChange change) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{change.Account}: {change.Before.Value:0.##} -> {change.After.Value:0.##}, available {change.Available.Value:0.##}, spendable {change.Spendable}");
}
