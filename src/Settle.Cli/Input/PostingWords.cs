namespace Settle.Cli.Input;

/// <summary>
/// A posting as it is written on the command line: <c>Dave -> Alex 50 [EUR]</c>. A name in double
/// quotes is taken as it is: <c>Dave -> "Room 3" 50</c>.
/// </summary>
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
        if (EndsInAmount(left))
            throw Settle.Parse.Fault(field, text, $"has '{left}' before the amount, which ends in "
                + $"an amount itself; if it is an account, write it in double quotes: \"{left}\"");
        var amount = Money.Typed(Amounts.Read(field + ".amount", last), asset);
        return new Posting
        {
            From = Unquoted(from),
            To = Unquoted(left),
            Amount = amount,
        };
    }

    // With two amounts the money would go to an account that nobody knows.
    private static bool EndsInAmount(string name)
    {
        if (IsQuoted(name)) return false;
        var (left, last) = CutLastWord(name);
        if (left.Length == 0) return false;
        if (LooksLikeAmount(last)) return true;
        return char.IsAsciiLetter(last[0]) && LooksLikeAmount(CutLastWord(left).Last);
    }

    private static bool LooksLikeAmount(string word) =>
        word.AsSpan().ContainsAnyInRange('0', '9')
        && word.All(c => c is (>= '0' and <= '9') or '.' or ',' or '\'' or '_' or '+' or '-');

    private static bool IsQuoted(string name) => name is ['"', _, .., '"'];

    private static string Unquoted(string name) => IsQuoted(name) ? name[1..^1] : name;

    private static (string Left, string Last) CutLastWord(string text)
    {
        var space = text.LastIndexOf(' ');
        return space < 0 ? ("", text) : (text[..space].TrimEnd(), text[(space + 1)..]);
    }

    private static InvalidRequestException NotAPosting(string field, string text) =>
        Settle.Parse.Fault(field, text,
            "is not a posting; write it as 'Dave -> Alex 50' or 'Dave -> Alex 50 EUR'");
}
