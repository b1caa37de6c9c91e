using Settle.Billing.Rules;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// What a Swiss payer is asked to give back with the money: the invoice's number, with check
/// digits. An account for QR references (QR-IBAN) takes 27 digits, another one takes RF of ISO
/// 11649, and what is too long for both is left to the message.
/// </summary>
internal static class SwissReference
{
    private const decimal AmountMax = 999_999_999.99m;
    private const int QrDigits = 26;
    private const int RfCharsMax = 21;
    private static readonly int[] QrCarries = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

    /// <summary>Whether an invoice can be paid with a Swiss QR-bill.</summary>
    public static bool CanPay(Invoice invoice)
    {
        var payable = invoice.Payable;
        return invoice is { IsPayable: true, Asset: "CHF" or "EUR", Scale: 2 }
            && !payable.IsZero && payable.Value <= AmountMax
            && DirectDebit.Of(invoice) is null
            && Iban.IsValid(invoice.Seller.Iban)
            && Compact(invoice.Seller.Iban!) is ['C', 'H', ..] or ['L', 'I', ..]
            && Compact(invoice.Seller.Iban!).Length == 21
            && !string.IsNullOrWhiteSpace(invoice.Seller.PostalCode)
            && !string.IsNullOrWhiteSpace(invoice.Seller.City);
    }

    /// <summary>The kind, QRR, SCOR or NON, and the reference without spaces.</summary>
    public static (string Kind, string Text) Of(Invoice invoice)
    {
        var characters = string.Concat(
            invoice.Number.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
        if (IsQr(invoice.Seller.Iban))
        {
            var digits = string.Concat(characters.Where(char.IsAsciiDigit));
            if (digits.Length > QrDigits) digits = digits[^QrDigits..];
            digits = digits.PadLeft(QrDigits, '0');
            var carry = 0;
            foreach (var digit in digits) carry = QrCarries[(carry + digit - '0') % 10];
            return ("QRR", string.Create(
                CultureInfo.InvariantCulture, $"{digits}{(10 - carry) % 10}"));
        }
        if (characters.Length is 0 or > RfCharsMax) return ("NON", "");
        var rest = 0;
        foreach (var c in characters + "RF00")
        {
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97
                : ((rest * 100) + (c - 'A' + 10)) % 97;
        }
        return ("SCOR", string.Create(
            CultureInfo.InvariantCulture, $"RF{98 - rest:00}{characters}"));
    }

    /// <summary>An IBAN without spaces.</summary>
    public static string Compact(string iban) => iban.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Whether an account is for QR references: the bank's number is 30000 to 31999.
    /// </summary>
    public static bool IsQr(string? iban) => iban is not null
        && Compact(iban) is ['C', 'H', _, _, '3', '0' or '1', ..]
            or ['L', 'I', _, _, '3', '0' or '1', ..];
}
