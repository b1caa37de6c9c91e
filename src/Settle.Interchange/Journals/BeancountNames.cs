using Settle.Billing;

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

    /// <summary>An account's name by what it is in the books; see docs/formats.md.</summary>
    public static string Of(in BookPosting posting) => posting.Group switch
    {
        AccountGroup.Wallet => Encode(posting.Account),
        AccountGroup.Bank => "Assets:Bank",
        AccountGroup.Receivable => Below("Assets:Receivable", Customer(posting)),
        AccountGroup.Prepayments => Below("Liabilities:Prepayments", Customer(posting)),
        AccountGroup.Tax => Below("Liabilities:Tax",
            posting.Account[(posting.Account.IndexOf(':', StringComparison.Ordinal) + 1)..]),
        AccountGroup.Deposits => posting.Account.Contains(':', StringComparison.Ordinal)
            ? Below("Liabilities:Deposit-tax",
                posting.Account[(posting.Account.IndexOf(':', StringComparison.Ordinal) + 1)..])
            : "Liabilities:" + Capitalized(posting.Account),
        AccountGroup.Income => "Income:" + Capitalized(posting.Account),
        AccountGroup.Equity => "Equity:" + Capitalized(posting.Account),
        AccountGroup.Expenses => "Expenses:" + Capitalized(posting.Account),
        AccountGroup.OwnAsset => Below("Assets:Accounts", posting.Account),
        _ => Below("Liabilities:Accounts", posting.Account),
    };

    public static string Encode(string account) =>
        account == Book.World ? World : Below("Assets", account);

    private static string Customer(in BookPosting posting) =>
        BillingAccounts.CustomerOf(posting.Account)!;

    // Those of billing are plain words, so these need no escapes.
    private static string Capitalized(string account) =>
        char.ToUpperInvariant(account[0]) + account[1..];

    private static string Below(string root, string account)
    {
        var name = new StringBuilder(root, root.Length + account.Length + 8);
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
