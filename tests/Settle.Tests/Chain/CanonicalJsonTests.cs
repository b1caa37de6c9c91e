using System.Text;
using Settle.Chain;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>The canonical form is RFC 8785's, for what can occur on a chain.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    // RFC 8785, section 3.2.2: the strings and literals of its example (a chain holds no fractions).
    [InlineData(
        """{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""",
        "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")]
    [InlineData(" {\n \"b\" : 2 ,\r\n\t\"a\" : [ ] , \"c\" : { } } ", """{"a":[],"b":2,"c":{}}""")]
    [InlineData("""[56,{"d":true,"10":null,"1":[]}]""", """[56,{"1":[],"10":null,"d":true}]""")]
    [InlineData("""{"A":1,"a":2,"aa":3,"":4}""", """{"":4,"A":1,"a":2,"aa":3}""")]
    [InlineData("\"\\b\\t\\n\\f\\r\\u0000\\u001f\\u007f\\u0080\"",
        "\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u0080\"")]
    [InlineData("\"\\ud83d\\ude00 \\/ \\u2028\"", "\"😀 / \u2028\"")]
    [InlineData("[9007199254740991,-9007199254740991,0,-0]", "[9007199254740991,-9007199254740991,0,0]")]
    [InlineData("true", "true")]
    public void Json_has_one_form(string json, string canonical)
    {
        Assert.Equal(canonical, Canonicalize(json));
        Assert.Equal(canonical, Canonicalize(canonical));
    }

    [Fact]
    public void Keys_are_ordered_by_their_UTF16_code_units()
    {
        // RFC 8785, section 3.2.3. U+1F600 comes before U+FB33, although its code point is larger.
        const string json = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
             "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
             "\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        Assert.Equal("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
            + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Canonicalize(json));
    }

    [Fact]
    public void Only_the_outermost_object_leaves_members_out()
    {
        var canonical = CanonicalJson.Canonicalize(
            """{"_rev":"1-x","b":{"_rev":1},"a":[{"_rev":2}]}"""u8.ToArray(), "_rev");
        Assert.Equal("""{"a":[{"_rev":2}],"b":{"_rev":1}}""", Encoding.UTF8.GetString(canonical));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("-1E1")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("99999999999999999999999")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    [InlineData("""{"b":{"a":1,"a":1}}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("[1,]")]
    [InlineData("[1] 2")]
    [InlineData("// a\n1")]
    [InlineData("NaN")]
    [InlineData("'a'")]
    [InlineData("\"a\nb\"")]
    [InlineData("01")]
    [InlineData("")]
    public void What_cannot_occur_on_a_chain_is_refused(string json) =>
        Assert.Throws<FormatException>(() => Canonicalize(json));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        foreach (var bytes in new byte[][] { [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3] })
        {
            byte[] json = [(byte)'"', .. bytes, (byte)'"'];
            Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(json));
        }
        Assert.Throws<FormatException>(
            () => CanonicalJson.Canonicalize(Encoding.UTF8.Preamble.ToArray().Append((byte)'1').ToArray()));
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Assert.Equal(new string('[', 60) + new string(']', 60),
            Canonicalize(new string('[', 60) + new string(']', 60)));
        Assert.Throws<FormatException>(
            () => Canonicalize(new string('[', 10_000) + new string(']', 10_000)));
    }

    private static string Canonicalize(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
