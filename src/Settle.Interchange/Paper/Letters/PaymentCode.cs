using QRCoder;
using Settle.Billing;
using Settle.Billing.Rules;
using Settle.Views;

namespace Settle.Paper.Letters;

/// <summary>The QR code that fills in a SEPA transfer: EPC069-12, version 002.</summary>
internal static class PaymentCode
{
    private static readonly Money AmountMax = Money.Of(999_999_999.99m, "EUR");
    private const int NameMax = 70;
    private const int TextMax = 140;
    private const int BytesMax = 331;

    /// <summary>The text of the code; null where none can be: no euro, no IBAN, nothing to pay.
    /// </summary>
    public static string? Text(Invoice invoice) =>
        !invoice.IsPayable || DirectDebit.Of(invoice) is not null
            || SwissReference.CanPay(invoice) ? null
            : Text(invoice.Seller, invoice.Number, invoice.Asset,
                invoice.Payable);

    /// <summary>
    /// The same for all that a reminder asks for. An account for QR references takes no money
    /// without one.
    /// </summary>
    public static string? Text(Reminder reminder, Party seller) =>
        SwissReference.IsQr(seller.Iban) ? null
            : Text(seller, reminder.Number, reminder.Asset, reminder.Total);

    private static string? Text(Party seller, string number, string asset, Money payable)
    {
        if (asset != "EUR" || payable.IsZero || payable > AmountMax || !Iban.IsValid(seller.Iban))
            return null;
        var text = string.Join('\n', "BCD", "002", "1", "SCT", Compact(seller.Bic),
            Cut(seller.Name, NameMax), Compact(seller.Iban),
            $"EUR{payable.Digits}", "", "", Cut(number, TextMax));
        return Encoding.UTF8.GetByteCount(text) <= BytesMax ? text : null;
    }

    /// <summary>The dark fields of the code, row by row, and how many a side has.</summary>
    public static (int Side, List<(int X, int Y, int Width)> Dark) Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M,
            forceUtf8: true, utf8BOM: false, QRCodeGenerator.EciMode.Default);
        // Four light fields are around it, which the paper is.
        var side = data.ModuleMatrix.Count - 8;
        var dark = new List<(int, int, int)>();
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var start = x;
                while (x < side && data.ModuleMatrix[y + 4][x + 4]) x++;
                if (x > start) dark.Add((start, y, x - start));
            }
        }
        return (side, dark);
    }

    private static string Compact(string? text) =>
        text?.Replace(" ", "", StringComparison.Ordinal) ?? "";

    private static string Cut(string text, int characters)
    {
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(characters))
            cut.Append(Rune.IsControl(rune) ? new Rune(' ') : rune);
        return cut.ToString();
    }
}
