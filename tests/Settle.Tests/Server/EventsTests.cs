using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace Settle.Tests.Server;

public sealed class EventsTests
{
    private const string Events = "/v1/ledgers/bank/events";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_have_the_position_as_id_and_the_type_as_name()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(1), "t-1", Stop);
        var events = await ReadAsync(server, Events, null, 2);
        Assert.Equal(["ledger", "transfer"], events.Select(each => each.EventType));
        Assert.Equal(events.Select(each => each.EventId), events.Select(each =>
            $"{each.Data.GetProperty("block")}-{each.Data.GetProperty("index")}"));
        Assert.Equal("t-1", events[1].Data.GetProperty("entry").GetProperty("id").GetString());
        Assert.EndsWith("Z", events[1].Data.GetProperty("time").GetString());
    }

    [Fact]
    public async Task Reading_goes_on_after_the_last_event_seen_while_more_is_written()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        const int Count = 2000;
        var writing = Parallel.ForEachAsync(Enumerable.Range(0, Count),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Stop },
            async (i, stop) => await ledger.TransferAsync(
                new TransferRequest { Id = $"t-{i}", From = "@world", To = "Alex", Amount = Minor(1) }, stop));
        var seen = new List<SseItem<JsonElement>>();
        // Connections break off again and again, in the middle of whatever is going on.
        var lengths = new Random(42);
        while (seen.Count(each => each.EventType == "transfer") < Count)
        {
            var last = seen.Count == 0 ? null : seen[^1].EventId;
            seen.AddRange(await ReadAsync(server, Events, last, lengths.Next(1, 400)));
        }
        await writing;
        Assert.Equal(Count, seen.Where(each => each.EventType == "transfer")
            .Select(each => each.Data.GetProperty("entry").GetProperty("id").GetString()).Distinct().Count());
        var positions = seen.Select(each =>
        {
            Assert.True(EntryPosition.TryParse(each.EventId, out var position));
            return position;
        }).ToList();
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(positions.Count, positions.Distinct().Count());
    }

    [Fact]
    public async Task The_client_follows_across_a_restart_of_the_server_without_gaps()
    {
        using var directory = new TemporaryDirectory();
        var listen = "127.0.0.1:0";
        var seen = new List<string>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task following = Task.CompletedTask;
        HttpLedger? follower = null;
        for (var run = 0; run < 3; run++)
        {
            await using var server = await RunningServer.StartAsync(
                options => options with { Listen = listen, ShutdownTimeout = TimeSpan.FromSeconds(5) }, directory.Path);
            listen = server.Http.BaseAddress!.Authority;
            await using var ledger = server.Client();
            if (follower is null)
            {
                follower = server.Client();
                following = FollowAsync(follower, seen, 150, enough.Token);
            }
            for (var i = 0; i < 50; i++)
                await ledger.TransferAsync("@world", "Alex", Money.Of(1), $"t-{run}-{i}", Stop);
            if (run == 2) await following;
        }
        follower!.Dispose();
        Assert.Equal(from run in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 50) select $"t-{run}-{i}", seen);
    }

    [Fact]
    public async Task A_height_as_position_leaves_out_everything_up_to_it()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        var first = await ledger.TransferAsync("@world", "Alex", Money.Of(1), "t-1", Stop);
        await ledger.TransferAsync("@world", "Alex", Money.Of(1), "t-2", Stop);
        var events = await ReadAsync(server, $"{Events}?after={first.Block}", null, 1);
        Assert.Equal("t-2", events[0].Data.GetProperty("entry").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_silent_stream_shows_that_it_lives_and_ends_cleanly_with_the_server()
    {
        var server = await RunningServer.StartAsync(
            options => options with { Heartbeat = TimeSpan.FromMilliseconds(50) });
        await using var stream = await server.Http.GetStreamAsync(Events, Stop);
        using var reader = new StreamReader(stream);
        var beats = 0;
        while (beats < 3)
            if (await reader.ReadLineAsync(Stop) is ": still here") beats++;
        var stopping = server.DisposeAsync().AsTask();
        var rest = await reader.ReadToEndAsync(Stop);
        await stopping;
        Assert.True(rest.Length == 0 || rest.EndsWith('\n'));
    }

    private static async Task FollowAsync(HttpLedger ledger, List<string> seen, int count, CancellationToken stop)
    {
        await foreach (var entry in ledger.FollowAsync(default, stop))
        {
            var body = JsonDocument.Parse(entry.Body).RootElement;
            if (body.GetProperty("type").GetString() != "transfer") continue;
            seen.Add(body.GetProperty("id").GetString()!);
            if (seen.Count == count) return;
        }
    }

    private static async Task<List<SseItem<JsonElement>>> ReadAsync(RunningServer server, string address, string? last,
        int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var parser = SseParser.Create(await response.Content.ReadAsStreamAsync(Stop),
            static (_, data) => JsonDocument.Parse(data.ToArray()).RootElement);
        var events = new List<SseItem<JsonElement>>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await foreach (var item in parser.EnumerateAsync(patience.Token))
            {
                events.Add(item);
                if (events.Count == count) return events;
            }
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            return events; // There is no more for now.
        }
        return events;
    }
}
