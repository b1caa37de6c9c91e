using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Settle.Tests.Samples;

/// <summary>The sample marketplace, as a process of its own, asked over HTTP.</summary>
public sealed class MarketplaceSampleTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_buyers_money_is_held_captured_and_shared_once()
    {
        await using var app = await StartAsync();
        await PutAsync(app, "buyers/ann/deposits/d-1", 100m);
        await PutAsync(app, "orders/7", new { buyer = "ann", seller = "bob", price = 40 });
        Assert.Equal((10000, 6000), await BalanceAsync(app, "buyer:ann"));
        for (var i = 0; i < 2; i++)
        {
            using var delivered = await app.Http.PostAsync("orders/7/delivered", null, Stop);
            Assert.Equal(200, (int)delivered.StatusCode);
        }
        Assert.Equal((6000, 6000), await BalanceAsync(app, "buyer:ann"));
        Assert.Equal((3600, 3600), await BalanceAsync(app, "seller:bob"));
        Assert.Equal((400, 400), await BalanceAsync(app, "fees"));
        Assert.Equal((0, 0), await BalanceAsync(app, "escrow"));
        Assert.Equal("hold_captured", await RefusalAsync(app, "orders/7/cancelled"));
    }

    [Fact]
    public async Task A_cancelled_order_gives_the_money_back()
    {
        await using var app = await StartAsync();
        await PutAsync(app, "buyers/ann/deposits/d-1", 100m);
        await PutAsync(app, "orders/8", new { buyer = "ann", seller = "bob", price = 40 });
        using var cancelled = await app.Http.PostAsync("orders/8/cancelled", null, Stop);
        Assert.Equal(200, (int)cancelled.StatusCode);
        Assert.Equal((10000, 10000), await BalanceAsync(app, "buyer:ann"));
        Assert.Equal("hold_voided", await RefusalAsync(app, "orders/8/delivered"));
        Assert.Equal("not_found", await RefusalAsync(app, "orders/9/delivered"));
    }

    public void Dispose() => _folder.Dispose();

    private Task<SampleApp> StartAsync() =>
        SampleApp.StartAsync("Marketplace", $"--Settle:Location={_folder.File("marketplace.db")}");

    private static async Task PutAsync<T>(SampleApp app, string path, T body)
    {
        using var response = await app.Http.PutAsJsonAsync(path, body, Stop);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<string?> RefusalAsync(SampleApp app, string path)
    {
        using var response = await app.Http.PostAsync(path, null, Stop);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
    }

    /// <summary>What the ledger's own API says, which the sample serves too.</summary>
    private static async Task<(long, long)> BalanceAsync(SampleApp app, string account)
    {
        var answer = await app.Http.GetFromJsonAsync<JsonElement>(
            $"ledger/v1/ledgers/marketplace/accounts/{Uri.EscapeDataString(account)}", Stop);
        var balance = answer.GetProperty("balances")[0];
        return (balance.GetProperty("balance").GetInt64(), balance.GetProperty("available").GetInt64());
    }
}
