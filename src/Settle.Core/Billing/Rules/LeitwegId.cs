namespace Settle.Billing.Rules;

/// <summary>
/// The Leitweg-ID of a German authority: 2 to 12 digits, an optional part of up to 30 letters and
/// digits, and two check digits by ISO 7064, mod 97-10; as in 04011000-1234512345-06.
/// </summary>
internal static class LeitwegId
{
    private const int DetailMax = 30;
    private const int CheckDigits = 2;

    /// <exception cref="InvalidRequestException">It is not one.</exception>
    public static void Check(string field, string text)
    {
        if (Fault(text) is { } fault) throw Parse.Fault(field, text, fault);
    }

    private static string? Fault(string text)
    {
        var parts = text.Split('-');
        if (parts.Length is not (2 or 3) || parts[0].Length is < 2 or > 12
            || parts[^1].Length != CheckDigits || !Digits(parts[0]) || !Digits(parts[^1])
            || (parts.Length == 3 && !(parts[1].Length is > 0 and <= DetailMax
                && parts[1].All(char.IsAsciiLetterOrDigit))))
        {
            return "is not a Leitweg-ID; write it as the authority gave it: 04011000-1234512345-06";
        }
        var sum = 0;
        foreach (var c in parts.SelectMany(part => part))
        {
            sum = (char.IsAsciiDigit(c) ? (sum * 10) + (c - '0')
                : (sum * 100) + (char.ToUpperInvariant(c) - 'A' + 10)) % 97;
        }
        return sum == 1 ? null
            : "has wrong check digits at its end, so something in it is mistyped";
    }

    private static bool Digits(string text) => text.All(char.IsAsciiDigit);
}
