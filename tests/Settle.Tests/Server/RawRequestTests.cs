using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>
/// Requests that no client library would send. What is no HTTP is refused before the server sees it,
/// without a body; everything else gets a problem. Nothing is a 500.
/// </summary>
public sealed class RawRequestTests(RunningServerFixture fixture) : IClassFixture<RunningServerFixture>
{
    private const string Host = "Host: localhost\r\n";
    private const string Post = $"POST /v1/ledgers/bank/transfers HTTP/1.1\r\n{Host}Content-Type: application/json\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What is sent, the status, and the code of the problem, if there is a body.</summary>
    public static TheoryData<string, int, string?> Rows => new()
    {
        { "GARBAGE\r\n\r\n", 400, null },
        { $"GET / HTTP/9.9\r\n{Host}\r\n", 505, null },
        { $"GET /{new string('a', 9000)} HTTP/1.1\r\n{Host}\r\n", 414, null },
        { $"GET / HTTP/1.1\r\n{Host}X: {new string('a', 20_000)}\r\n\r\n", 431, null },
        { $"GET / HTTP/1.1\r\n{Host}{Headers(80)}\r\n", 431, null },
        { "GET / HTTP/1.1\r\n\r\n", 400, null },
        { $"GET / HTTP/1.1\r\n{Host}{Host}\r\n", 400, null },
        { $"G@T / HTTP/1.1\r\n{Host}\r\n", 400, null },
        { $"GET health/live HTTP/1.1\r\n{Host}\r\n", 400, null },
        { $"GET /\0 HTTP/1.1\r\n{Host}\r\n", 400, null },
        { $"GET /%00 HTTP/1.1\r\n{Host}\r\n", 400, null },
        { $"GET / HTTP/1.1\r\n{Host}no colon\r\n\r\n", 400, null },
        { $"{Post}Content-Length: abc\r\n\r\n", 400, null },
        { $"{Post}Content-Length: -1\r\n\r\n", 400, null },
        { $"{Post}Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, null },
        { $"{Post}Transfer-Encoding: gzip\r\n\r\n", 400, null },
        { $"{Post}Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "invalid_request" },
        { $"{Post}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "invalid_request" },
        { $"{Post}Transfer-Encoding: chunked\r\n\r\n{new string('F', 40)}\r\n", 400, "invalid_request" },
        { $"{Post}Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400, "invalid_request" },
        { $"{Post}\r\n", 400, "invalid_request" },
        { $"{Post}Content-Length: 40000000\r\n\r\n", 413, "too_large" },
        { $"{Post}Content-Length: 99999999999\r\n\r\n", 413, "too_large" },
        { $"{new string('M', 300)} / HTTP/1.1\r\n{Host}\r\n", 405, "method_not_allowed" },
        { $"OPTIONS * HTTP/1.1\r\n{Host}\r\n", 405, "method_not_allowed" },
        { $"TRACE / HTTP/1.1\r\n{Host}\r\n", 405, "method_not_allowed" },
        { "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n", 405, "method_not_allowed" },
        { $"GET /../../etc/passwd HTTP/1.1\r\n{Host}\r\n", 404, "not_found" },
        { $"GET /%zz HTTP/1.1\r\n{Host}\r\n", 404, "not_found" },
        { $"GET /v1/ledgers/bank/accounts?%=%&&&=x HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts/%00 HTTP/1.1\r\n{Host}\r\n", 400, null },
        { $"GET /v1/ledgers/bank/accounts/%2 HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts/%zz HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts/%FF HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts/%ED%A0%80 HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts/%C0%80 HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/%FF/accounts HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts?after=%00 HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts?after=%FF HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /v1/ledgers/bank/accounts?%00=1 HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /health/live?a=%FF HTTP/1.1\r\n{Host}\r\n", 400, "invalid_request" },
        { $"GET /health/live HTTP/1.1\r\n{Host}X: \u00FF\r\n\r\n", 400, null },
        { $"GET /\u00FF HTTP/1.1\r\n{Host}\r\n", 400, null },
        { $"GET /v1/ledgers/bank/events HTTP/1.1\r\n{Host}Last-Event-ID: zzz\r\n\r\n", 400, "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public async Task What_nobody_should_send_is_refused(string request, int status, string? code)
    {
        var (head, body) = await SendAsync(request);
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        if (code is null)
        {
            Assert.Contains("\r\nContent-Length: 0", head, StringComparison.Ordinal);
            Assert.Contains("\r\nConnection: close", head, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("\r\nContent-Type: application/problem+json", head, StringComparison.Ordinal);
            Assert.Contains($"\"code\":\"{code}\"", body, StringComparison.Ordinal);
        }
    }

    /// <summary>Sends bytes over a connection of its own and reads one answer.</summary>
    private async Task<(string Head, string Body)> SendAsync(string request)
    {
        var address = fixture.Server.Http.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Stop);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Stop);
        var text = "";
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var parts = text.Split("\r\n\r\n", 2);
            if (parts.Length == 2 && parts[1].Length >= LengthIn(parts[0])) return (parts[0], parts[1]);
            var read = await stream.ReadAsync(buffer, Stop);
            Assert.True(read > 0, $"no whole answer, but '{text}'");
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }

    private static int LengthIn(string head) => int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0],
        System.Globalization.CultureInfo.InvariantCulture);

    private static string Headers(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: 1\r\n"));
}
