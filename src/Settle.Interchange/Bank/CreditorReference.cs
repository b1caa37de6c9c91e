using System.Text.RegularExpressions;

namespace Settle.Bank;

/// <summary>
/// References that an invoice asks its payer for: RF of ISO 11649, and the 27 digits of Swiss
/// QR-bills. Their check digits tell a number that was mistyped.
/// </summary>
internal static partial class CreditorReference
{
    private const int QrDigits = 27;
    private static readonly int[] QrCarries = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

    /// <summary>
    /// What a reference refers to; null when its check digits are wrong or it is something else.
    /// </summary>
    public static string? Read(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (compact.Length == QrDigits && compact.All(char.IsAsciiDigit))
            return IsValidQr(compact) ? compact[..^1].TrimStart('0') : null;
        return Form().IsMatch(compact) && Rest(compact) == 1 ? compact[4..] : null;
    }

    /// <summary>Whether it has the form of a reference with check digits.</summary>
    public static bool Is(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return Form().IsMatch(compact)
            || (compact.Length == QrDigits && compact.All(char.IsAsciiDigit));
    }

    /// <summary>
    /// Where RF references may be in a text, each time the longest first: in one piece, or in
    /// groups of four as they are printed, whose end nobody marks.
    /// </summary>
    public static IEnumerable<(int Start, string[] Candidates)> In(string text) =>
        Written().Matches(text).Select(
            match => (match.Index, Prefixes(match.Value).ToArray()));

    private static IEnumerable<string> Prefixes(string found)
    {
        for (var end = found.Length; end > 4; end = found.LastIndexOf(' ', end - 1))
            yield return found[..end];
    }

    private static int Rest(string compact)
    {
        var rest = 0;
        for (var i = 0; i < compact.Length; i++)
        {
            var c = compact[(i + 4) % compact.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97
                : ((rest * 100) + (c - 'A' + 10)) % 97;
        }
        return rest;
    }

    private static bool IsValidQr(string digits)
    {
        var carry = 0;
        foreach (var digit in digits[..^1]) carry = QrCarries[(carry + (digit - '0')) % 10];
        return (10 - carry) % 10 == digits[^1] - '0';
    }

    [GeneratedRegex("^RF[0-9]{2}[A-Z0-9]{1,21}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(
        "(?<![A-Za-z0-9])RF[0-9]{2}(?:[A-Za-z0-9]{1,21}|(?: [A-Za-z0-9]{4}){0,5}"
        + "(?: [A-Za-z0-9]{1,4})?)(?![A-Za-z0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
