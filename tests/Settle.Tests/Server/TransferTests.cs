using System.Net;
using Xunit;

namespace Settle.Tests.Server;

public sealed class TransferTests
{
    private const string Transfers = "/v1/ledgers/bank/transfers";

    [Fact]
    public async Task A_transfer_answers_201_with_what_was_decided()
    {
        await using var server = await RunningServer.StartAsync();
        var response = await server.PostAsync(Transfers,
            """{"id":"t-1","from":"@world","to":"Alex","amount":5000,"memo":"grüß"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var transfer = await RunningServer.BodyAsync(response);
        Assert.Equal("t-1", transfer.GetProperty("id").GetString());
        Assert.Equal(5000, transfer.GetProperty("amount").GetInt64());
        Assert.Equal("USD", transfer.GetProperty("asset").GetString());
        Assert.Equal("successful", transfer.GetProperty("status").GetString());
        Assert.Equal("grüß", transfer.GetProperty("memo").GetString());
        Assert.False(transfer.TryGetProperty("replayed", out _));
        Assert.False(transfer.TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task A_repeated_transfer_answers_200_and_says_so()
    {
        await using var server = await RunningServer.StartAsync();
        const string Body = """{"id":"t-1","from":"@world","to":"Alex","amount":5000}""";
        await server.PostAsync(Transfers, Body);
        var response = await server.PostAsync(Transfers, Body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True((await RunningServer.BodyAsync(response)).GetProperty("replayed").GetBoolean());
    }

    [Fact]
    public async Task A_rejected_transfer_is_a_problem_with_the_recorded_transfer()
    {
        await using var server = await RunningServer.StartAsync();
        const string Body = """{"id":"t-1","from":"Dave","to":"Alex","amount":5000}""";
        foreach (var replayed in new[] { false, true })
        {
            var response = await server.PostAsync(Transfers, Body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = await RunningServer.BodyAsync(response);
            Assert.Equal("insufficient_funds", problem.GetProperty("code").GetString());
            Assert.Equal("insufficient_funds", problem.GetProperty("reason").GetString());
            var transfer = problem.GetProperty("transfer");
            Assert.Equal("rejected", transfer.GetProperty("status").GetString());
            Assert.Equal("USD", transfer.GetProperty("asset").GetString());
            Assert.Equal(replayed, transfer.TryGetProperty("replayed", out _));
        }
    }

    [Fact]
    public async Task A_batch_answers_a_verdict_for_each_in_order()
    {
        await using var server = await RunningServer.StartAsync();
        var response = await server.PostAsync(Transfers + "/batch",
            """
            [{"id":"a","from":"@world","to":"Alex","amount":1},{"id":"b","from":"Jane","to":"Alex","amount":1},
             {"from":"Alex","to":"Jane","amount":1}]
            """);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var verdicts = (await RunningServer.BodyAsync(response)).EnumerateArray().ToList();
        Assert.Equal(["successful", "rejected", "successful"],
            verdicts.Select(verdict => verdict.GetProperty("status").GetString()));
        Assert.Equal("insufficient_funds", verdicts[1].GetProperty("reason").GetString());
        Assert.Equal("b", verdicts[1].GetProperty("id").GetString());
        Assert.NotEqual("", verdicts[2].GetProperty("id").GetString());
    }
}
