using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

public sealed class CouchAddressTests
{
    [Theory]
    [InlineData("couchdb://host/bank", "http://host:5984/bank", null, null)]
    [InlineData("couchdbs://host/bank", "https://host:6984/bank", null, null)]
    [InlineData("CouchDB://host:81/bank/", "http://host:81/bank", null, null)]
    [InlineData("couchdb://me:p%40ss:w@host:1/a/b/bank", "http://host:1/a/b/bank", "me", "p@ss:w")]
    [InlineData("couchdb://[::1]:5984/a%2Fb+c", "http://[::1]:5984/a%2Fb%2Bc", null, null)]
    public void An_address_says_where_to_ask_and_as_whom(
        string location, string expected, string? user, string? password)
    {
        var address = CouchAddress.Parse(location);
        Assert.Equal(expected, address.Database.AbsoluteUri);
        Assert.Equal((user, password), (address.User, address.Password));
    }

    [Fact]
    public void The_password_is_in_nothing_that_people_see()
    {
        var address = CouchAddress.Parse("couchdb://me:secret@host/bank");
        Assert.Equal("couchdb://host:5984/bank", address.Location);
        Assert.Equal("couchdb://host:5984/bank",
            CouchAddress.WithoutPassword("couchdb://me:secret@host/bank"));
        Assert.DoesNotContain("secret", $"{address} {address.Database}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("couchdb://me:secret@host")]
    [InlineData("couchdb://me:secret@host/Bank")]
    [InlineData("couchdb://me:secret@host/_users")]
    [InlineData("couchdb://me:secret@host/bank?x=1")]
    [InlineData("couchdb://me:sec#secret@host/bank")]
    [InlineData("couchdb://me:secret@:5984/bank")]
    [InlineData("couch://me:secret@host/bank")]
    public async Task A_wrong_address_is_refused_without_repeating_its_password(string location)
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(
            () => Ledger.OpenAsync(location));
        Assert.Equal("ledger", error.Field);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/b", "a%2Fb")]
    [InlineData("/a/b/bank", "a%2Fb%2Fbank")]
    public async Task A_slash_in_a_name_is_explained_and_makes_no_document(string path, string meant)
    {
        await using var server = new ScriptedServer();
        var writes = new List<string>();
        // For CouchDB, b is a document of the database a.
        server.Answer = asked =>
        {
            if (asked.Method != "GET") writes.Add(asked.Target);
            return asked.Target == "/a/" ? (200, """{"db_name":"a"}""")
                : (404, """{"error":"not_found","reason":"missing"}""");
        };
        var location = server.Location.Replace("/bank", path, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => Ledger.OpenAsync(location));
        Assert.Contains(meant, error.Message, StringComparison.Ordinal);
        Assert.Empty(writes);
        server.Answer = _ => (200, """{"_id":"b","_rev":"1-x"}""");
        error = await Assert.ThrowsAsync<StoreUnavailableException>(() => Ledger.OpenAsync(location));
        Assert.Contains(meant, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_may_stand_behind_a_folder_of_another_one()
    {
        await using var server = new ScriptedServer();
        var isMade = false;
        server.Answer = asked =>
        {
            isMade |= asked is { Method: "PUT", Target: "/couch/bank" };
            return asked.Target switch
            {
                "/couch/" => (200, """{"couchdb":"Welcome"}"""),
                "/couch/bank" when asked.Method == "PUT" => (201, "{}"),
                "/couch/bank" when isMade => (200, """{"db_name":"bank"}"""),
                _ => (404, """{"error":"not_found","reason":"missing"}"""),
            };
        };
        await using var store = await CouchPlace.OpenStoreAsync(
            server.Location.Replace("/bank", "/couch/bank", StringComparison.Ordinal));
        Assert.True(isMade);
    }

    [Fact]
    public async Task A_partitioned_database_is_refused_with_a_sentence_and_can_be_read()
    {
        await using var server = new ScriptedServer();
        server.Answer = _ => (200, """{"db_name":"bank","props":{"partitioned":true}}""");
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Ledger.OpenAsync(server.Location));
        Assert.Contains("without partitioned=true", error.Message, StringComparison.Ordinal);
        await (await CouchPlace.OpenStoreAsync(server.Location, isReadOnly: true)).DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_weather_and_its_password_stays_secret()
    {
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Ledger.OpenAsync("couchdb://me:secret@127.0.0.1:1/bank"));
        Assert.Contains("couchdb://127.0.0.1:1/bank", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }
}
