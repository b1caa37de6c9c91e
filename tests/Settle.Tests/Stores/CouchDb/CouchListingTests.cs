using System.Text;
using System.Text.Json;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>What a listing says, whatever the order and the spaces in it.</summary>
public sealed class CouchListingTests
{
    private const string Document =
        """{"_id":"b:1","_rev":"1-a","entries":[{"hash":"no","memo":"\u00e9 } ]"}],"prev":"p","hash":"h"}""";

    [Theory]
    [InlineData("""{"total_rows":1,"offset":0,"rows":[ROW]}""")]
    [InlineData("""{"rows":[ROW],"more":{"rows":[1]}}""")]
    [InlineData(""" { "rows" : [ ROW ] } """)]
    public void Each_row_has_its_document_byte_for_byte(string listing)
    {
        foreach (var row in new[]
        {
            $$"""{"id":"b:1","key":"b:1","value":{"rev":"1-a"},"doc":{{Document}}}""",
            $$"""{"doc" : {{Document}} , "value" : {"id":"other"}, "id" : "b:1"}""",
        })
        {
            var (id, found) = Assert.Single(Read(listing.Replace("ROW", row, StringComparison.Ordinal))!);
            Assert.Equal(("b:1", "b:1"), (id, found!.Id));
            Assert.Equal(("1-a", "h", "p"), (found.Revision, found.Hash, found.Prev));
            Assert.Equal(Document, Encoding.UTF8.GetString(found.Document.Body.Span));
        }
    }

    [Theory]
    [InlineData("""{"id":"b:1","value":{"deleted":true},"doc":null}""")]
    [InlineData("""{"id":"b:1","value":{"rev":"2-b"}}""")]
    public void A_document_that_is_gone_is_a_row_without_one(string row) =>
        Assert.Equal([("b:1", null)], Read($$"""{"rows":[{{row}}]}""")!);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":"x","reason":{"rows":[]}}""")]
    [InlineData("[]")]
    public void An_answer_without_rows_is_no_listing(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("""{"_id":"b:1","_rev":"1-a","hash":"\ud800","prev":"p"}""")]
    [InlineData("""{"_id":"b:1","_rev":"1-a","\ud800":1,"prev":"p"}""")]
    public void Half_a_surrogate_in_one_document_hides_nothing_else(string document)
    {
        var (_, row) = Assert.Single(Read($$"""{"rows":[{"id":"b:1","doc":{{document}}}]}""")!);
        Assert.Equal((null, "p", "1-a"), (row!.Hash, row.Prev, row.Revision));
    }

    [Fact]
    public void An_answer_that_was_cut_short_is_never_taken_for_a_shorter_one()
    {
        var text = $$"""{"rows":[{"id":"b:1","doc":{{Document}}},{"id":"b:2","doc":{{Document}}}]}""";
        Assert.Equal(2, Read(text)!.Count);
        for (var length = 0; length < Encoding.UTF8.GetByteCount(text); length++)
            Assert.ThrowsAny<JsonException>(() => Read(text[..length]));
        Assert.ThrowsAny<JsonException>(() => Read(text + "x"));
        Assert.ThrowsAny<JsonException>(() => Read("""{"rows":[1]}"""));
        Assert.ThrowsAny<JsonException>(() => Read("""{"rows":[{"doc":{}}]}"""));
    }

    private static List<(string Id, CouchRow? Row)>? Read(string text) =>
        CouchListing.Read(Encoding.UTF8.GetBytes(text));
}
