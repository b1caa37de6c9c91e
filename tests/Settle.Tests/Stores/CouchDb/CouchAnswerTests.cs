using Settle.Stores;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>What each answer of a server means.</summary>
public sealed class CouchAnswerTests : IAsyncDisposable
{
    private readonly ScriptedServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(202, """{"ok":true,"id":"a","rev":"1-a"}""")]
    [InlineData(200, """{"ok":true,"id":"a","rev":"1-a"}""")]
    [InlineData(201, "not from CouchDB")]
    [InlineData(302, "")]
    [InlineData(408, "")]
    [InlineData(500, """{"error":"unknown","reason":"timeout"}""")]
    [InlineData(503, "busy")]
    public async Task An_answer_that_promises_nothing_leaves_the_outcome_unknown(
        int status, string body)
    {
        await using var store = await CouchPlace.OpenStoreAsync(_server.Location);
        _server.AnswerWrites(status, body);
        await Assert.ThrowsAsync<WriteOutcomeUnknownException>(() => CreateAsync(store));
    }

    [Theory]
    [InlineData(401, "Name or password is incorrect.", "password of the user 'me'")]
    [InlineData(403, "Only settlers write blocks.", "Only settlers write blocks.")]
    [InlineData(404, "Database does not exist.", "gone")]
    [InlineData(400, "bad", "400")]
    public async Task A_refusal_says_that_nothing_was_written_and_why(
        int status, string reason, string expected)
    {
        await using var store = await CouchPlace.OpenStoreAsync(_server.Location);
        _server.AnswerWrites(status, $$"""{"error":"e","reason":"{{reason}}"}""");
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => CreateAsync(store));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_apart_from_weather()
    {
        await using var store = await CouchPlace.OpenStoreAsync(_server.Location);
        _server.AnswerWrites(413, """{"error":"document_too_large","reason":"a"}""");
        var error = await Assert.ThrowsAsync<DocumentTooLargeException>(() => CreateAsync(store));
        Assert.Contains("max_document_size", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "\"100000\"", 100_000)]
    [InlineData(200, "\"16000000\"", Limits.BlockBytesMax)]
    [InlineData(404, """{"error":"not_found","reason":"unknown_config_value"}""",
        Limits.BlockBytesMax)]
    [InlineData(401, "{}", Limits.BlockBytesMax)]
    public async Task The_largest_body_is_what_the_server_says(
        int status, string body, int expected)
    {
        _server.Answer = asked =>
            asked.Path.EndsWith("/couchdb/max_document_size", StringComparison.Ordinal)
                ? (status, body) : (200, """{"db_name":"bank"}""");
        await using var store = await CouchPlace.OpenStoreAsync(_server.Location);
        Assert.Equal(expected, store.BodyBytesMax);
    }

    [Fact]
    public async Task Only_an_administrator_opens_a_database_that_is_kept_in_copies()
    {
        _server.Answer = asked => asked.Path == "/bank"
            ? (200, """{"db_name":"bank","cluster":{"q":2,"n":3,"w":2,"r":2}}""")
            : (401, """{"error":"unauthorized","reason":"You are not a server admin."}""");
        var error = await Assert.ThrowsAsync<UnauthorizedException>(
            () => Ledger.OpenAsync(_server.Location));
        Assert.Contains("3 copies", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_on_top_of_a_deleted_one_is_damage_and_no_success()
    {
        await using var store = await CouchPlace.OpenStoreAsync(_server.Location);
        _server.AnswerWrites(201, """{"ok":true,"id":"a","rev":"3-a"}""");
        await Assert.ThrowsAsync<StoreCorruptException>(() => CreateAsync(store));
        _server.Answer = _ => (404, """{"error":"not_found","reason":"deleted"}""");
        await Assert.ThrowsAsync<StoreCorruptException>(
            async () => await store.GetAsync("a", CancellationToken.None));
    }

    [Theory]
    [InlineData(401, "unauthorized")]
    [InlineData(403, "forbidden")]
    public async Task Who_may_not_open_a_database_is_told_so(int status, string code)
    {
        _server.Answer = _ => (status, "{}");
        var error = await Assert.ThrowsAsync<UnauthorizedException>(
            () => Ledger.OpenAsync(_server.Location));
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hello":"world"}""", "not a database")]
    [InlineData("<html>", "no JSON")]
    public async Task A_place_that_cannot_keep_the_promise_is_not_opened(
        string body, string expected)
    {
        _server.Answer = _ => (200, body);
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Ledger.OpenAsync(_server.Location));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Task<CreateOutcome> CreateAsync(CouchStore store) =>
        store.CreateAsync("a", "{}"u8.ToArray(), CancellationToken.None).AsTask();
}
