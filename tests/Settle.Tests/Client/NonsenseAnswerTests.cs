using Xunit;

namespace Settle.Tests.Client;

/// <summary>Whatever a server answers, a client says in one way that it is no answer of Settle's.</summary>
public sealed class NonsenseAnswerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"account":"ada","asset":"\ud800"}""")]
    [InlineData("""{"account":"ada","balances":[{"asset":1}]}""")]
    [InlineData("""{"account":"ada","asset":{"asset":"EUR"}}""")]
    [InlineData("""{"account":"ada","asset":["EUR"]}""")]
    [InlineData("[]")]
    public async Task An_account_that_is_none(string answer)
    {
        await using var server = new ScriptedServer { Answer = _ => (200, answer) };
        await using var ledger = Open(server);
        var error = await Assert.ThrowsAsync<HttpAnswerException>(
            () => ledger.GetAccountAsync("ada", cancellationToken: Stop));
        Assert.Equal("bad_answer", error.Code);
    }

    [Theory]
    [InlineData("""{"block":"1","index":0,"time":"2026-10-31T12:00:00Z","entry":{}}""")]
    [InlineData("""{"block":99999999999999999999,"index":0,"entry":{}}""")]
    [InlineData("""{"block":1,"index":0,"time":"noon","entry":{}}""")]
    [InlineData("[]")]
    public async Task An_event_that_is_none(string data)
    {
        await using var server = new ScriptedServer { Answer = _ => (200, $"data: {data}\n\n") };
        await using var ledger = Open(server);
        var error = await Assert.ThrowsAsync<HttpAnswerException>(async () =>
        {
            await foreach (var entry in ledger.FollowAsync(cancellationToken: Stop))
                Assert.Fail($"{entry} came");
        });
        Assert.Equal("bad_answer", error.Code);
    }

    private static HttpLedger Open(ScriptedServer server) =>
        HttpLedger.Open($"http://127.0.0.1:{server.Port}/bank");
}
