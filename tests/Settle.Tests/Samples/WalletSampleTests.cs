using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Settle.Tests.Samples;

/// <summary>The sample wallet, as a process of its own, asked over HTTP.</summary>
public sealed class WalletSampleTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_is_moved_once_and_refusals_have_codes()
    {
        await using (var wallet = await StartAsync())
        {
            await ExpectAsync(wallet, 201, "d-1", "wallets/ann/deposits", new { amount = 50 });
            await ExpectAsync(wallet, 200, "d-1", "wallets/ann/deposits", new { amount = 50 });
            await ExpectAsync(wallet, 409, "d-1", "wallets/ann/deposits", new { amount = 51 }, "id_reused");
            await ExpectAsync(wallet, 201, "t-1", "wallets/ann/transfers", new { amount = 12.5, to = "bob" });
            await ExpectAsync(wallet, 422, "t-2", "wallets/bob/transfers", new { amount = 13, to = "ann" }, "insufficient_funds");
            await ExpectAsync(wallet, 400, "t-3", "wallets/ann/transfers", new { amount = 0.001, to = "bob" }, "invalid_request");
            await ExpectAsync(wallet, 400, null, "wallets/ann/transfers", new { amount = 1, to = "bob" });
            Assert.Equal((37.5m, 37.5m), await HoldingAsync(wallet, "ann"));
            Assert.Equal("Healthy", await wallet.Http.GetStringAsync("health", Stop));
            Assert.Equal(0, await wallet.EndAsync("TERM"));
        }
        await using var again = await StartAsync();
        await ExpectAsync(again, 200, "t-1", "wallets/ann/transfers", new { amount = 12.5, to = "bob" });
        Assert.Equal((12.5m, 12.5m), await HoldingAsync(again, "bob"));
        using var nobody = await again.Http.GetAsync("wallets/nobody", Stop);
        Assert.Equal(404, (int)nobody.StatusCode);
    }

    [Fact]
    public async Task What_is_held_is_captured_in_part_or_released()
    {
        await using var wallet = await StartAsync();
        await ExpectAsync(wallet, 201, "d-1", "wallets/ann/deposits", new { amount = 50 });
        await ExpectAsync(wallet, 201, "ride", "wallets/ann/holds", new { amount = 20, to = "taxi" });
        Assert.Equal((50m, 30m), await HoldingAsync(wallet, "ann"));
        await ExpectAsync(wallet, 201, "fare", "holds/ride/capture", new { amount = 15 });
        Assert.Equal((35m, 35m), await HoldingAsync(wallet, "ann"));
        await ExpectAsync(wallet, 201, "table", "wallets/ann/holds", new { amount = 5, to = "bistro" });
        using (var release = Request(HttpMethod.Delete, "no-show", "holds/table"))
        using (var released = await wallet.Http.SendAsync(release, Stop))
            Assert.Equal(201, (int)released.StatusCode);
        await ExpectAsync(wallet, 422, "late", "holds/table/capture", new { amount = 5 }, "hold_voided");
        var statement = await wallet.Http.GetFromJsonAsync<JsonElement>("wallets/ann/statement", Stop);
        Assert.Equal(
            ["fare: -15 to taxi, 35 left", "d-1: 50 to @world, 50 left"],
            statement.GetProperty("lines").EnumerateArray().Select(line => string.Create(
                CultureInfo.InvariantCulture, $"{line.GetProperty("id").GetString()}: "
                + $"{line.GetProperty("amount").GetDecimal():0.##} to {line.GetProperty("with").GetString()}, "
                + $"{line.GetProperty("balance").GetDecimal():0.##} left")));
    }

    [Fact]
    public async Task A_client_that_goes_away_asks_again_with_the_same_key()
    {
        await using var wallet = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            using var request = Request(HttpMethod.Post, $"d-{i}", "wallets/ann/deposits");
            request.Content = JsonContent.Create(new { amount = 1 });
            var answer = wallet.Http.SendAsync(request, leaving.Token);
            await leaving.CancelAsync();
            // It may have been answered before.
            await Task.WhenAny(answer);
            using var again = Request(HttpMethod.Post, $"d-{i}", "wallets/ann/deposits");
            again.Content = JsonContent.Create(new { amount = 1 });
            using var known = await wallet.Http.SendAsync(again, Stop);
            Assert.InRange((int)known.StatusCode, 200, 201);
        }
        Assert.Equal((20m, 20m), await HoldingAsync(wallet, "ann"));
    }

    public void Dispose() => _folder.Dispose();

    private Task<SampleApp> StartAsync() =>
        SampleApp.StartAsync("Wallet", $"--Settle:Location={_folder.File("wallet.db")}");

    private static async Task ExpectAsync(SampleApp app, int status, string? key, string path,
        object body, string? code = null)
    {
        using var request = Request(HttpMethod.Post, key, path);
        request.Content = JsonContent.Create(body);
        using var response = await app.Http.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(status == (int)response.StatusCode, $"{path}: {(int)response.StatusCode} {text}");
        if (code is null) return;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
    }

    private static HttpRequestMessage Request(HttpMethod method, string? key, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static async Task<(decimal, decimal)> HoldingAsync(SampleApp app, string wallet)
    {
        var holding = await app.Http.GetFromJsonAsync<JsonElement>($"wallets/{wallet}", Stop);
        return (holding.GetProperty("balance").GetDecimal(), holding.GetProperty("available").GetDecimal());
    }
}
