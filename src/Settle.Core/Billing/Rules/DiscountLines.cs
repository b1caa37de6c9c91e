using System.Text.RegularExpressions;

namespace Settle.Billing.Rules;

/// <summary>How payment terms state a cash discount in an XRechnung: a line for each.</summary>
internal static partial class DiscountLines
{
    /// <summary>
    /// Whether each line that begins with # is one, and the last of them ends with its line.
    /// </summary>
    public static bool IsWellFormed(string terms)
    {
        var lines = terms.Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => line.TrimStart().StartsWith('#')).ToList();
        if (lines.Count == 0) return true;
        if (!lines.TrueForAll(line => Line().IsMatch(Spaces().Replace(line.Trim(), " "))))
            return false;
        var matches = Marked().Matches(terms);
        var rest = matches.Count == 0 ? terms : terms[(matches[^1].Index + matches[^1].Length)..];
        return End().IsMatch(rest);
    }

    [GeneratedRegex(
        @"^#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex("#[^\r\n]+#", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\A\s*\n", RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
