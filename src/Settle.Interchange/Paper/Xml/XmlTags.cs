using System.Buffers;

namespace Settle.Paper.Xml;

/// <summary>
/// Counts attributes before a document is parsed: a parser compares each attribute and namespace of
/// an element with all before it, so that many of them cost more than their length.
/// </summary>
internal static class XmlTags
{
    private const int AttributesMax = 64;

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n=/");

    /// <exception cref="InvalidRequestException">An element has too many.</exception>
    public static void Check(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOf('<') is var next and >= 0;)
        {
            at += next;
            var end = EndOfMarkup(text[at..]);
            if (end < 0) end = CheckTag(text, at);
            // The parser says what is wrong with markup that does not end.
            if (end == 0) return;
            at += end;
        }
    }

    // What is not an element can hold any sign: its length; 0 without an end; -1 for an element.
    private static int EndOfMarkup(ReadOnlySpan<char> rest)
    {
        var (skip, end) = rest.StartsWith("<!--") ? (4, "-->")
            : rest.StartsWith("<![CDATA[") ? (9, "]]>")
            : rest.StartsWith("<?") ? (2, "?>")
            : rest.StartsWith("<!") || rest.StartsWith("</") ? (2, ">") : (0, "");
        if (skip == 0) return -1;
        var length = rest[skip..].IndexOf(end, StringComparison.Ordinal);
        return length < 0 ? 0 : skip + length + end.Length;
    }

    // The tag's length; 0 when it does not end.
    private static int CheckTag(ReadOnlySpan<char> text, int start)
    {
        var attributes = 0;
        for (var at = start + 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '>':
                    return at + 1 - start;
                case '"' or '\'':
                    var length = text[(at + 1)..].IndexOf(text[at]);
                    if (length < 0) return 0;
                    at += length + 1;
                    break;
                case '=' when ++attributes > AttributesMax:
                    throw TooMany(text, start);
            }
        }
        return 0;
    }

    private static InvalidRequestException TooMany(ReadOnlySpan<char> text, int start)
    {
        var name = text[(start + 1)..];
        var end = name.IndexOfAny(Ends);
        return new InvalidRequestException("file", string.Create(CultureInfo.InvariantCulture,
            $"has elements that have more than {AttributesMax} attributes: ")
            + Parse.Shorten(name[..int.Max(end, 0)].ToString())
            + string.Create(CultureInfo.InvariantCulture,
                $" in line {text[..start].Count('\n') + 1}"));
    }
}
