using System.Text;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>What is said about a malformed body: the path, what was typed and what to do.</summary>
public sealed class BodyTests
{
    private const string Transfer = "id, from, to, amount, asset, timestamp, memo, meta";

    [Theory]
    [InlineData("""{"from":"a","to":"b","amout":5}""",
        $"amout: is not known here; did you mean 'amount'? (known: {Transfer})")]
    [InlineData("""{"from":"a","to":"b","amount":"50.00"}""",
        "amount: the text '50.00' is not an integer in the minor unit; write 50.00 USD as 5000")]
    [InlineData("""{"from":"a","to":"b","amount":50.5}""",
        "amount: 50.5 is not an integer in the minor unit; write 50.00 USD as 5000")]
    [InlineData("""{"from":"a","to":"b","amount":5,"memo":["x"]}""", "memo: an array is not a text")]
    [InlineData("""{"from":"a","to":"b","amount":5,"meta":{"a.b":null}}""",
        "meta.a.b: null is not a text")]
    [InlineData("""{"from":"a","to":"b","amount":5,"asset":""}""",
        "asset: must not be empty; leave it out instead")]
    [InlineData("""{"from":"a","from":"b","to":"b","amount":5}""", "from: must not be given twice")]
    [InlineData("""{"from":"a","to":null,"amount":5}""", "to: is missing")]
    [InlineData("""{"from":"a","amount":5}""", "to: is missing")]
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
        Assert.Equal(("UTC", "{year}-", "en"), (seller.Zone, seller.Series, seller.Party.Language));
        Assert.Equal(14,
            Read<CustomerRequest>($$"""{"customer":"d","party":{{party}}}""").TermsDays);
    }

    private static T Read<T>(string body)
        where T : notnull => Bodies.Read<T>(Encoding.UTF8.GetBytes(body));
}
