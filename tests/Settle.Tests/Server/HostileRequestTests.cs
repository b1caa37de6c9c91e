using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Settle.Tests.Server;

public sealed class HostileRequestTests
{
    private const int Requests = 10_000;
    private const int AtOnce = 8;

    // Nobody waits as long: a request that takes it hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_is_sent_is_a_mistake_of_the_server()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var log = new ListLog();
        await using var server = await RunningServer.StartAsync(options => options with { Log = log });
        await using (var ledger = server.Client())
        {
            await BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 500));
            await ledger.TransferAsync("@world", "Alex", Money.Of(100), "t-1", Stop);
            await ledger.HoldAsync(
                new HoldRequest { Id = "h-1", From = "Alex", To = "Dave", Amount = Money.Of(1) }, Stop);
        }
        var endpoints = server.Server.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var statuses = new ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop }, async (number, _) =>
            {
                var request = new HostileRequests(new Random(seed + number), endpoints).Next();
                var status = await SendAsync(server, request);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status is 500 or 502 or 504)
                    Assert.Fail($"{status}, seed {seed} + {number}: {Encoding.Latin1.GetString(request)}");
            });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ",
            statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        // Most are refused for what they are, and some are right, or nothing was tried.
        Assert.InRange(statuses.GetValueOrDefault(400), Requests / 20, Requests);
        Assert.InRange(statuses.GetValueOrDefault(200) + statuses.GetValueOrDefault(201), Requests / 50, Requests);
        using var alive = await server.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(200, (int)alive.StatusCode);
    }

    /// <summary>Sends bytes over a connection of its own.</summary>
    /// <returns>The status of the answer; 0 when the server hung up without one.</returns>
    private static async Task<int> SendAsync(RunningServer server, byte[] request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port, patience.Token);
        var stream = connection.GetStream();
        var head = new byte[12];
        try
        {
            await stream.WriteAsync(request, patience.Token);
            // What promises more than it sends is at its end here.
            connection.Client.Shutdown(SocketShutdown.Send);
            var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, patience.Token);
            return read < head.Length ? 0
                : int.Parse(head.AsSpan(9), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
