using Settle.Billing;

namespace Settle.Journals;

/// <summary>
/// Account names for hledger: letters, digits and <c>- _ . ' @ + &amp; /</c> stand for themselves,
/// so do a colon and a space between two of them; everything else becomes <c>%XX</c> per UTF-8
/// byte, as in a URL. So different names stay different, and decoding the escapes gives the name
/// back.
/// </summary>
internal static class HledgerNames
{
    private const string Plain = "-_.'@+&/";

    /// <summary>An account's name by what it is in the books; see docs/formats.md.</summary>
    public static string Of(in BookPosting posting) => posting.Group switch
    {
        AccountGroup.Wallet => Encode(posting.Account),
        AccountGroup.Bank => "assets:bank",
        AccountGroup.Receivable => "assets:receivable:" + Customer(posting),
        AccountGroup.Prepayments => "liabilities:prepayments:" + Customer(posting),
        AccountGroup.Deposits => "liabilities:" + Encode(posting.Account),
        AccountGroup.Tax => "liabilities:" + Encode(posting.Account),
        AccountGroup.Income => "income:" + Encode(posting.Account),
        AccountGroup.Equity => "equity:" + Encode(posting.Account),
        AccountGroup.Expenses => "expenses:" + Encode(posting.Account),
        AccountGroup.OwnAsset => "assets:accounts:" + Encode(posting.Account),
        _ => "liabilities:accounts:" + Encode(posting.Account),
    };

    public static string Encode(string account)
    {
        var name = new StringBuilder(account.Length);
        Span<byte> utf8 = stackalloc byte[4];
        Rune? before = null;
        for (var at = 0; at < account.Length;)
        {
            var rune = Rune.GetRuneAt(account, at);
            at += rune.Utf16SequenceLength;
            var after = at < account.Length ? Rune.GetRuneAt(account, at) : (Rune?)null;
            if (IsPlain(rune) || (rune.Value is ':' or ' ' && IsPlain(before) && IsPlain(after)))
            {
                name.Append(rune);
            }
            else
            {
                foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                    name.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
            before = rune;
        }
        return name.ToString();
    }

    /// <summary>A commodity's symbol; one that is not all letters has to be quoted.</summary>
    public static string Commodity(string asset) =>
        asset.All(char.IsAsciiLetter) ? asset : $"\"{asset}\"";

    private static string Customer(in BookPosting posting) =>
        Encode(BillingAccounts.CustomerOf(posting.Account)!);

    private static bool IsPlain(Rune? rune) => rune is { } value
        && (value.IsAscii
            ? char.IsAsciiLetterOrDigit((char)value.Value)
                || Plain.Contains((char)value.Value, StringComparison.Ordinal)
            : Rune.IsLetterOrDigit(value));
}
