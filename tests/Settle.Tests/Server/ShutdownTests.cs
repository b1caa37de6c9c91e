using System.Collections.Concurrent;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Server;

public sealed class ShutdownTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_stops_under_load_loses_nothing_that_it_acknowledged()
    {
        using var directory = new TemporaryDirectory();
        var acknowledged = new ConcurrentBag<string>();
        var server = await RunningServer.StartAsync(directory: directory.Path);
        var hasty = new HttpLedgerOptions { Deadline = TimeSpan.FromSeconds(2) };
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            await using var ledger = server.Client(hasty);
            await CallUntilItFailsAsync(ledger, caller, acknowledged);
        }, Stop)).ToList();
        while (acknowledged.Count < 500) await Task.Delay(10, Stop);
        await server.DisposeAsync();
        await Task.WhenAll(callers);

        await using var again = await RunningServer.StartAsync(directory: directory.Path);
        await using var reader = again.Client();
        foreach (var id in acknowledged) Assert.NotNull(await reader.GetTransferAsync(id, Stop));
        var account = await reader.GetAccountAsync("Alex", cancellationToken: Stop);
        Assert.True(account!.Balances.Single().Balance.Units >= acknowledged.Count);
    }

    [Fact]
    public async Task Nothing_is_served_before_every_ledger_is_open_and_ready_says_so()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal("ready", (await server.GetAsync("/health/ready")).GetProperty("status").GetString());
        Assert.Equal("live", (await server.GetAsync("/health/live")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_opened_is_an_error_of_the_start()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("bank.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("this is no database ", 1000)), Stop);
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => RunningServer.StartAsync(directory: directory.Path));
        // The native program is another process, which ends without serving anything.
        if (SettleProcess.Binary is null) Assert.IsAssignableFrom<SettleException>(error);
        else Assert.Contains("ended without", error.Message, StringComparison.Ordinal);
    }

    private static async Task CallUntilItFailsAsync(HttpLedger ledger, int caller, ConcurrentBag<string> acknowledged)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var calls = Enumerable.Range(0, 8).Select(async n =>
                {
                    var transfer = await ledger.TransferAsync(new TransferRequest
                    {
                        Id = $"{caller}-{i}-{n}", From = "@world", To = "Alex", Amount = Minor(1),
                    }, Stop);
                    acknowledged.Add(transfer.Id);
                });
                await Task.WhenAll(calls);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or OutcomeUnknownException)
        {
            Assert.NotEmpty(e.Message); // The server is gone, as it should be.
        }
    }
}
