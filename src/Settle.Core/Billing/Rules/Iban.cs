namespace Settle.Billing.Rules;

/// <summary>International bank account numbers.</summary>
internal static class Iban
{
    /// <summary>Whether the form and the check digits are right; spaces do not count.</summary>
    public static bool IsValid(string? text)
    {
        if (text is null) return false;
        var iban = text.Replace(" ", "", StringComparison.Ordinal);
        if (iban.Length is < 15 or > 34 || !char.IsAsciiLetterUpper(iban[0])
            || !char.IsAsciiLetterUpper(iban[1]) || !char.IsAsciiDigit(iban[2])
            || !char.IsAsciiDigit(iban[3]))
        {
            return false;
        }
        var rest = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            if (char.IsAsciiDigit(c)) rest = ((rest * 10) + (c - '0')) % 97;
            else if (char.IsAsciiLetterUpper(c)) rest = ((rest * 100) + (c - 'A' + 10)) % 97;
            else return false;
        }
        return rest == 1;
    }
}
