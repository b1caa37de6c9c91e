using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Xunit;

namespace Settle.Tests.Cli;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Serve => ["serve", "-l", _folder.File("bank.db"), "--listen", "127.0.0.1:0"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Limits_can_be_set()
    {
        await using var server =
            new SettleProcess([.. Serve, "--body-limit", "100", "--rate-limit", "1"]);
        using var http = new HttpClient { BaseAddress = await AddressAsync(server) };

        using (var large = await http.PutAsJsonAsync("/v1/ledgers/bank",
            new { asset = new string('A', 100) }, Stop))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            using var response = await http.GetAsync("/v1/ledgers", Stop);
            statuses.Add(response.StatusCode);
        }
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(0, await server.EndAsync("INT"));
    }

    [Fact]
    public async Task A_server_whose_terminal_goes_away_ends_cleanly_and_says_so()
    {
        await using var server = new SettleProcess(Serve);
        await AddressAsync(server);
        Assert.Equal(0, await server.EndAsync("HUP"));
        Assert.Contains("SIGHUP", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_serving_made_is_told_to_be_new_and_empty()
    {
        await using (var server = new SettleProcess(Serve))
        {
            var address = await AddressAsync(server);
            await server.WaitForErrorAsync("is new and empty");
            using var http = new HttpClient { BaseAddress = address };
            using var made = await http.PutAsJsonAsync("/v1/ledgers/bank", new { asset = "EUR" }, Stop);
            Assert.True(made.IsSuccessStatusCode);
            Assert.Equal(0, await server.EndAsync("TERM"));
        }
        await using var again = new SettleProcess(Serve);
        await again.WaitForErrorAsync("Opened ledger");
        Assert.DoesNotContain("new and empty", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_serves_when_nobody_can_read_what_it_prints()
    {
        await using var server = SettleProcess.Redirected(">/dev/full", Serve);
        await server.WaitForErrorAsync("standard output cannot be written");
        Assert.Equal(0, await server.EndAsync("TERM"));
        Assert.Contains("SIGTERM", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_takes_a_free_port_when_its_own_is_taken()
    {
        using var taker = new TcpListener(IPAddress.Loopback, 7171);
        try
        {
            taker.Start();
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketErrorCode); // Just as well.
        }
        await using var demo = new SettleProcess("demo");
        await demo.WaitForErrorAsync("Port 7171 is taken; taking a free one.");
        var address = await AddressAsync(demo);
        Assert.NotEqual(7171, address.Port);
        using var http = new HttpClient { BaseAddress = address };
        using var response = await http.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await demo.EndAsync("INT"));
    }

    private static async Task<Uri> AddressAsync(SettleProcess process) =>
        new((await process.WaitForLineAsync("http://")).Split(' ')
            .First(word => word.StartsWith("http://", StringComparison.Ordinal)));
}
