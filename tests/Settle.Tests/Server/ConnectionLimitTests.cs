using System.Net.Sockets;
using Settle.Server;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Server;

public sealed class ConnectionLimitTests
{
    private const int Connections = 400;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1_048_576, 100, 10_000)]
    [InlineData(long.MaxValue, 100, 10_000)]
    [InlineData(1024, 100, 412)]
    [InlineData(256, 100, 28)]
    public void Connections_leave_files_for_the_ledger(long filesMax, int open, int connections) =>
        Assert.Equal(connections, ConnectionLimit.Of(filesMax, open));

    [Fact]
    public void Too_few_files_are_said_at_the_start() => Assert.Contains("ulimit", Assert.Throws<InvalidRequestException>(
        () => ConnectionLimit.Of(64, 60)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Idle_connections_beyond_the_limit_of_files_do_not_end_the_server()
    {
        using var directory = new TemporaryDirectory();
        await using var server = SettleProcess.Limited("ulimit -n 400",
            "serve", "--ledger", directory.File("bank.db"), "--listen", "127.0.0.1:0");
        var line = await server.WaitForLineAsync("Serving");
        var address = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        var idle = new List<TcpClient>();
        for (var i = 0; i < Connections; i++)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, Stop);
            idle.Add(connection);
        }
        // The last ones are turned away, and that is all that happens.
        await AssertEndedAsync(idle[^1]);
        idle.ForEach(connection => connection.Dispose());
        using var http = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var made = await http.PutAsync("/v1/ledgers/bank",
                    new StringContent("""{"asset":"USD"}""", null, "application/json"), Stop);
                Assert.True(made.IsSuccessStatusCode);
                return;
            }
            catch (HttpRequestException e) when (tries < 10_000)
            {
                // It may not have noticed yet that the others have gone, but it is there.
                Assert.NotEqual(SocketError.ConnectionRefused, (e.InnerException as SocketException)?.SocketErrorCode);
            }
        }
    }

    private static async Task AssertEndedAsync(TcpClient connection)
    {
        try
        {
            Assert.Equal(0, await connection.GetStream().ReadAsync(new byte[1], Stop));
        }
        catch (IOException e)
        {
            Assert.IsType<SocketException>(e.InnerException);
        }
    }
}
