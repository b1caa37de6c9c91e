using System.Net;
using System.Net.Sockets;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Client;

public sealed class LostAnswerTests
{
    private static readonly HttpLedgerOptions Hasty =
        new() { Deadline = TimeSpan.FromMilliseconds(400), AttemptTimeout = TimeSpan.FromMilliseconds(150) };

    // Long enough for a busy server to answer, and for that answer to be the one that is lost.
    private static readonly HttpLedgerOptions Patient =
        new() { Deadline = TimeSpan.FromSeconds(5), AttemptTimeout = TimeSpan.FromSeconds(5) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transfer_whose_answer_is_lost_is_made_once()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new LossyProxy(server.Http.BaseAddress!);
        await using var ledger = HttpLedger.Open($"{proxy.Address}bank");
        proxy.LoseAnswers(3);
        var transfer = await ledger.TransferAsync(
            new TransferRequest { From = "@world", To = "Alex", Amount = Minor(7, "USD") }, Stop);
        Assert.Equal(3, proxy.AnswersLost);
        Assert.Equal(7, transfer.Amount.Units);
        Assert.False(transfer.Replayed);
        Assert.Equal(7, await BalanceAsync(ledger, "Alex"));
    }

    [Fact]
    public async Task Merged_transfers_whose_answers_are_lost_are_each_made_once()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new LossyProxy(server.Http.BaseAddress!);
        await using var ledger = HttpLedger.Open($"{proxy.Address}bank");
        var losing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                proxy.LoseAnswers(1);
                await Task.Delay(5, Stop);
            }
        }, Stop);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Stop },
            async (_, stop) => await ledger.TransferAsync(
                new TransferRequest { From = "@world", To = "Alex", Amount = Minor(1, "USD") }, stop));
        await losing;
        Assert.True(proxy.AnswersLost > 0);
        Assert.Equal(2000, await BalanceAsync(ledger, "Alex"));
    }

    [Fact]
    public async Task A_batch_whose_answer_is_lost_is_decided_once()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new LossyProxy(server.Http.BaseAddress!);
        await using var ledger = HttpLedger.Open($"{proxy.Address}bank");
        proxy.LoseAnswers(2);
        var requests = Enumerable.Range(0, 1000)
            .Select(_ => new TransferRequest { From = "@world", To = "Alex", Amount = Minor(1, "USD") }).ToArray();
        var verdicts = await ledger.TransferBatchAsync(requests, Stop);
        Assert.All(verdicts, verdict => Assert.True(verdict is { IsSuccessful: true, Replayed: false }));
        Assert.Equal(1000, await BalanceAsync(ledger, "Alex"));
    }

    [Fact]
    public async Task A_transfer_that_may_wait_for_other_sites_is_sent_again_though_no_other_is_sent()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = new HttpClient(new AwayOnce());
        await using var ledger = HttpLedger.Open(
            $"{server.Http.BaseAddress}bank", new HttpLedgerOptions { HttpClient = () => http });

        var transfer = await ledger.TransferAsync(new TransferRequest
        {
            From = "@world", To = "Alex", Amount = Minor(7, "USD"), Wait = TimeSpan.FromSeconds(1),
        }, Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);

        Assert.Equal(7, transfer.Amount.Units);
        Assert.Equal(7, await BalanceAsync(ledger, "Alex"));
    }

    [Fact]
    public async Task Charges_and_a_run_whose_answers_are_lost_are_made_once()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new LossyProxy(server.Http.BaseAddress!);
        await using var ledger = HttpLedger.Open($"{proxy.Address}bank");
        await BillingServerFixture.PrepareAsync(ledger);
        var request = new ChargeRequest
        {
            Customer = "dave", Amount = Minor(1000, "USD"), Description = "room", Date = new DateOnly(2026, 10, 12),
        };
        proxy.LoseAnswers(2);
        Assert.False((await ledger.Billing.ChargeAsync(request, Stop)).Replayed);
        proxy.LoseAnswers(2);
        var verdicts = await ledger.Billing.ChargeBatchAsync(new[] { request, request }, Stop);
        Assert.All(verdicts, verdict => Assert.True(verdict is { IsSuccessful: true, Replayed: false }));
        proxy.LoseAnswers(2);
        var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 1),
            Rates = [new ExchangeRate
                { Base = "EUR", Quote = "USD", Rate = 1.0863m, Date = new DateOnly(2026, 10, 30) }],
        }, cancellationToken: Stop);
        Assert.Equal(6, proxy.AnswersLost);
        Assert.Equal(3, Assert.Single(run.Invoices).Charges);
        Assert.Single((await ledger.Billing.ListInvoicesAsync(new InvoiceQuery(), Stop)).Items);
    }

    [Fact]
    public async Task Nothing_is_applied_when_nobody_listens()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var ledger = HttpLedger.Open($"http://127.0.0.1:{port}/bank", Hasty);
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.TransferAsync(
            new TransferRequest { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(7, "USD") }, Stop));
        Assert.Contains($"cannot be reached: Connection refused (127.0.0.1:{port})", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.TransferBatchAsync(
            new[] { new TransferRequest { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(7, "USD") } }, Stop));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.GetInfoAsync(Stop));
    }

    [Fact]
    public async Task The_outcome_is_unknown_with_its_id_when_every_answer_is_lost()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new LossyProxy(server.Http.BaseAddress!);
        await using var ledger = HttpLedger.Open($"{proxy.Address}bank", Patient);
        proxy.LoseAnswers(int.MaxValue);
        var lost = ledger.TransferAsync(
            new TransferRequest { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(7, "USD") }, Stop);
        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => lost);
        Assert.Equal("t-1", error.Id);
        await proxy.AnswerLost.WaitAsync(Stop);
        proxy.LoseAnswers(0);
        var again = await ledger.TransferAsync(
            new TransferRequest { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(7, "USD") }, Stop);
        Assert.Equal((EntryStatus.Successful, true), (again.Status, again.Replayed));
        Assert.Equal(7, await BalanceAsync(ledger, "Alex"));
    }

    [Fact]
    public async Task A_server_that_takes_requests_and_never_answers_leaves_the_outcome_unknown()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var ledger = HttpLedger.Open(
            $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/bank", Hasty);
        var calls = Enumerable.Range(0, 20).Select(i => ledger.TransferAsync(
            new TransferRequest { Id = $"t-{i}", From = "@world", To = "Alex", Amount = Minor(7, "USD") }, Stop)).ToList();
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAnyAsync<SettleException>(() => call);
            Assert.True(error is OutcomeUnknownException or StoreUnavailableException);
        }
        Assert.Contains(calls, call => call.Exception!.InnerException is OutcomeUnknownException);
    }

    [Fact]
    public async Task A_batch_whose_answers_are_all_lost_names_every_id_to_send_again()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new LossyProxy(server.Http.BaseAddress!);
        await using var ledger = HttpLedger.Open($"{proxy.Address}bank", Patient);
        // Which ids it makes depends on the ledger's site.
        await ledger.GetInfoAsync(Stop);
        proxy.LoseAnswers(int.MaxValue);
        var requests = Enumerable.Range(0, 3).Select(i => new TransferRequest
        {
            Id = i == 1 ? null : $"t-{i}", From = "@world", To = "Alex", Amount = Minor(1, "USD"),
        }).ToArray();
        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(
            () => ledger.TransferBatchAsync(requests, Stop));
        Assert.Contains("the batch's 3 transfers", error.Message, StringComparison.Ordinal);
        Assert.Equal("t-0", error.Id);
        Assert.Equal(["t-0", "t-2"], [error.Ids[0], error.Ids[2]]);

        proxy.LoseAnswers(0);
        var again = requests.Zip(error.Ids, (request, id) => request with { Id = id }).ToArray();
        var verdicts = await ledger.TransferBatchAsync(again, Stop);
        Assert.All(verdicts, verdict => Assert.True(verdict.IsSuccessful));
        Assert.Equal(3, await BalanceAsync(ledger, "Alex"));
    }

    private static async Task<Int128> BalanceAsync(HttpLedger ledger, string account) =>
        (await ledger.GetAccountAsync(account, cancellationToken: Stop))!.Balances.Single().Balance.Units;

    /// <summary>Says of the first request that writes that the ledger is away.</summary>
    private sealed class AwayOnce() : DelegatingHandler(new SocketsHttpHandler())
    {
        private bool _hasBeen;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method != HttpMethod.Post || Interlocked.Exchange(ref _hasBeen, true)
                ? base.SendAsync(request, cancellationToken)
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError)
                {
                    Content = new StringContent(
                        """
                        {"type":"urn:settle:store_unavailable","title":"x","status":500,
                        "detail":"away","code":"store_unavailable","outcome":"not_applied"}
                        """, new System.Net.Http.Headers.MediaTypeHeaderValue(
                            "application/problem+json")),
                });
    }
}
