namespace Settle.Journals;

/// <summary>
/// Account names for beancount, whose parts begin with a capital or a digit and go on with letters,
/// digits and dashes. The parts of a Settle name (between colons) become parts below <c>Assets</c>;
/// <c>@world</c> is <c>Equity:World</c>. Any other character becomes <c>-XX</c> per UTF-8 byte. A
/// part that ends with a single dash began with the small letter; one that ends with two dashes has
/// an X in front that is not part of the name. So different names stay different, and each can be
/// read back.
/// </summary>
internal static class BeancountNames
{
    public const string World = "Equity:World";
    private const string Root = "Assets";

    public static string Encode(string account)
    {
        if (account == "@world") return World;
        var name = new StringBuilder(Root, Root.Length + account.Length + 8);
        foreach (var part in account.Split(':'))
        {
            name.Append(':');
            AppendPart(name, part);
        }
        return name.ToString();
    }

    private static void AppendPart(StringBuilder name, string part)
    {
        var first = part.Length == 0 ? '-' : part[0];
        if (char.IsAsciiLetterUpper(first) || char.IsAsciiDigit(first))
        {
            AppendEscaped(name, part);
        }
        else if (char.IsAsciiLetterLower(first))
        {
            name.Append(char.ToUpperInvariant(first));
            AppendEscaped(name, part[1..]);
            name.Append('-');
        }
        else
        {
            name.Append('X');
            AppendEscaped(name, part);
            name.Append("--");
        }
    }

    private static void AppendEscaped(StringBuilder name, string text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
            {
                name.Append(rune);
                continue;
            }
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                name.Append(CultureInfo.InvariantCulture, $"-{b:X2}");
        }
    }

    // Beyond ASCII, only letters of scripts that every version of beancount's tables has.
    private static bool IsPlain(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : rune.Value is < 0x0590 or (>= 0x4E00 and <= 0x9FA5) && Rune.IsLetter(rune);
}
