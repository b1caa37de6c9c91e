namespace Settle.Cli.Input;

/// <summary>A posting as it is written on the command line: <c>Dave -> Alex 50 [EUR]</c>.</summary>
internal static class PostingWords
{
    private const string Arrow = "->";

    /// <summary>Reads a posting.</summary>
    /// <param name="field">Its name in errors.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="asset">The asset if the text names none.</param>
    /// <exception cref="InvalidRequestException">The text is not a posting.</exception>
    public static Posting Parse(string field, string text, string? asset)
    {
        var arrow = text.IndexOf($" {Arrow} ", StringComparison.Ordinal);
        if (arrow < 0) throw NotAPosting(field, text);
        if (text.IndexOf($" {Arrow} ", arrow + 1, StringComparison.Ordinal) >= 0)
            throw Settle.Parse.Fault(field, text, $"has two arrows; write a posting for each, "
                + "as in 'x -> y 5' 'y -> z 5'");
        var from = text[..arrow].Trim();
        var rest = text[(arrow + Arrow.Length + 2)..].Trim();
        var (left, last) = CutLastWord(rest);
        if (last.Length > 0 && char.IsAsciiLetter(last[0]) && left.Length > 0)
        {
            asset = last;
            (left, last) = CutLastWord(left);
        }
        if (from.Length == 0 || left.Length == 0 || last.Length == 0)
            throw NotAPosting(field, text);
        var amount = Money.Typed(Amounts.Read(field + ".amount", last), asset);
        return new Posting { From = from, To = left, Amount = amount };
    }

    private static (string Left, string Last) CutLastWord(string text)
    {
        var space = text.LastIndexOf(' ');
        return space < 0 ? ("", text) : (text[..space].TrimEnd(), text[(space + 1)..]);
    }

    private static InvalidRequestException NotAPosting(string field, string text) =>
        Settle.Parse.Fault(field, text,
            "is not a posting; write it as 'Dave -> Alex 50' or 'Dave -> Alex 50 EUR'");
}
