namespace Settle.Tests.Style;

/// <summary>Blanks out the strings and comments of a source, so that what is left is code.</summary>
internal sealed class CSharpBlanker(string text)
{
    private readonly char[] code = text.ToCharArray();
    private int at;

    public string Blank()
    {
        SkipCode(inHole: false);
        return new string(code);
    }

    /// <summary>Passes over code; in the hole of an interpolated string, up to the hole's end.</summary>
    private void SkipCode(bool inHole)
    {
        var depth = 0;
        while (at < text.Length)
        {
            if (At("//"))
                BlankUntil("\n", keepEnd: true);
            else if (At("/*"))
                BlankUntil("*/");
            else if (At("'"))
                BlankQuoted('\'', verbatim: false, holes: false);
            else if (Current is '"' or '$' or '@')
                BlankString();
            else if (inHole && depth == 0 && Current == '}')
                return;
            else
                depth += text[at++] switch { '{' => 1, '}' => -1, _ => 0 };
        }
    }

    private void BlankString()
    {
        var start = at;
        while (Current is '$' or '@')
            at++;
        var prefix = text[start..at];
        if (Current != '"')
            return;
        var quotes = 0;
        while (at + quotes < text.Length && text[at + quotes] == '"')
            quotes++;
        if (quotes >= 3)
        {
            at += quotes;
            BlankUntil(new string('"', quotes));
        }
        else
            BlankQuoted('"', prefix.Contains('@'), prefix.Contains('$'));
    }

    private void BlankQuoted(char quote, bool verbatim, bool holes)
    {
        code[at++] = ' ';
        while (at < text.Length)
        {
            var escaped = (!verbatim && Current == '\\') || (verbatim && At("\"\"")) ||
                (holes && (At("{{") || At("}}")));
            if (escaped)
                BlankOne();
            else if (Current == quote)
            {
                BlankOne();
                return;
            }
            else if (holes && Current == '{')
            {
                BlankOne();
                SkipCode(inHole: true);
            }
            BlankOne();
        }
    }

    private void BlankUntil(string end, bool keepEnd = false)
    {
        var found = text.IndexOf(end, Math.Min(at + 1, text.Length), StringComparison.Ordinal);
        var stop = found < 0 ? text.Length : found + (keepEnd ? 0 : end.Length);
        while (at < stop)
            BlankOne();
    }

    private void BlankOne()
    {
        if (at < text.Length && text[at] is not ('\n' or '\r'))
            code[at] = ' ';
        at++;
    }

    private char Current => at < text.Length ? text[at] : '\0';

    private bool At(string expected) =>
        string.CompareOrdinal(text, at, expected, 0, expected.Length) == 0;
}
