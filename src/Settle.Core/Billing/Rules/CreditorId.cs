namespace Settle.Billing.Rules;

/// <summary>
/// The identifier of a creditor of SEPA direct debits (BT-90): two letters of the country, two
/// check digits by ISO 7064, three characters that the creditor chooses, and its national number;
/// as in DE98ZZZ09999999999.
/// </summary>
internal static class CreditorId
{
    private const int NationalStart = 7;
    private const int CharsMax = 35;

    /// <summary>The length in countries that have one.</summary>
    private static readonly Dictionary<string, int> Lengths = new(StringComparer.Ordinal)
    {
        ["AT"] = 18, ["BE"] = 20, ["CH"] = 18, ["DE"] = 18, ["ES"] = 16, ["FR"] = 13, ["IT"] = 23,
        ["LU"] = 26, ["NL"] = 19, ["PL"] = 17, ["PT"] = 13,
    };

    /// <summary>Checks an identifier without separators, in capitals.</summary>
    /// <exception cref="InvalidRequestException">It is not one.</exception>
    public static void Check(string field, string text)
    {
        if (text.Length is <= NationalStart or > CharsMax || !char.IsAsciiLetterUpper(text[0])
            || !char.IsAsciiLetterUpper(text[1]) || !char.IsAsciiDigit(text[2])
            || !char.IsAsciiDigit(text[3])
            || !text.AsSpan(4).ToString().All(char.IsAsciiLetterOrDigit))
        {
            throw Parse.Fault(field, text,
                "is not a creditor identifier; write it as DE98ZZZ09999999999");
        }
        if (Lengths.TryGetValue(text[..2], out var length) && text.Length != length
            // Belgium also gives 17 characters.
            && !(text.StartsWith("BE", StringComparison.Ordinal) && text.Length == 17))
        {
            throw Parse.Fault(field, text, string.Create(CultureInfo.InvariantCulture,
                $"has {text.Length} characters; a creditor identifier of {text[..2]} has "
                + $"{length}"));
        }
        var rest = 0;
        foreach (var c in text[NationalStart..] + text[..4])
        {
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97
                : ((rest * 100) + (char.ToUpperInvariant(c) - 'A' + 10)) % 97;
        }
        if (rest != 1)
        {
            throw Parse.Fault(field, text,
                "has wrong check digits, so something in it is mistyped");
        }
    }
}
