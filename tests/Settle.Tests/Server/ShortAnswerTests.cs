using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A batch is answered short, if the client prefers that (<c>Prefer: return=minimal</c>).</summary>
public sealed class ShortAnswerTests
{
    private const string Batch = "/v1/ledgers/bank/transfers/batch";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(""","meta":{"a":"b"}""")]
    public async Task It_counts_what_simply_succeeded_and_lists_the_rest(string more)
    {
        await using var server = await RunningServer.StartAsync();
        var body = $$"""
            [{"id":"t-1","from":"@world","to":"Ann","amount":500{{more}}},
             {"id":"t-2","from":"Ann","to":"Bob","amount":501},
             {"id":"t-3","from":"Ann","to":"Ann 2","amount":1},
             {"id":"t-4","from":"@world","to":"Ann","amount":5},
             {"id":"t-5","from":"@world","to":"Ann","amount":6}]
            """;
        var (first, applied) = await SendAsync(server, body, "return=minimal");
        Assert.Equal("return=minimal", applied);
        Assert.Equal("""
            {"successful":[{"block":1,"count":2}],"others":[
            {"index":0,"id":"t-1","status":"successful","new_accounts":["Ann"],"block":1},
            {"index":1,"id":"t-2","status":"rejected","reason":"insufficient_funds","account":"Ann","asset":"USD","spendable":500,"needed":501,"block":1},
            {"index":2,"id":"t-3","status":"successful","new_accounts":["Ann 2"],"block":1}]}
            """.Replace("\n", "", StringComparison.Ordinal), first);
        var (again, _) = await SendAsync(server, body, "respond-async, Return = \"Minimal\"");
        Assert.StartsWith("""{"successful":[],"others":[{"index":0,"id":"t-1","status":"successful","block":1,"replayed":true},""",
            again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return=representation")]
    [InlineData("return=representation, return=minimal")]
    [InlineData("return=minimalist")]
    [InlineData("wait=5")]
    public async Task Any_other_preference_leaves_it_whole(string preference)
    {
        await using var server = await RunningServer.StartAsync();
        var (answer, applied) = await SendAsync(
            server, """[{"id":"t-1","from":"@world","to":"Ann","amount":5}]""", preference);
        Assert.Null(applied);
        Assert.StartsWith("""[{"id":"t-1",""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_whole_where_the_server_chose_an_id()
    {
        await using var server = await RunningServer.StartAsync();
        var (answer, applied) = await SendAsync(server,
            """[{"id":"t-1","from":"@world","to":"Ann","amount":5},{"from":"@world","to":"Ann","amount":5}]""",
            "return=minimal");
        Assert.Null(applied);
        Assert.StartsWith("""[{"id":"t-1",""", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_client_reads_from_it_what_was_decided(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var block = 1L;
            var verdicts = new Verdict[random.Next(1, 40)];
            for (var i = 0; i < verdicts.Length; i++)
            {
                if (random.Next(5) == 0) block += random.Next(1, 4);
                verdicts[i] = random.Next(6) switch
                {
                    0 => new Verdict(RefusalCode.LimitExceeded, block, random.Next(2) == 0),
                    1 => new Verdict(RefusalCode.None, block, Replayed: true),
                    2 => new Verdict(RefusalCode.None, block, Replayed: false) { Detail = new[] { "Žofie" } },
                    _ => new Verdict(RefusalCode.None, block, Replayed: false),
                };
            }
            var answer = new ArrayBufferWriter<byte>();
            BatchWire.WriteMinimal(answer, verdicts, i => $"t-{i}");
            var read = new Verdict[verdicts.Length];
            BatchWire.ReadVerdicts(answer.WrittenSpan, read, (units, asset) => Money.OfMinor(units, asset, 2));
            Assert.Equal(verdicts.Select(Told), read.Select(Told));
        }

        static string Told(Verdict verdict) =>
            $"{verdict.Refusal} {verdict.Block} {verdict.Replayed} {string.Join(' ', verdict.NewAccounts ?? [])}";
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"successful":[]}""")]
    [InlineData("""{"successful":[],"others":[]}""")]
    [InlineData("""{"successful":[{"block":1,"count":1}],"others":[]}""")]
    [InlineData("""{"successful":[{"block":1,"count":3}],"others":[]}""")]
    [InlineData("""{"successful":[{"block":0,"count":2}],"others":[]}""")]
    [InlineData("""{"successful":[{"block":1,"count":-2}],"others":[]}""")]
    [InlineData("""{"successful":[{"block":1,"count":1}],"others":[{"index":2,"status":"successful","block":1}]}""")]
    [InlineData("""{"successful":[{"block":1,"count":1}],"others":[{"index":-1,"status":"successful","block":1}]}""")]
    [InlineData("""{"successful":[{"block":1,"count":1}],"others":[{"status":"successful","block":1}]}""")]
    [InlineData("""{"successful":[],"others":[{"index":1,"block":1},{"index":0,"block":1}]}""")]
    [InlineData("""{"successful":[],"others":[{"index":0,"block":1},{"index":0,"block":1}]}""")]
    [InlineData("""{"successful":[{"block":1,"count":2}],"others":[]""")]
    public void A_client_takes_nothing_for_an_answer_that_is_not_one_verdict_each(string answer) =>
        Assert.ThrowsAny<JsonException>(() => BatchWire.ReadVerdicts(
            Encoding.UTF8.GetBytes(answer), new Verdict[2], (units, asset) => Money.OfMinor(units, asset, 2)));

    private static async Task<(string Answer, string? Applied)> SendAsync(
        RunningServer server, string body, string preference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Batch)
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")),
            Headers = { { "Prefer", preference } },
        };
        using var response = await server.Http.SendAsync(request, Stop);
        return (await response.Content.ReadAsStringAsync(Stop),
            response.Headers.TryGetValues("Preference-Applied", out var applied) ? applied.Single() : null);
    }
}
