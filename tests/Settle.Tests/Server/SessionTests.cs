using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A cookie stands for a key: for that key's rights, on the server's own page, for a time.</summary>
public sealed class SessionTests : IDisposable
{
    private const string Transfer = """{"from":"@world","to":"Alex","amount":5}""";

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string KeysFile => _directory.File("keys.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_session_may_do_what_its_key_may_and_ends_with_it()
    {
        var teller = ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, ["bank"]);
        await using var server = await StartAsync();
        Assert.Equal("""{"needs_key":true}""", await TextAsync(server, "GET", "/v1/session", null));
        var cookie = await SignInAsync(server, teller);
        Assert.Equal("""{"needs_key":true,"name":"anna","role":"teller","ledgers":["bank"]}""",
            await TextAsync(server, "GET", "/v1/session", cookie));
        Assert.Equal(200, await SendAsync(server, "GET", "/v1/ledgers/bank", cookie));
        Assert.Equal(201, await SendAsync(server, "POST", "/v1/ledgers/bank/transfers", cookie, Transfer));
        Assert.Equal(403, await SendAsync(server, "PUT", "/v1/ledgers/bank/accounts/Alex", cookie, "{}"));
        Assert.Equal(403, await SendAsync(server, "GET", "/metrics", cookie));
        Assert.Equal("""{"needs_key":true}""", await TextAsync(server, "DELETE", "/v1/session", cookie));
        Assert.Equal(401, await SendAsync(server, "GET", "/v1/ledgers/bank", cookie));
        Assert.Equal("""{"needs_key":true}""", await TextAsync(server, "DELETE", "/v1/session", cookie));
    }

    [Fact]
    public async Task The_cookie_is_for_the_browser_only_and_for_this_server()
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Reader, []);
        await using var server = await StartAsync();
        var plain = await CookieAsync(server, key, null);
        Assert.StartsWith($"settle_session_{server.Http.BaseAddress!.Port}=", plain);
        foreach (var part in new[] { "; path=/", "; httponly", "; samesite=strict" })
            Assert.Contains(part, plain, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", plain, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", plain, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(key[3..], plain);
        Assert.Contains("; secure", await CookieAsync(server, key, $"https://{server.Http.BaseAddress.Authority}"),
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST", "Sec-Fetch-Site", "same-origin", 201)]
    [InlineData("POST", "Sec-Fetch-Site", "same-site", 403)]
    [InlineData("POST", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("POST", "Sec-Fetch-Site", "none", 403)]
    [InlineData("POST", "Origin", "self", 201)]
    [InlineData("POST", "Origin", "https-self", 201)]
    [InlineData("POST", "Origin", "null", 403)]
    [InlineData("POST", "Origin", "http://evil.example", 403)]
    [InlineData("POST", "Origin", "http://127.0.0.1", 403)]
    [InlineData("POST", null, null, 403)]
    [InlineData("DELETE", null, null, 403)]
    [InlineData("BREW", null, null, 403)]
    [InlineData("GET", "Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("GET", "Sec-Fetch-Site", "none", 200)]
    [InlineData("GET", "Sec-Fetch-Site", "same-site", 403)]
    [InlineData("GET", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("GET", null, null, 200)]
    public async Task A_cookie_counts_for_the_servers_own_page(string method, string? header, string? value, int status)
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Admin, []);
        await using var server = await StartAsync();
        var cookie = await SignInAsync(server, key);
        using var request = Request(method, "/v1/ledgers/bank/transfers", cookie, method == "GET" ? null : Transfer);
        request.Headers.Remove("Sec-Fetch-Site");
        var authority = server.Http.BaseAddress!.Authority;
        value = value switch { "self" => $"http://{authority}", "https-self" => $"https://{authority}", _ => value };
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403)
        {
            Assert.Equal("forbidden", (await RunningServer.BodyAsync(response)).GetProperty("code").GetString());
            using var list = Request("GET", "/v1/ledgers/bank/transfers", cookie, null);
            using var none = await server.Http.SendAsync(list, Stop);
            Assert.Empty((await RunningServer.BodyAsync(none)).GetProperty("items").EnumerateArray());
        }
    }

    [Theory]
    [InlineData("POST", "Sec-Fetch-Site", "cross-site")]
    [InlineData("POST", "Origin", "http://evil.example")]
    [InlineData("DELETE", "Sec-Fetch-Site", "same-site")]
    [InlineData("DELETE", "Origin", "null")]
    public async Task No_other_page_signs_anybody_in_or_out(string method, string header, string value)
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Admin, []);
        await using var server = await StartAsync();
        var cookie = await SignInAsync(server, key);
        using var request = Request(method, "/v1/session", cookie, method == "POST" ? Body(key) : null);
        request.Headers.Remove("Sec-Fetch-Site");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(403, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(200, await SendAsync(server, "GET", "/v1/ledgers/bank", cookie));
    }

    [Fact]
    public async Task A_cookie_never_widens_what_a_key_that_is_sent_may_do()
    {
        var admin = ApiKeys.Add(KeysFile, "boss", ApiRole.Admin, []);
        var reader = ApiKeys.Add(KeysFile, "eve", ApiRole.Reader, []);
        await using var server = await StartAsync();
        var cookie = await SignInAsync(server, admin);
        foreach (var (authorization, status) in new[]
            { ($"Bearer {reader}", 403), ("Bearer sk_unknown", 401), ("Basic YTpi", 401), ("Bearer", 401) })
        {
            using var request = Request("POST", "/v1/ledgers/bank/transfers", cookie, Transfer);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await server.Http.SendAsync(request, Stop);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("changed")]
    [InlineData("signed out")]
    [InlineData("signed in again")]
    public async Task A_session_and_its_streams_end_when_its_key_or_itself_does(string how)
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, []);
        await using var server = await StartAsync();
        var cookie = await SignInAsync(server, key);
        using var request = Request("GET", "/v1/ledgers/bank/events", cookie, null);
        using var stream = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        var body = await stream.Content.ReadAsStreamAsync(Stop);
        if (how == "removed") Assert.True(ApiKeys.Remove(KeysFile, "anna"));
        else if (how == "changed")
            await File.WriteAllTextAsync(KeysFile, (await File.ReadAllTextAsync(KeysFile, Stop)).Replace("teller", "admin"), Stop);
        else if (how == "signed out") await SendAsync(server, "DELETE", "/v1/session", cookie);
        else await SendAsync(server, "POST", "/v1/session", cookie, Body(key));
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            var bytes = new byte[4096];
            while (await body.ReadAsync(bytes, Stop) > 0) { }
            throw new IOException("it ended");
        });
        Assert.Equal(401, await SendAsync(server, "GET", "/v1/ledgers/bank", cookie));
    }

    [Fact]
    public void A_session_in_which_nothing_is_asked_is_over_after_two_hours()
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, []);
        var clock = new SteppedClock();
        using var ring = new KeyRing(KeysFile, TimeProvider.System,
            NullLogger<KeyRing>.Instance);
        using var sessions = new Sessions(ring, clock);
        var (used, unused) = (sessions.Begin(ring.Find(key)!), sessions.Begin(ring.Find(key)!));
        var ended = sessions.Find(unused)!.Ended;
        clock.Step(TimeSpan.FromMinutes(119));
        Assert.NotNull(sessions.Find(used));
        clock.Step(TimeSpan.FromMinutes(2));
        Assert.NotNull(sessions.Find(used));
        Assert.Null(sessions.Find(unused));
        Assert.True(ended.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_key_has_a_hundred_sessions_at_most()
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, []);
        var clock = new SteppedClock();
        using var ring = new KeyRing(KeysFile, TimeProvider.System,
            NullLogger<KeyRing>.Instance);
        using var sessions = new Sessions(ring, clock);
        var all = new List<string>();
        for (var i = 0; i < 101; i++, clock.Step(TimeSpan.FromSeconds(1))) all.Add(sessions.Begin(ring.Find(key)!));
        Assert.Equal(all.Skip(1), all.Where(token => sessions.Find(token) is not null));
    }

    [Theory]
    [InlineData("""{"key":"sk_unknown"}""", 401)]
    [InlineData("""{"key":""}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"key":5}""", 400)]
    [InlineData("""{"key":"a","name":"b"}""", 400)]
    [InlineData("[", 400)]
    [InlineData("", 400)]
    [InlineData("large", 413)]
    public async Task Who_has_no_key_does_not_get_in(string body, int status)
    {
        ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, []);
        await using var server = await StartAsync();
        if (body == "large") body = Body(new string('a', 5000));
        using var request = Request("POST", "/v1/session", null, body);
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Whoever_guesses_is_slowed_down_and_whoever_has_a_key_or_a_session_is_not()
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, []);
        await using var server = await StartAsync();
        var cookie = await SignInAsync(server, key);
        var statuses = new List<int>();
        for (var i = 0; i < 210; i++)
            statuses.Add(await SendAsync(server, "POST", "/v1/session", null, Body($"sk_{i}")));
        Assert.Equal([401, 429], statuses.Distinct().Order());
        Assert.InRange(statuses.Count(status => status == 401), 100, 200);
        Assert.Equal(201, await SendAsync(server, "POST", "/v1/session", null, Body(key)));
        Assert.Equal(200, await SendAsync(server, "GET", "/v1/ledgers/bank", cookie));
    }

    [Fact]
    public async Task A_server_without_keys_needs_no_session_and_sets_no_cookie()
    {
        await using var server = await RunningServer.StartAsync();
        const string Local = """{"needs_key":false,"name":"local","role":"admin","ledgers":["*"]}""";
        Assert.Equal(Local, await TextAsync(server, "GET", "/v1/session", null));
        using var request = Request("POST", "/v1/session", null, "{}");
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(Local, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(201, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(Local, await TextAsync(server, "DELETE", "/v1/session", null));
    }

    [Fact]
    public async Task Neither_keys_nor_cookies_are_logged_and_a_restart_ends_all_sessions()
    {
        var key = ApiKeys.Add(KeysFile, "anna", ApiRole.Teller, []);
        using var log = new ListLog();
        string cookie;
        await using (var server = await StartAsync(options => options with { Log = log, LogRequests = true, LogLevel = LogLevel.Trace }))
        {
            cookie = await SignInAsync(server, key);
            await SendAsync(server, "GET", "/v1/ledgers/bank", cookie);
            await SendAsync(server, "POST", "/v1/session", null, Body("sk_wrong-secret"));
            var lines = string.Join('\n', log.Lines);
            Assert.Contains("anna", lines);
            foreach (var secret in new[] { key, cookie.Split('=')[1], "sk_wrong-secret" })
                Assert.DoesNotContain(secret, lines);
        }
        await using var again = await StartAsync();
        Assert.Equal(401, await SendAsync(again, "GET", "/v1/ledgers/bank",
            $"settle_session_{again.Http.BaseAddress!.Port}={cookie.Split('=')[1]}"));
    }

    private Task<RunningServer> StartAsync(Func<ServeOptions, ServeOptions>? change = null) =>
        RunningServer.StartAsync(options => (change?.Invoke(options) ?? options) with { KeysFile = KeysFile });

    private static async Task<string> SignInAsync(RunningServer server, string key) =>
        (await CookieAsync(server, key, null)).Split(';')[0];

    private static async Task<string> CookieAsync(RunningServer server, string key, string? origin)
    {
        using var request = Request("POST", "/v1/session", null, Body(key));
        if (origin is not null)
        {
            request.Headers.Remove("Sec-Fetch-Site");
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(201, (int)response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single();
    }

    private static string Body(string key) => JsonSerializer.Serialize(new Dictionary<string, string> { ["key"] = key });

    private static async Task<string> TextAsync(RunningServer server, string method, string path, string? cookie)
    {
        using var request = Request(method, path, cookie, null);
        using var response = await server.Http.SendAsync(request, Stop);
        return await response.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<int> SendAsync(
        RunningServer server, string method, string path, string? cookie, string? body = null)
    {
        using var request = Request(method, path, cookie, body);
        using var response = await server.Http.SendAsync(request, Stop);
        return (int)response.StatusCode;
    }

    // As the server's own page sends it.
    private static HttpRequestMessage Request(string method, string path, string? cookie, string? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (body is null) return request;
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }
}
