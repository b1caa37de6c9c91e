using System.Net;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A refusal stays, and what it says of the ledger may have changed since.</summary>
public sealed class RepeatedRefusalTests
{
    [Theory]
    [InlineData("/subscriptions", """{"id":"x-1","subscription":"s","customer":"ann","amount":100,"description":"Desk","start":"2026-10-01"}""")]
    [InlineData("/charges", """{"id":"x-1","customer":"ann","amount":100,"description":"Desk","date":"2026-10-01"}""")]
    [InlineData("/opening-invoices", """{"number":"x-1","customer":"ann","date":"2026-08-31","due":"2026-09-14","amount":100}""")]
    public async Task A_repeated_refusal_says_that_it_is_one_of_then(string path, string body)
    {
        await using var server = await RunningServer.StartAsync();
        using var seller = await server.PutAsync("/v1/ledgers/bank/seller", """
            {"party":{"name":"W","country":"DE","vat_id":"DE123456788"},"tax_rates":["19"],"default_tax":"19"}
            """);
        Assert.True(seller.IsSuccessStatusCode);
        var first = await RefusedAsync();
        Assert.StartsWith("there is no customer 'ann'", first, StringComparison.Ordinal);
        using var put = await server.PutAsync("/v1/ledgers/bank/customers/ann", """{"party":{"name":"Ann","country":"DE"}}""");
        Assert.True(put.IsSuccessStatusCode);
        var again = await RefusedAsync();
        Assert.Matches("^block [0-9]+ refused it, because at that time: there is no customer 'ann'; the id [a-z:]*x-1 "
            + "keeps that verdict, so try again with another id$", again);
        Assert.DoesNotContain("--", first + again, StringComparison.Ordinal);

        async Task<string> RefusedAsync()
        {
            using var response = await server.PostAsync("/v1/ledgers/bank" + path, body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            return (await RunningServer.BodyAsync(response)).GetProperty("detail").GetString()!;
        }
    }
}
