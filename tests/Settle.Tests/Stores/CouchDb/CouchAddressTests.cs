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

    [Fact]
    public async Task A_server_that_is_not_there_is_weather_and_its_password_stays_secret()
    {
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Ledger.OpenAsync("couchdb://me:secret@127.0.0.1:1/bank"));
        Assert.Contains("couchdb://127.0.0.1:1/bank", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }
}
