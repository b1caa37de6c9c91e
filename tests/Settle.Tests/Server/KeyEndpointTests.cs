using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>Admins handle the keys of their own ledgers, and nobody locks everybody out.</summary>
public sealed class KeyEndpointTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private RunningServer _server = null!;
    private string _boss = null!;
    private string _bank = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string KeysFile => _directory.File("keys.json");

    public async ValueTask InitializeAsync()
    {
        _boss = ApiKeys.Add(KeysFile, "boss", ApiRole.Admin, []);
        _bank = ApiKeys.Add(KeysFile, "bank boss", ApiRole.Admin, ["bank"]);
        ApiKeys.Add(KeysFile, "other", ApiRole.Teller, ["other"]);
        ApiKeys.Add(KeysFile, "both", ApiRole.Reader, ["bank", "other"]);
        _server = await RunningServer.StartAsync(options => options with { KeysFile = KeysFile });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_key_that_is_made_works_is_shown_once_and_can_be_removed()
    {
        var (status, made) = await SendAsync("POST", "/v1/keys", _boss, """{"name":"shop","role":"reader","ledgers":["bank"]}""");
        Assert.Equal(201, status);
        var key = made.GetProperty("key").GetString()!;
        Assert.StartsWith("sk_", key);
        while ((await SendAsync("GET", "/v1/ledgers/bank", key)).Status == 401) await Task.Delay(50, Stop);
        Assert.Equal(200, (await SendAsync("GET", "/v1/ledgers/bank", key)).Status);
        Assert.Equal(403, (await SendAsync("POST", "/v1/ledgers/bank/transfers", key, "{}")).Status);
        Assert.Equal(403, (await SendAsync("GET", "/v1/keys", key)).Status);
        var list = (await SendAsync("GET", "/v1/keys", _boss)).Body.ToString();
        Assert.DoesNotContain(key, list);
        Assert.DoesNotContain("sha256", list);
        Assert.Equal(["boss", "bank boss", "other", "both", "shop"], await NamesAsync(_boss));
        Assert.Equal((200, "shop"), await RemoveAsync(_boss, "shop"));
        while ((await SendAsync("GET", "/v1/ledgers/bank", key)).Status == 200) await Task.Delay(50, Stop);
        Assert.Equal(404, (await RemoveAsync(_boss, "shop")).Status);
    }

    [Fact]
    public async Task An_admin_of_one_ledger_handles_keys_of_that_one_only()
    {
        Assert.Equal(["bank boss"], await NamesAsync(_bank));
        var (status, made) = await SendAsync("POST", "/v1/keys", _bank, """{"name":"till"}""");
        Assert.Equal((201, """["bank"]""", "teller"),
            (status, made.GetProperty("ledgers").GetRawText(), made.GetProperty("role").GetString()));
        foreach (var ledgers in new[] { """["*"]""", """["other"]""", """["bank","other"]""", """["bank","*"]""" })
        {
            Assert.Equal(403, (await SendAsync("POST", "/v1/keys", _bank,
                $$"""{"name":"x","role":"admin","ledgers":{{ledgers}}}""")).Status);
        }
        foreach (var name in new[] { "boss", "other", "both", "nobody" })
            Assert.Equal(404, (await RemoveAsync(_bank, name)).Status);
        Assert.Equal((200, "till"), await RemoveAsync(_bank, "till"));
        // There is still one for all ledgers.
        Assert.Equal((200, "bank boss"), await RemoveAsync(_bank, "bank boss"));
    }

    [Fact]
    public async Task The_last_admin_is_not_removed()
    {
        Assert.Equal(403, (await RemoveAsync(_boss, "boss")).Status);
        await SendAsync("POST", "/v1/keys", _boss, """{"name":"second","role":"admin"}""");
        Assert.Equal((200, "boss"), await RemoveAsync(_boss, "boss"));
        Assert.Equal(["bank boss", "other", "both", "second"], ApiKeys.Load(KeysFile).All.Select(key => key.Name));
    }

    [Theory]
    [InlineData("", 400, "body")]
    [InlineData("{}", 400, "name")]
    [InlineData("""{"name":""}""", 400, "name")]
    [InlineData("""{"name":" a"}""", 400, "name")]
    [InlineData("""{"name":"boss"}""", 400, "name")]
    [InlineData("""{"name":"a","role":"owner"}""", 400, "role")]
    [InlineData("""{"name":"a","role":"Admin"}""", 400, "role")]
    [InlineData("""{"name":"a","role":3}""", 400, "role")]
    [InlineData("""{"name":"a","ledgers":[]}""", 400, "ledgers")]
    [InlineData("""{"name":"a","ledgers":"bank"}""", 400, "ledgers")]
    [InlineData("""{"name":"a","ledgers":["../x"]}""", 400, "ledger")]
    [InlineData("""{"name":"a","key":"sk_mine"}""", 400, "key")]
    public async Task What_is_malformed_makes_no_key(string body, int status, string field)
    {
        var (answered, problem) = await SendAsync("POST", "/v1/keys", _boss, body);
        Assert.Equal((status, field), (answered, problem.GetProperty("field").GetString()));
        Assert.Equal(4, ApiKeys.Load(KeysFile).All.Count);
    }

    [Fact]
    public async Task A_server_without_keys_has_none_to_handle()
    {
        await using var open = await RunningServer.StartAsync();
        using var response = await open.Http.GetAsync("/v1/keys", Stop);
        Assert.Equal(404, (int)response.StatusCode);
    }

    private async Task<List<string>> NamesAsync(string key) =>
        [.. (await SendAsync("GET", "/v1/keys", key)).Body.GetProperty("items").EnumerateArray()
            .Select(each => each.GetProperty("name").GetString()!)];

    private async Task<(int Status, string? Name)> RemoveAsync(string key, string name)
    {
        var (status, body) = await SendAsync("DELETE", $"/v1/keys/{Uri.EscapeDataString(name)}", key);
        return (status, body.TryGetProperty("name", out var removed) ? removed.GetString() : null);
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string key, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        using var response = await _server.Http.SendAsync(request, Stop);
        return ((int)response.StatusCode, await RunningServer.BodyAsync(response));
    }
}
