using System.Text;
using Settle.Server;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>What is said about a malformed body: the path, what was typed and what to do.</summary>
public sealed class BodyTests
{
    private const string Transfer = "id, from, to, amount, asset, timestamp, memo, meta, dry_run";

    [Fact]
    public async Task A_request_without_a_body_needs_no_type_unless_a_web_page_sends_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var paid = await server.PostAsync("/v1/ledgers/bank/transfers",
            """{"id":"t","from":"@world","to":"till","amount":5}""");
        using var held = await server.PostAsync("/v1/ledgers/bank/holds",
            """{"id":"h","from":"till","to":"safe","amount":3}""");
        using var mistaken = await server.PostAsync("/v1/ledgers/bank/transfers",
            """{"id":"t2","from":"@world","to":"till","amount":5}""");
        var own = server.Http.BaseAddress!.ToString().TrimEnd('/');
        var stop = TestContext.Current.CancellationToken;
        foreach (var path in new[] { "holds/h/capture", "transfers/t2/revert" })
        {
            foreach (var (origin, content, status) in new (string?, HttpContent?, int)[]
                { (own, null, 415), (null, null, 201), (null, new ByteArrayContent([]), 200),
                    (null, new ByteArrayContent("{}"u8.ToArray()), 415) })
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Post, $"/v1/ledgers/bank/{path}") { Content = content };
                request.Headers.Add("Idempotency-Key", $"\"{path}\"".Replace('/', '-'));
                if (origin is not null) request.Headers.Add("Origin", origin);
                using var response = await server.Http.SendAsync(request, stop);
                var text = await response.Content.ReadAsStringAsync(stop);
                Assert.True((int)response.StatusCode == status, $"{path} {origin}: {text}");
            }
        }
    }

    [Theory]
    [InlineData("""{"from":"a","to":"b","amout":5}""",
        $"amout: is not known here; did you mean 'amount'? (known: {Transfer})")]
    [InlineData("""{"from":"a","to":"b","amount":"50.00"}""",
        "amount: the text '50.00' is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("""{"from":"a","to":"b","amount":50.5}""",
        "amount: 50.5 is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("""{"from":"a","to":"b","amount":5,"memo":["x"]}""", "memo: an array is not a text")]
    [InlineData("""{"from":"a","to":"b","amount":5,"meta":{"a.b":null}}""",
        "meta.a.b: null is not a text")]
    [InlineData("""{"from":"a","to":"b","amount":5,"asset":""}""",
        "asset: must not be empty")]
    [InlineData("""{"from":"a","from":"b","to":"b","amount":5}""", "from: must not be given twice")]
    [InlineData("""{"from":"a","to":null,"amount":5}""", "to: is missing")]
    [InlineData("""{"from":"a","amount":5}""", "to: is missing")]
    [InlineData("""{"from":"a","to":"b","amount":5,"wait":5}""", $"wait: is not known here (known: {Transfer})")]
    [InlineData("[]", $"body: must be a JSON object; its fields are {Transfer}")]
    [InlineData("  ", "body: must be JSON, but is empty")]
    public void A_mistake_is_explained_where_it_is(string body, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidRequestException>(
            () => Read<TransferRequest>(body)).Message);

    [Theory]
    [InlineData("""{"customer":"d","party":{"name":"D","country":"DE"},"terms_days":null}""",
        "terms_days: must not be null; leave it out instead")]
    [InlineData("""{"customer":"d","party":{"name":"D","country":"DE"},"terms_days":"14"}""",
        "terms_days: the text '14' is not an integer of days")]
    [InlineData("""{"customer":"d","party":{"name":"D"}}""", "party.country: is missing")]
    public void A_mistake_in_a_customer_is_explained_where_it_is(string body, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidRequestException>(
            () => Read<CustomerRequest>(body)).Message);

    [Theory]
    [InlineData("""{"overdraft":"x"}""", "overdraft: 'x' is neither an amount nor 'unlimited'")]
    [InlineData("""{"ceiling":"x"}""", "ceiling: 'x' is neither an amount nor 'none'")]
    [InlineData("""{"overdraft":true}""", "overdraft: true is neither an amount nor 'unlimited'")]
    [InlineData("""{"overdraft":"50.00"}""",
        "overdraft: the text '50.00' is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("""{"overdraft":1.5}""",
        "overdraft: 1.5 is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("""{"closed":"yes"}""", "closed: 'yes' is neither true nor false")]
    [InlineData("""{"closed":"true"}""", "closed: the text 'true' is neither true nor false")]
    public void A_mistake_in_the_terms_of_an_account_is_said_as_anywhere_else(string body, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidRequestException>(
            () => Read<AccountBody>(body)).Message);

    [Theory]
    [InlineData("""[{"from":"a","to":"b","amount":5},null]""", "[1]")]
    [InlineData("""[{"from":"a","to":"b","amount":5},{"from":"a","to":"b","amount":5,"x":1}]""",
        "[1].x")]
    public void A_mistake_in_a_batch_has_the_path_of_its_item(string body, string field) =>
        Assert.Equal(field, Assert.Throws<InvalidRequestException>(
            () => Read<TransferRequest[]>(body)).Field);

    [Fact]
    public void A_posting_that_is_null_is_refused() =>
        Assert.Equal("postings[0]", Assert.Throws<InvalidRequestException>(
            () => Read<TransactionRequest>("""{"postings":[null]}""")).Field);

    [Fact]
    public void What_is_left_out_has_the_default_of_the_model()
    {
        var party = """{"name":"W","country":"DE"}""";
        var seller = Read<SellerRequest>($$"""{"party":{{party}}}""");
        Assert.Equal(("UTC", "{year}-", null), (seller.Zone, seller.Series, seller.Party.Language));
        Assert.Equal(14,
            Read<CustomerRequest>($$"""{"customer":"d","party":{{party}}}""").TermsDays);
    }

    private static T Read<T>(string body)
        where T : notnull => Bodies.Read<T>(Encoding.UTF8.GetBytes(body));
}
