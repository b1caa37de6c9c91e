using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Settle.Server;
using Xunit;

namespace Settle.Tests.AspNetCore;

/// <summary>The HTTP API and the console in an app of somebody else's.</summary>
public sealed class MapSettleTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public MapSettleTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSettle(_folder.File("bank.db"));
        builder.Services.AddAuthentication("header")
            .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("header", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("read", policy => policy.RequireAuthenticatedUser())
            .AddPolicy("write", policy => policy.RequireUserName("clerk"));
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapSettle("/money").RequirePolicies(role => role == ApiRole.Reader ? "read" : "write");
        _app.MapGet("/", () => "the app itself");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_ledgers_of_one_name_cannot_be_served_together()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddKeyedSettle("first", _folder.File("x/bank.db"));
        builder.Services.AddKeyedSettle("second", _folder.File("y/bank.db"));
        builder.Services.AddKeyedSettle("third", _folder.File("points.db"));
        await using var app = builder.Build();
        var error = Assert.Throws<InvalidOperationException>(() => app.MapSettle("/", "first", "third", "second"));
        Assert.Contains("'first' and 'second' are all named 'bank'", error.Message, StringComparison.Ordinal);
        Assert.Contains("rename", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clerk", """{"needs_key":false,"name":"clerk","role":"admin","ledgers":["bank"]}""")]
    [InlineData("guest", """{"needs_key":false,"name":"guest","role":"reader","ledgers":["bank"]}""")]
    public async Task The_page_learns_who_the_app_says_it_is(string user, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_http.BaseAddress!, "money/v1/session"));
        request.Headers.Add("X-User", user);
        using var response = await _http.SendAsync(request, Stop);
        Assert.Equal(session, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "money/v1/session", null));
    }

    [Fact]
    public async Task Whom_the_app_does_not_know_or_allow_gets_nothing()
    {
        foreach (var path in new[] { "money/v1/ledgers", "money/v1/ledgers/bank", "money/", "money/app.js" })
            Assert.Equal(401, await StatusAsync(HttpMethod.Get, path, null));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "money/v1/ledgers/bank", "guest"));
        Assert.Equal(403, await StatusAsync(HttpMethod.Post, "money/v1/ledgers/bank/transfers", "guest"));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "", null));
    }

    [Fact]
    public async Task Names_refusals_and_faults_are_those_of_a_server()
    {
        // A slash and a percent sign in names, which an app's own routing would have decoded.
        await using var ledger = HttpLedger.Open($"{_http.BaseAddress}money/bank",
            new HttpLedgerOptions { HttpClient = () => _http });
        _http.DefaultRequestHeaders.Add("X-User", "clerk");
        await ledger.TransferAsync("@world", "a/b 50%2F", Money.Of(1, "USD"), "t/1", Stop);
        Assert.Equal(100, (await ledger.GetAccountAsync("a/b 50%2F", cancellationToken: Stop))!.Balances[0].Balance.Units);
        Assert.NotNull(await ledger.GetTransferAsync("t/1", Stop));
        await Assert.ThrowsAsync<InsufficientFundsException>(
            () => ledger.TransferAsync("Dave", "Alex", Money.Of(1, "USD"), "t-2", Stop));
        using var answer = await _http.GetAsync("money/v1/ledgers/bank/transfers?limt=1", Stop);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("invalid_request", problem.GetProperty("code").GetString());
        Assert.Equal("limt", problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_console_works_below_its_address()
    {
        _http.DefaultRequestHeaders.Add("X-User", "guest");
        using var moved = await _http.GetAsync("money", Stop);
        Assert.Equal((302, "/money/"), ((int)moved.StatusCode, moved.Headers.Location?.OriginalString));
        var page = await _http.GetStringAsync("money/", Stop);
        Assert.Contains("src=\"./app.js\"", page, StringComparison.Ordinal);
        // It says so: the page then offers no letter, bank file or report, which a host does not have.
        Assert.Contains("data-mounted", page, StringComparison.Ordinal);
        Assert.Contains("v1/ledgers", await _http.GetStringAsync("money/app.js", Stop), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(Stop);
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<int> StatusAsync(HttpMethod method, string path, string? user)
    {
        using var request = new HttpRequestMessage(method, path);
        if (user is not null) request.Headers.Add("X-User", user);
        using var response = await _http.SendAsync(request, Stop);
        return (int)response.StatusCode;
    }
}
