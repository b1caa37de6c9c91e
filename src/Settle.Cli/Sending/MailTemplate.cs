using System.Text.RegularExpressions;

namespace Settle.Cli.Sending;

/// <summary>A subject and a body with places such as <c>{number}</c>.</summary>
internal sealed partial class MailTemplate
{
    private const string SubjectStart = "Subject:";

    private readonly string _subject;
    private readonly string _body;

    /// <param name="name">The file, for errors.</param>
    /// <param name="text">The subject, an empty line, and the body.</param>
    /// <param name="places">What may be in braces.</param>
    /// <exception cref="InvalidRequestException">It has another form.</exception>
    public MailTemplate(string name, string text, IReadOnlyCollection<string> places)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', 3);
        if (lines.Length < 3 || !lines[0].StartsWith(SubjectStart, StringComparison.Ordinal)
            || lines[1].Trim().Length > 0 || lines[2].Trim().Length == 0)
        {
            throw new InvalidRequestException("templates",
                $"{name} must begin with a line 'Subject: ...' and an empty line, "
                    + "and then have a text");
        }
        (_subject, _body) = (lines[0][SubjectStart.Length..].Trim(), lines[2].TrimEnd() + "\n");
        if (_subject.Length == 0)
            throw new InvalidRequestException("templates", $"{name} has no subject");
        foreach (Match place in Place().Matches(text))
        {
            if (places.Contains(place.Groups[1].Value)) continue;
            throw new InvalidRequestException("templates",
                Settle.Parse.NotOneOf(name, place.Value, [.. places.Select(each => $"{{{each}}}")])
                    .Message);
        }
    }

    /// <summary>The subject: one line, whatever is in the values.</summary>
    public string Subject(IReadOnlyDictionary<string, string> values) =>
        new([.. Fill(_subject, values)
            .Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'
                ? ' ' : letter)]);

    /// <summary>The text. A line that is a place alone goes where there is nothing for it.
    /// </summary>
    public string Body(IReadOnlyDictionary<string, string> values) => string.Join('\n', _body
        .Split('\n').Where(line => Place().Match(line) is not { Success: true } place
            || place.Length != line.Length || values[place.Groups[1].Value].Length > 0)
        .Select(line => Fill(line, values)));

    // Values are not looked at again: braces in a name stay as they are.
    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(text, place => values[place.Groups[1].Value]);

    [GeneratedRegex(@"\{([^{}\r\n]*)\}")]
    private static partial Regex Place();
}
