namespace Settle.Billing.Rules;

/// <summary>International bank account numbers.</summary>
internal static class Iban
{
    /// <summary>An account number as it is kept: without separators, in capitals.</summary>
    public static string Normalize(string text) => string.Concat(text.Where(
        c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();

    /// <summary>Checks a number that <see cref="Normalize"/> gave.</summary>
    /// <exception cref="InvalidRequestException">It is not an IBAN.</exception>
    public static void Check(string field, string iban)
    {
        if (iban.Length < 2 || !char.IsAsciiLetterUpper(iban[0])
            || !char.IsAsciiLetterUpper(iban[1]))
        {
            throw Parse.Fault(field, iban, "is not an IBAN; write it as DE89370400440532013000");
        }
        if (IbanLengths.Of(iban[..2]) is { } length && iban.Length != length)
        {
            throw Parse.Fault(field, iban, string.Create(CultureInfo.InvariantCulture,
                $"has {iban.Length} characters; an IBAN of {iban[..2]} has {length}"));
        }
        if (IsValid(iban)) return;
        throw Parse.Fault(field, iban, "has wrong check digits, so something in it is mistyped");
    }

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
