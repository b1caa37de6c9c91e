using Settle.Billing;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>The foot of each page: the page's number, and all about the seller.</summary>
internal sealed class LetterFooter(LetterSheet sheet, Party seller, InvoiceWords words)
{
    private const double Size = 7.2;
    private const double Leading = 10;
    private const double GapMin = 10;
    private const double Top = 266 * Mm;

    // Made once: it is the same on each page.
    private readonly List<List<string>> _columns = Columns(seller, words);

    public void Write(int index)
    {
        var page = sheet.Pages[index];
        page.Color(Grey);
        page.TextRight(sheet.Regular, 8, Right, Top - 6, string.Create(
            CultureInfo.InvariantCulture,
            $"{words.Page} {index + 1} {words.PageOf} {sheet.Pages.Count}"));
        page.Color(Pale);
        page.Rule(Left, Top, Right - Left, 0.5);
        page.Color(Grey);
        // Each column is as wide as it needs to be; what is left stands between them.
        var widths = _columns.ConvertAll(column =>
            column.Max(line => sheet.Regular.Width(line, Size)));
        var gap = (Right - Left - widths.Sum()) / Math.Max(1, _columns.Count - 1);
        var factor = Math.Min(1, (Right - Left - (GapMin * _columns.Count)) / widths.Sum());
        var x = Left;
        for (var i = 0; i < _columns.Count; i++)
        {
            for (var j = 0; j < _columns[i].Count; j++)
            {
                page.Text(sheet.Regular, Size * factor, x, Top + 12 + (j * Leading),
                    _columns[i][j]);
            }
            x += (widths[i] * factor) + Math.Max(gap, GapMin);
        }
    }

    private static List<List<string>> Columns(Party seller, InvoiceWords words)
    {
        List<List<string>> columns =
        [
            Lines(seller.Name, seller.Street, seller.Street2,
                $"{seller.Country}-{seller.PostalCode} {seller.City}".TrimEnd(' ', '-')),
            Lines(seller.Contact, Named(words.Phone, seller.Phone), seller.Email),
            Lines(seller.Bank, Named("IBAN", seller.Iban is null ? null
                : LetterNumbers.Iban(seller.Iban)), Named("BIC", seller.Bic)),
            Lines(Named(words.VatId, seller.VatId), Named(words.TaxNumber, seller.TaxNumber),
                Named(words.Register, seller.RegistrationId)),
        ];
        columns.RemoveAll(column => column.Count == 0);
        return columns;
    }

    private static List<string> Lines(params string?[] lines) =>
        [.. lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line!)];

    private static string? Named(string label, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : $"{label} {value}";
}
