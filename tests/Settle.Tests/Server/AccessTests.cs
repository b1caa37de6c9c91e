using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

public sealed class AccessTests
{
    private static readonly Dictionary<string, ApiRole?> OfBilling = new()
    {
        ["GET /v1/ledgers/{ledger}/sepa-orders"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/sepa-orders/{id}"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/sepa-orders/{id}.xml"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/debit-runs"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/payout-runs"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/sepa-orders/{id}/cancel"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/quotes"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/quotes/{number}/accept"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/quotes/{number}/decline"] = ApiRole.Teller,
    };

    /// <summary>What each role may do; a route that is not here fails the test.</summary>
    private static readonly Dictionary<string, ApiRole?> Routes = new(OfBilling)
    {
        ["GET /health/live"] = null,
        ["GET /health/ready"] = null,
        ["GET /openapi/v1.json"] = null,
        ["GET /"] = null,
        ["GET /app.css"] = null,
        ["GET /app.js"] = null,
        ["GET /verify.js"] = null,
        ["GET /favicon.svg"] = null,
        ["GET /metrics"] = ApiRole.Reader,
        ["GET /v1/ledgers"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}"] = ApiRole.Reader,
        ["PUT /v1/ledgers/{ledger}"] = ApiRole.Admin,
        ["PUT /v1/ledgers/{ledger}/assets/{asset}"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/transfers"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/transfers/batch"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/transfers"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/transfers/{id}"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/transfers/{id}/revert"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/transactions"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/holds"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/holds/{id}"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/holds/{id}/capture"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/holds/{id}/void"] = ApiRole.Teller,
        ["PUT /v1/ledgers/{ledger}/accounts/{account}"] = ApiRole.Admin,
        ["GET /v1/ledgers/{ledger}/accounts"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/accounts/{account}"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/accounts/{account}/entries"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/balances"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/blocks"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/blocks/heads"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/blocks/{height}"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/entries/{id}"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/events"] = ApiRole.Reader,
        ["PUT /v1/ledgers/{ledger}/seller"] = ApiRole.Admin,
        ["GET /v1/ledgers/{ledger}/seller"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/customers"] = ApiRole.Teller,
        ["PUT /v1/ledgers/{ledger}/customers/{customer}"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/customers"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/customers/{customer}"] = ApiRole.Reader,
        ["DELETE /v1/ledgers/{ledger}/customers/{customer}"] = ApiRole.Admin,
        ["GET /v1/ledgers/{ledger}/customers/{customer}/statement"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/charges"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/charges/batch"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/charges"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/charges/{id}"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/subscriptions"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/subscriptions"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/subscriptions/{id}/reprice"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/subscriptions/{id}/end"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/invoice-runs"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/invoice-runs"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/holds"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/payments"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/invoices"] = ApiRole.Reader,
        ["GET /v1/ledgers/{ledger}/invoices/{number}"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/credit-notes"] = ApiRole.Teller,
        ["DELETE /v1/ledgers/{ledger}/charges/{id}"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/opening-invoices"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/payments"] = ApiRole.Teller,
        ["GET /v1/ledgers/{ledger}/payments/{id}"] = ApiRole.Reader,
        ["POST /v1/ledgers/{ledger}/refunds"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/chargebacks"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/reminder-runs"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/reminder-holds"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/bank-statements"] = ApiRole.Teller,
        ["POST /v1/ledgers/{ledger}/check"] = ApiRole.Reader,
    };

    private static readonly Dictionary<string, ApiRole?> OfSitesAndKeys = new()
    {
        ["GET /v1/keys"] = ApiRole.Admin,
        ["POST /v1/keys"] = ApiRole.Admin,
        ["DELETE /v1/keys/{key}"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/sites"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/sites/{site}/suspend"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/sites/{site}/end"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/sites/{site}/retire"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/sites/{site}/allowances"] = ApiRole.Admin,
        ["POST /v1/ledgers/{ledger}/sites/{site}/blocks"] = ApiRole.Peer,
    };

    // All of them read.
    private static readonly string[] Readable =
    [
        "GET /v1/ledgers/{ledger}/subscriptions/{id}",
        "GET /v1/ledgers/{ledger}/overview",
        "GET /v1/ledgers/{ledger}/verification", "POST /v1/ledgers/{ledger}/verification",
        "GET /v1/ledgers/{ledger}/reports/trial-balance",
        "GET /v1/ledgers/{ledger}/reports/income",
        "GET /v1/ledgers/{ledger}/reports/ageing", "GET /v1/ledgers/{ledger}/reports/vat",
        "GET /v1/ledgers/{ledger}/search",
        "GET /v1/ledgers/{ledger}/accounts/{account}/history",
        "GET /v1/ledgers/{ledger}/invoices/{number}.pdf",
        "GET /v1/ledgers/{ledger}/invoices/{number}.xml",
        "GET /v1/ledgers/{ledger}/customers/{customer}/statement.pdf",
        "GET /v1/ledgers/{ledger}/refunds", "GET /v1/ledgers/{ledger}/refunds/{id}",
        "GET /v1/ledgers/{ledger}/reminders",
        "GET /v1/ledgers/{ledger}/reminders/{number}",
        "GET /v1/ledgers/{ledger}/reminders/{number}.pdf",
        "GET /v1/ledgers/{ledger}/quotes",
        "GET /v1/ledgers/{ledger}/quotes/{number}",
        "GET /v1/ledgers/{ledger}/quotes/{number}.pdf",
        "GET /v1/ledgers/{ledger}/chargebacks",
        "GET /v1/ledgers/{ledger}/chargebacks/{id}",
        "POST /v1/ledgers/{ledger}/exports/datev",
        "GET /v1/ledgers/{ledger}/exports/hledger",
        "GET /v1/ledgers/{ledger}/exports/beancount",
        "GET /v1/ledgers/{ledger}/exports/csv",
        "GET /v1/ledgers/{ledger}/exports/jsonl",
        "GET /v1/ledgers/{ledger}/exports/invoices",
        "GET /v1/ledgers/{ledger}/sites",
        "GET /v1/ledgers/{ledger}/sites/tips", "GET /v1/ledgers/{ledger}/sites/orphans",
        "GET /v1/ledgers/{ledger}/sites/{site}/blocks",
        "GET /v1/ledgers/{ledger}/sites/{site}/allowances",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_role_may_do_what_it_may_and_nothing_else()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        var keys = Enum.GetValues<ApiRole>().ToDictionary(role => role,
            role => ApiKeys.Add(file, role.ToString(), role, ["*"]));
        await using var server = await RunningServer.StartAsync(options => options with { KeysFile = file });
        foreach (var route in server.Server.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            // Signing in is for everybody, and has tests of its own.
            .Where(each => each.RoutePattern.RawText != "/v1/session"))
        {
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var path = "/" + route.RoutePattern.RawText!.Trim('/').Replace("{documentName}", "v1");
            var needed = Readable.Contains($"{method} {path}") ? ApiRole.Reader
                : OfSitesAndKeys.GetValueOrDefault($"{method} {path}")
                    ?? Assert.Contains($"{method} {path}", Routes);
            Assert.Equal(needed is null ? 200 : 401, await SendAsync(server, method, path, null));
            Assert.Equal(needed is null ? 200 : 401, await SendAsync(server, method, path, "sk_unknown"));
            // Who may not ask is not told what may be sent.
            Assert.Equal(needed is null ? 200 : 401, await SendAsync(server, method, path, "sk_unknown", "text/plain"));
            if (needed > ApiRole.Reader)
                Assert.Equal(403, await SendAsync(server, method, path, keys[ApiRole.Reader], "text/plain"));
            foreach (var (role, key) in keys)
            {
                var status = await SendAsync(server, method, path, key);
                Assert.True(needed is null || May(role, needed.Value) ? status is not (401 or 403) : status == 403,
                    $"{method} {path} as {role}: {status}");
            }
        }
    }

    [Theory]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v1/ledgers/bank/nothing")]
    [InlineData("GET", "/v1/ledgers/absent")]
    [InlineData("PATCH", "/v1/ledgers/bank")]
    [InlineData("DELETE", "/v1/ledgers/bank/transfers/t-1")]
    [InlineData("BREW", "/metrics")]
    [InlineData("GET", "/admin")]
    [InlineData("GET", "/v1/ledgers/bank/transfers?x=1")]
    public async Task Who_has_no_key_does_not_learn_what_there_is(string method, string path)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        ApiKeys.Add(file, "shop", ApiRole.Reader, []);
        await using var server = await RunningServer.StartAsync(options => options with { KeysFile = file });
        foreach (var key in (string?[])[null, "sk_unknown"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await server.Http.SendAsync(request, Stop);
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Empty(response.Content.Headers.Allow);
            Assert.Equal("unauthorized", (await RunningServer.BodyAsync(response)).GetProperty("code").GetString());
        }
    }

    // Who hands over blocks moves no money, and the other way round.
    private static bool May(ApiRole role, ApiRole needed) =>
        role == needed || role == ApiRole.Admin || needed == ApiRole.Reader;

    [Fact]
    public async Task A_key_of_one_ledger_opens_no_other()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        var key = ApiKeys.Add(file, "bank only", ApiRole.Admin, ["bank"]);
        await using var server = await RunningServer.StartAsync(options => options with
        {
            KeysFile = file,
            Ledgers = [.. options.Ledgers, directory.File("other.db")],
        });
        Assert.Equal(200, await SendAsync(server, "GET", "/v1/ledgers/bank", key));
        Assert.Equal(403, await SendAsync(server, "GET", "/v1/ledgers/other", key));
        Assert.Equal(403, await SendAsync(server, "GET", "/v1/ledgers/absent", key));
        Assert.Equal(403, await SendAsync(server, "GET", "/v1/ledgers/oth%65r", key));
        Assert.Equal(403, await SendAsync(server, "GET", "/metrics", key));
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var ledgers = await server.GetAsync("/v1/ledgers");
        Assert.Equal("bank", Assert.Single(ledgers.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_file_of_keys_holds_no_key_and_is_for_its_owner()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        var key = ApiKeys.Add(file, "teller", ApiRole.Teller, []);
        Assert.StartsWith("sk_", key);
        var text = await File.ReadAllTextAsync(file, Stop);
        Assert.DoesNotContain(key, text);
        Assert.DoesNotContain(key[3..], text);
        Assert.Contains("\"role\": \"teller\"", text);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Throws<InvalidRequestException>(() => ApiKeys.Add(file, "teller", ApiRole.Reader, []));
        Assert.True(ApiKeys.Remove(file, "teller"));
        Assert.Empty(ApiKeys.Load(file).All);
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("*:0")]
    [InlineData("192.0.2.1:7171")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("::1:7171")]
    public async Task Without_keys_only_this_machine_is_served(string listen)
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(
            () => RunningServer.StartAsync(options => options with { Listen = listen }));
        Assert.Equal("listen", error.Field);
    }

    [Fact]
    public async Task A_port_in_use_is_a_clear_error()
    {
        await using var first = await RunningServer.StartAsync();
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => RunningServer.StartAsync(
            options => options with { Listen = first.Http.BaseAddress!.Authority }));
        Assert.Equal("listen", error.Field);
        Assert.Contains("another program listens there", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example", 403)]
    [InlineData("Host", "localhost.evil.example", 403)]
    [InlineData("Host", "127.0.0.1.evil.example", 403)]
    [InlineData("Host", "localhost", 200)]
    [InlineData("Host", "LOCALHOST:7171", 200)]
    [InlineData("Host", "[::1]:7171", 200)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost:1", 403)]
    [InlineData("Origin", "self", 200)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    public async Task A_web_page_from_elsewhere_cannot_use_a_server_without_keys(string header, string value, int status)
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var method in new[] { "GET", "PUT" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/ledgers/bank");
            if (method == "PUT") request.Content = Json("""{"asset":"USD"}""");
            request.Headers.TryAddWithoutValidation(header,
                value == "self" ? server.Http.BaseAddress!.ToString().TrimEnd('/') : value);
            using var response = await server.Http.SendAsync(request, Stop);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/")]
    [InlineData("X-Forwarded-Anything", "")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Tailscale-User-Login", "a@example.org")]
    [InlineData("Ngrok-Auth-User-Email", "a@example.org")]
    [InlineData("X-Auth-Request-Email", "a@example.org")]
    [InlineData("Remote-Email", "a@example.org")]
    [InlineData("CF-Connecting-IP", "192.0.2.1")]
    [InlineData("X-Forwarded", "1")]
    [InlineData("Forwarded-For", "192.0.2.1")]
    [InlineData("X_Forwarded_For", "192.0.2.1")]
    [InlineData("X-Original-URL", "/")]
    [InlineData("X-Envoy-External-Address", "192.0.2.1")]
    [InlineData("X-Amzn-Trace-Id", "Root=1")]
    [InlineData("true_client_ip", "192.0.2.1")]
    [InlineData("Ali-Cdn-Real-IP", "192.0.2.1")]
    [InlineData("CDN-Loop", "a")]
    public async Task What_a_proxy_passes_on_needs_a_key(string header, string value)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        var key = ApiKeys.Add(file, "shop", ApiRole.Reader, []);
        await using var open = await RunningServer.StartAsync();
        await using var guarded = await RunningServer.StartAsync(options => options with { KeysFile = file });
        foreach (var (server, sent, status) in new[]
            { (open, null, 403), (guarded, null, 401), (guarded, "sk_x", 401), (guarded, key, 200) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/ledgers/bank");
            request.Headers.TryAddWithoutValidation(header, value);
            if (sent is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sent);
            using var response = await server.Http.SendAsync(request, Stop);
            Assert.Equal(status, (int)response.StatusCode);
            if (status == 403)
                Assert.Contains("--keys", (await RunningServer.BodyAsync(response)).GetProperty("detail").GetString());
        }
    }

    [Fact]
    public async Task Answers_tell_browsers_to_be_careful()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var address in new[] { "/", "/v1/ledgers", "/nowhere" })
        {
            using var response = await server.Http.GetAsync(address, Stop);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_to_wait()
    {
        await using var server = await RunningServer.StartAsync(options => options with { RequestsPerSecond = 5 });
        var statuses = new List<int>();
        for (var i = 0; i < 30; i++) statuses.Add(await SendAsync(server, "GET", "/v1/ledgers/bank", null));
        Assert.Contains(200, statuses);
        Assert.Contains(429, statuses);
        using var response = await server.Http.GetAsync("/v1/ledgers", Stop);
        if ((int)response.StatusCode != 429) return;
        Assert.Equal("too_many_requests", (await RunningServer.BodyAsync(response)).GetProperty("code").GetString());
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task<int> SendAsync(RunningServer server, string method, string path, string? key,
        string? mediaType = null)
    {
        path = path.Replace("{ledger}", "bank").Replace("{height}", "1").Replace("{account}", "Alex")
            .Replace("{id}", "t-1").Replace("{asset}", "points");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET") request.Content = Json("[");
        if (path.EndsWith("/bank-statements", StringComparison.Ordinal) || path.EndsWith("/check", StringComparison.Ordinal))
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        if (mediaType is not null && request.Content is { } content)
            content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        if ((int)response.StatusCode is 401 or 403)
        {
            var problem = await RunningServer.BodyAsync(response);
            Assert.Equal((int)response.StatusCode == 401 ? "unauthorized" : "forbidden", problem.GetProperty("code").GetString());
        }
        return (int)response.StatusCode;
    }

    private static ByteArrayContent Json(string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
