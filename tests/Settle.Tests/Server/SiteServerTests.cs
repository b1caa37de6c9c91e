using System.Net;
using System.Text.Json;
using Settle.Tests.Sites;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A server on the file of one of several sites.</summary>
public sealed class SiteServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_answers_for_its_site_and_says_where_money_and_decisions_are()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["north"]] });

        var here = await server.PostAsync("v1/ledgers/north/transfers",
            """{"id":"t1@north","from":"Ann","to":"Bob","amount":500}""");
        Assert.Equal(HttpStatusCode.Conflict, here.StatusCode);
        Assert.NotNull(here.Headers.RetryAfter);
        var problem = await JsonAsync(here);
        Assert.Equal("insufficient_here", problem.GetProperty("code").GetString());
        Assert.Equal(0, problem.GetProperty("here").GetInt64());
        Assert.Equal(10000, problem.GetProperty("total").GetInt64());
        Assert.Equal("main", problem.GetProperty("asked")[0].GetString());
        Assert.False(problem.TryGetProperty("block", out _));

        var elsewhere = await server.PostAsync("v1/ledgers/north/transfers",
            """{"id":"t1","from":"@world","to":"Bob","amount":500}""");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, elsewhere.StatusCode);
        Assert.Equal("main", (await JsonAsync(elsewhere)).GetProperty("site").GetString());
    }

    [Fact]
    public async Task A_client_makes_ids_that_its_servers_site_decides_and_reads_what_it_says()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["north"]] });
        await using var client = HttpLedger.Open($"{server.Http.BaseAddress}north");

        var paid = await client.TransferAsync("@world", "Bob", Money.Of(5), cancellationToken: Stop);
        var held = await client.HoldAsync(
            new HoldRequest { From = "Bob", To = "Shop", Amount = Money.Of(1) }, Stop);
        Assert.EndsWith("@north", paid.Id, StringComparison.Ordinal);
        Assert.EndsWith("@north", held.Id, StringComparison.Ordinal);
        Assert.Equal("north", (await client.GetInfoAsync(Stop)).Site);
        var error = await Assert.ThrowsAsync<InsufficientHereException>(() => client.HoldAsync(
            new HoldRequest { From = "Ann", To = "Shop", Amount = Money.Of(9) }, Stop));
        Assert.Equal((0m, 9m, 100m), (error.Shortfall!.Here.Value, error.Shortfall.Needed.Value,
            error.Shortfall.Total.Amount.Value));
        await Assert.ThrowsAsync<InsufficientHereException>(() => client.TransferAsync(
            "Ann", "Shop", Money.Of(9), cancellationToken: Stop));
        Assert.Equal("main", (await Assert.ThrowsAsync<NotHereException>(() => client.PutAccountAsync(
            new AccountRequest { Account = "Ann", Overdraft = Overdraft.Unlimited }, Stop))).Site);
        var bob = await client.GetAccountAsync("Bob", default, Stop);
        Assert.Equal((5m, 4m), (bob!.Balances[0].Balance.Value,
            bob.Balances[0].Here!.Value.Amount.Value));
    }

    [Theory]
    [InlineData("sites", """{"name":"north"}""", 422, "site_exists")]
    [InlineData("sites", """{"name":"east","prefix":"north:till"}""", 422, "prefix_in_use")]
    [InlineData("sites/north/end", "{}", 422, "site_active")]
    [InlineData("sites/nobody/suspend", "{}", 422, "unknown_site")]
    [InlineData("sites/main/suspend", "{}", 422, "founder_stays")]
    [InlineData("sites/main/retire", "{}", 422, "founder_stays")]
    [InlineData("sites/north/retire", "{}", 400, "invalid_request")]
    [InlineData("sites", """{"name":"North"}""", 400, "invalid_request")]
    [InlineData("sites", """{"name":"east","url":"nowhere"}""", 400, "invalid_request")]
    public async Task What_is_wrong_about_a_site_is_a_clear_error_over_http(
        string list, string body, int status, string code)
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["main"]] });
        var answer = await server.PostAsync($"v1/ledgers/main/{list}", body);
        Assert.Equal((status, code), ((int)answer.StatusCode,
            (await JsonAsync(answer)).GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("at", "1")]
    [InlineData("at", "2026-11-30T00:00:00Z")]
    [InlineData("on", "2026-11-30")]
    public async Task A_moment_of_the_past_is_refused_over_http(string field, string value)
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["north"]] });
        foreach (var list in (string[])["balances", "accounts/Ann"])
        {
            var answer = await server.Http.GetAsync(
                $"v1/ledgers/north/{list}?{field}={value}", Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(field, (await JsonAsync(answer)).GetProperty("field").GetString());
        }
    }

    [Fact]
    public async Task A_site_is_kept_at_an_amount_over_http_and_topped_up_by_the_homes_loop()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["main"]] });
        await using var client = HttpLedger.Open($"{server.Http.BaseAddress}main");
        var request = new AllowanceRequest
        {
            Account = "Ann", Site = "north", Amount = Money.Of(20), Standing = true,
        };

        var made = await client.Sites.AllowAsync(request, Stop);
        Assert.Equal((20m, 20m), (made.Granted.Value, made.Standing!.Value.Value));
        Assert.True((await client.Sites.AllowAsync(request, Stop)).Granted.IsZero);
        await files.SyncAsync("main", "north");
        await files.PayAsync("north", "Ann", "Shop", 15);
        // The server reads what has come, and gives what is missing then.
        while ((await files.BalanceAsync("north", "Ann")).Here < 20)
        {
            Stop.ThrowIfCancellationRequested();
            await files.SyncAsync("main", "north");
        }
        var kept = (await client.Sites.ListAsync(Stop))[1].Allowances.Single();
        Assert.Equal(("Ann", 20m, "main"), (kept.Account, kept.Amount.Value, kept.By));

        var ended = await server.PostAsync("v1/ledgers/main/sites/north/allowances",
            """{"account":"Ann","amount":0,"standing":true}""");
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(0, (await JsonAsync(ended)).GetProperty("standing").GetInt64());
        Assert.Empty((await client.Sites.ListAsync(Stop))[1].Allowances);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync(
            "v1/ledgers/main/sites/north/allowances",
            """{"account":"Ann","amount":0}""")).StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await server.PostAsync(
            "v1/ledgers/main/sites/north/allowances",
            """{"account":"north:Ann","amount":5,"standing":true}""")).StatusCode);
    }

    [Fact]
    public async Task A_site_that_others_sync_with_meanwhile_gives_and_gets_through_its_file()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["north"]] });
        await using var client = HttpLedger.Open($"{server.Http.BaseAddress}north");
        await Assert.ThrowsAsync<InsufficientHereException>(() => client.TransferAsync(
            "Ann", "Shop", Money.Of(9), "t1@north", Stop));

        await files.SyncAsync("main", "north");

        Assert.Equal(91, (await client.TransferAsync("Ann", "Shop", Money.Of(9), "t1@north", Stop)
            is { Status: EntryStatus.Successful } ? await BalanceAsync(client, "Ann") : 0));
    }

    private static async Task<decimal> BalanceAsync(HttpLedger client, string account) =>
        (await client.GetAccountAsync(account, default, Stop))!.Balances[0].Balance.Value;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document =
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return document.RootElement.Clone();
    }
}
