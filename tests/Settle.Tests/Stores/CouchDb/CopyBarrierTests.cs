using System.Collections.Concurrent;
using System.Net;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>Documents on a cluster whose copies lag behind each other.</summary>
public sealed class CopyBarrierTests : IAsyncDisposable
{
    private const string Shards = """{"shards":{"0-7":["a","b","c"],"8-f":["a","b","c"]}}""";

    private readonly ScriptedServer _server = new();

    // By copy and part, the changes it has by now; and how often each was asked.
    private readonly ConcurrentDictionary<string, List<string>> _changes = [];
    private readonly ConcurrentDictionary<string, int> _asked = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Copies_that_have_the_same_are_read_once()
    {
        Script((_, _) => { });
        foreach (var copy in (string[])["a", "b", "c"])
        {
            Add(copy, "0-7", "transfer:1", "1-x");
            Add(copy, "8-f", "charge:2", "2-y", "1-z");
        }
        await WaitAsync();
        Assert.Equal(6, _asked.Count);
        Assert.All(_asked.Values, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData("transfer:1", "1-x")]
    [InlineData("transfer:0", "2-y")]
    [InlineData("transfer:0", "1-a", "1-x")]
    public async Task What_only_one_copy_has_is_waited_for(string id, params string[] revisions)
    {
        foreach (var copy in (string[])["a", "b", "c"]) Add(copy, "8-f", "transfer:0", "1-x");
        Add("b", "8-f", id, revisions);
        // The others hear of it one after the other.
        Script((copy, times) =>
        {
            if (copy == "a" && times == 2) Add("a", "8-f", id, revisions);
            if (copy == "c" && times == 4) Add("c", "8-f", id, [.. revisions.Reverse()]);
        });
        await WaitAsync();
        Assert.True(_asked["c 8-f"] >= 4);
        Assert.Equal(1, _asked["c 0-7"]);
    }

    [Fact]
    public async Task What_is_no_document_of_a_client_and_what_comes_later_are_not_waited_for()
    {
        Add("a", "0-7", "block:main:000000000001", "1-x");
        Add("b", "8-f", "transfer:1", "1-x");
        Script((copy, times) =>
        {
            if (times == 2 && copy != "b") Add(copy, "8-f", "transfer:1", "1-x");
            if (times >= 2) Add(copy, "8-f", $"transfer:{copy}-{times}", "1-x");
        });
        await WaitAsync();
    }

    [Fact]
    public async Task While_a_copy_is_away_nobody_says_that_nothing_waits()
    {
        Script((_, _) => { });
        var answer = _server.Answer;
        _server.Answer = asked => asked.Path.Contains("/c/", StringComparison.Ordinal)
            ? (412, """{"error":"nodedown","reason":"c is down"}""") : answer(asked);
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(WaitAsync);
        Assert.Contains("c is down", error.Message, StringComparison.Ordinal);
    }

    private void Add(string copy, string part, string id, params string[] revisions) =>
        _changes.GetOrAdd($"{copy} {part}", _ => []).Add(
            $$"""{"id":"{{id}}","changes":[{{string.Join(',', revisions.Select(each => $$"""{"rev":"{{each}}"}"""))}}]}""");

    // Each copy is asked for what it has behind a number.
    private void Script(Action<string, int> onAsked) => _server.Answer = asked =>
    {
        if (asked.Path.EndsWith("/_shards", StringComparison.Ordinal)) return (200, Shards);
        var path = WebUtility.UrlDecode(asked.Path).Split('/');
        var key = $"{path[2]} {path[4]}";
        var times = _asked.AddOrUpdate(key, 1, (_, before) => before + 1);
        if (path[4] == "8-f") onAsked(path[2], times);
        var since = int.Parse(asked.Query["since"]!);
        var known = _changes.GetValueOrDefault(key) ?? [];
        return (200, $$"""{"results":[{{string.Join(',', known.Skip(since))}}],"last_seq":{{known.Count}}}""");
    };

    private async Task WaitAsync()
    {
        using var connection = new CouchConnection(CouchAddress.Parse(_server.Location));
        await new CopyBarrier(connection, "17").WaitAsync(
            id => id.StartsWith("transfer:", StringComparison.Ordinal)
                || id.StartsWith("charge:", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }
}
