using System.Collections.Concurrent;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

public sealed class CouchFeedTests : IAsyncDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly ConcurrentQueue<string?> _told = [];
    private readonly SemaphoreSlim _toldNow = new(0);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _toldNow.Dispose();
    }

    [Fact]
    public async Task A_feed_tells_of_each_change_and_goes_on_behind_it()
    {
        var number = 0;
        _server.AnswerAsync = async asked =>
        {
            _asked.Enqueue(asked.Query["since"]!);
            if (asked.Query["feed"] is null) return (200, """{"results":[],"last_seq":"0-x"}""");
            if (number == 3) await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            if (++number == 2) return (503, "");
            return (200, $$"""{"results":[{"id":"block:{{number}}"}],"last_seq":"{{number}}-&+"}""");
        };
        using var end = new CancellationTokenSource();
        using var connection = new CouchConnection(CouchAddress.Parse(_server.Location));
        var feed = new CouchFeed(connection, TimeSpan.FromSeconds(60));
        var following = feed.FollowAsync(Tell, end.Token);
        // All may have been missed before the feed and around its failure.
        foreach (var expected in (string?[])[null, "block:1", null, "block:3"])
        {
            await _toldNow.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.True(_told.TryDequeue(out var id));
            Assert.Equal(expected, id);
        }
        Assert.Equal(["now", "0-x", "1-&+", "1-&+"], _asked.Take(4));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task A_server_that_forgets_to_answer_is_asked_again_while_nothing_happens()
    {
        var longpolls = 0;
        _server.AnswerAsync = async asked =>
        {
            if (asked.Query["feed"] is null) return (200, """{"results":[],"last_seq":7}""");
            if (Interlocked.Increment(ref longpolls) == 3)
                return (200, """{"results":[{"id":"block:1"}],"last_seq":8}""");
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return (500, "");
        };
        using var end = new CancellationTokenSource();
        using var connection = new CouchConnection(CouchAddress.Parse(_server.Location));
        var feed = new CouchFeed(connection, TimeSpan.FromSeconds(1));
        var following = feed.FollowAsync(Tell, end.Token);
        while (!_told.Contains("block:1"))
            await _toldNow.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Null(_told.First());
        Assert.True(feed.IsAnswering);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task A_server_that_keeps_quiet_about_changes_is_not_believed_any_more()
    {
        _server.AnswerAsync = async asked =>
        {
            if (asked.Query["feed"] is not null)
                await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return (200, asked.Query["since"] == "now" ? """{"results":[],"last_seq":7}"""
                : """{"results":[{"id":"block:1"}],"last_seq":8}""");
        };
        using var connection = new CouchConnection(CouchAddress.Parse(_server.Location));
        var feed = new CouchFeed(connection, TimeSpan.FromSeconds(1));
        var heard = new ConcurrentQueue<string?>();
        feed.Told += heard.Enqueue;
        await feed.FollowAsync(Tell, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(feed.IsAnswering);
        Assert.Equal([null, null], _told);
        Assert.Equal(_told, heard);
    }

    private void Tell(string? id)
    {
        _told.Enqueue(id);
        _toldNow.Release();
    }
}
