using System.Net.ServerSentEvents;
using Settle.Tests.Crash;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>Whoever follows a ledger from a place that it has not is told, and loses nothing in silence.</summary>
public sealed class AheadEventsTests
{
    private const string Events = "/v1/ledgers/bank/events";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("7-0")]
    [InlineData("3-5")]
    [InlineData("999999999999-0")]
    public async Task A_position_ahead_of_the_chain_is_a_conflict(string position)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Events);
        request.Headers.Add("Last-Event-ID", position);
        await AssertConflictAsync(await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop));
        await AssertConflictAsync(await server.Http.GetAsync(
            $"{Events}?after={position}", HttpCompletionOption.ResponseHeadersRead, Stop));
    }

    [Fact]
    public async Task A_height_ahead_of_the_chain_is_a_conflict()
    {
        await using var server = await StartAsync();
        await AssertConflictAsync(await server.Http.GetAsync(
            $"{Events}?after=4", HttpCompletionOption.ResponseHeadersRead, Stop));
        using var newest = await server.Http.GetAsync(
            $"{Events}?after=3", HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(200, (int)newest.StatusCode);
    }

    [Fact]
    public async Task The_client_tells_whoever_follows_a_ledger_that_was_put_back()
    {
        await using var server = await StartAsync();
        await using var ledger = server.Client();
        foreach (var position in (EntryPosition[])[new(7, 0), new(3, 5), new(4, int.MaxValue)])
        {
            var error = await Assert.ThrowsAsync<PositionAheadException>(async () =>
            {
                await foreach (var entry in ledger.FollowAsync(position, Stop)) Assert.Fail($"{entry}");
            });
            Assert.Contains("the newest block is 3", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_position_that_another_process_has_just_made_is_none_ahead()
    {
        await using var server = await StartAsync();
        await using var other = await Ledger.OpenAsync(
            Path.Combine(server.Directory, "bank.db"), cancellationToken: Stop);
        for (var run = 0; run < 20; run++)
        {
            var settled = await PayAsync(other, $"o-{run}");
            await using var here = await Ledger.OpenAsync(
                Path.Combine(server.Directory, "bank.db"), cancellationToken: Stop);
            using var followed = await server.Http.GetAsync(
                $"{Events}?after={settled.Block}-0", HttpCompletionOption.ResponseHeadersRead, Stop);
            Assert.Equal(200, (int)followed.StatusCode);
        }
    }

    [Fact]
    public async Task A_stream_of_a_ledger_that_stops_ends_with_the_reason()
    {
        using var chain = new ChainFile();
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [chain.Path] });
        await using var stream = await server.Http.GetStreamAsync($"{Events}?after={chain.Height}", Stop);
        chain.Put(ChainFile.Id(chain.Height + 1), "{\"no\":\"block\"}"u8.ToArray());
        var events = SseParser.Create(stream).EnumerateAsync(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("problem", events.Current.EventType);
        Assert.Contains("\"code\":\"store_corrupt\"", events.Current.Data, StringComparison.Ordinal);
        Assert.False(await events.MoveNextAsync());
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        for (var number = 1; number < 4; number++) await PayAsync(ledger, $"t-{number}");
        return server;
    }

    private static Task<Transfer> PayAsync(ILedger ledger, string id) =>
        ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), id, Stop);

    private static async Task AssertConflictAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(409, (int)answer.StatusCode);
            var problem = await RunningServer.BodyAsync(answer);
            Assert.Equal("position_ahead", problem.GetProperty("code").GetString());
            Assert.Contains("the newest block is 3", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }
}
