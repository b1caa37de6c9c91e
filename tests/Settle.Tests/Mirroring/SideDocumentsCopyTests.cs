using System.Text;
using Settle.Stores;
using Xunit;

namespace Settle.Tests.Mirroring;

public sealed class SideDocumentsCopyTests
{
    [Fact]
    public void A_copy_leaves_out_what_the_database_added()
    {
        var copy = SideDocumentsCopy.Plain(Of("""{"_rev":"1-a","b":1,"\u005fid":"x","a":{"_c":2}}"""));
        Assert.Equal("""{"a":{"_c":2},"b":1}""", Encoding.UTF8.GetString(copy));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"a":1.5}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":1,"a":2}""")]
    public void A_document_that_Settle_did_not_write_is_named(string body)
    {
        var error = Assert.Throws<StoreCorruptException>(() => SideDocumentsCopy.Plain(Of(body)));
        Assert.Contains("profile:ada", error.Message, StringComparison.Ordinal);
    }

    private static Document Of(string body) => new("profile:ada", Encoding.UTF8.GetBytes(body));
}
