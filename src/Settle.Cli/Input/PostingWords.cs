namespace Settle.Cli.Input;

/// <summary>A posting as it is written on the command line: <c>Dave -> Alex 50 [EUR]</c>.</summary>
/// <param name="From">The paying account.</param>
/// <param name="To">The receiving account.</param>
/// <param name="Amount">A decimal in the major unit.</param>
/// <param name="Asset">Null is the command's asset.</param>
internal sealed record PostingWords(string From, string To, string Amount, string? Asset)
{
    private const string Arrow = "->";

    /// <exception cref="InvalidRequestException">The text is not a posting.</exception>
    public static PostingWords Parse(string field, string text)
    {
        var arrow = text.IndexOf($" {Arrow} ", StringComparison.Ordinal);
        if (arrow < 0) throw NotAPosting(field, text);
        var from = text[..arrow].Trim();
        var rest = text[(arrow + Arrow.Length + 2)..].Trim();
        var (left, last) = CutLastWord(rest);
        string? asset = null;
        if (last.Length > 0 && char.IsAsciiLetter(last[0]) && left.Length > 0)
        {
            asset = last;
            (left, last) = CutLastWord(left);
        }
        if (from.Length == 0 || left.Length == 0 || last.Length == 0)
            throw NotAPosting(field, text);
        return new PostingWords(from, left, last, asset);
    }

    private static (string Left, string Last) CutLastWord(string text)
    {
        var space = text.LastIndexOf(' ');
        return space < 0 ? ("", text) : (text[..space].TrimEnd(), text[(space + 1)..]);
    }

    private static InvalidRequestException NotAPosting(string field, string text) =>
        new(field, $"'{text}' is not a posting; write it as 'Dave -> Alex 50' "
            + "or 'Dave -> Alex 50 EUR'");
}
