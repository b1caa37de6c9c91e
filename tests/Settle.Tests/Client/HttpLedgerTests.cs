using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Client;

public sealed class HttpLedgerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transfer_goes_there_and_comes_back()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        var transfer = await ledger.TransferAsync("@world", "Alex", Money.Of(50, "USD"), cancellationToken: Stop);
        Assert.Equal(5000, transfer.Amount.Units);
        Assert.Equal("USD", transfer.Asset);
        Assert.False(transfer.Replayed);
        var read = await ledger.GetTransferAsync(transfer.Id, Stop);
        Assert.Equal(["Alex"], transfer.NewAccounts);
        Assert.Equal(transfer with { NewAccounts = null }, read);
        Assert.Null(await ledger.GetTransferAsync("another", Stop));
        var balance = Assert.Single((await ledger.GetAccountAsync("Alex", cancellationToken: Stop))!.Balances);
        Assert.Equal(5000, balance.Balance.Units);
    }

    [Fact]
    public async Task A_refusal_is_the_same_exception_as_in_process()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<InsufficientFundsException>(
                () => ledger.TransferAsync("Dave", "Alex", Money.Of(50), "t-1", Stop));
            Assert.Equal("t-1", error.Id);
            Assert.True(error.Block > 0);
            Assert.Equal(i == 1, error.Replayed);
        }
    }

    [Fact]
    public async Task A_malformed_transfer_names_its_field()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.TransferAsync(
            new TransferRequest { From = "Dave", To = "Alex", Amount = Minor(-1 )}, Stop));
        Assert.Equal("amount", error.Field);
        Assert.Equal("amount: must be more than zero, not -1", error.Message);
    }

    [Fact]
    public async Task A_malformed_transfer_does_not_fail_those_that_travel_with_it()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        var calls = Enumerable.Range(0, 300).Select(i => ledger.TransferAsync(
            new TransferRequest { Id = $"t-{i}", From = "@world", To = "Alex", Amount = Minor(i % 50 == 7 ? 0 : 1) }, Stop))
            .ToList();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        for (var i = 0; i < calls.Count; i++)
        {
            if (i % 50 == 7) Assert.Equal("amount", (await Assert.ThrowsAsync<InvalidRequestException>(() => calls[i])).Field);
            else Assert.Equal($"t-{i}", (await calls[i]).Id);
        }
    }

    [Fact]
    public async Task Many_callers_at_once_each_get_their_own_answer()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), Stop, async (caller, stop) =>
        {
            for (var i = 0; i < 50; i++)
            {
                var id = $"{caller}-{i}";
                var transfer = await ledger.TransferAsync(new TransferRequest
                {
                    Id = id, From = "@world", To = $"account {caller}", Amount = Minor(i + 1),
                }, stop);
                Assert.Equal((id, i + 1), (transfer.Id, (int)transfer.Amount.Units));
            }
        });
        Assert.Equal(64 * 1275, (await ledger.ListBalancesAsync(cancellationToken: Stop))
            .Where(balance => balance.Account != "@world").Sum(balance => (long)balance.Amount.Units));
    }

    [Fact]
    public async Task A_batch_gives_verdicts_in_order()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        var verdicts = await ledger.TransferBatchAsync(new TransferRequest[]
        {
            new() { From = "@world", To = "Alex", Amount = Minor(10) },
            new() { From = "Alex", To = "Jane", Amount = Minor(11) },
            new() { From = "Alex", To = "Jane", Amount = Minor(10) },
        }, Stop);
        Assert.Equal([RefusalCode.None, RefusalCode.InsufficientFunds, RefusalCode.None],
            verdicts.Select(verdict => verdict.Refusal));
    }

    [Theory]
    [InlineData("ftp://host/bank")]
    [InlineData("http://host:7171")]
    [InlineData("http://host:7171/")]
    [InlineData("http://host:7171/bank?x=1")]
    [InlineData("bank")]
    public void An_address_without_a_ledger_is_refused(string address) =>
        Assert.Throws<InvalidRequestException>(() => HttpLedger.Open(address));
}
