using Settle.Paper.Pdf;
using Settle.Views;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>The foot of each page: the page's number, and all about the seller.</summary>
internal sealed class LetterFooter
{
    private const double Size = 7.2;
    private const double SizeMin = 4.5;
    private const double Gap = 10;
    private const double Usual = 266 * Mm;
    private const double End = 292 * Mm;

    // The page's number stands above.
    private const double NumberHeight = 10 * Mm;

    private readonly PdfTypeface _face;
    private readonly InvoiceWords _words;
    private readonly List<TextBox> _columns;
    private readonly List<double> _widths;
    private readonly double _top;

    /// <summary>Lays it out once: it is the same on each page.</summary>
    public LetterFooter(PdfTypeface face, Party seller, InvoiceWords words)
    {
        (_face, _words) = (face, words);
        var columns = Columns(seller, words);
        _widths = Widths(face, columns);
        _columns = [.. columns.Select((column, i) =>
            TextBox.Fit(face, column, _widths[i], End - Usual - 8, Size, SizeMin))];
        var height = _columns.Max(column => column.Height) + 8;
        _top = double.Min(Usual, End - height);
    }

    /// <summary>Where the page's number begins: the end of what else is on a page.</summary>
    public double Top => _top - NumberHeight;

    /// <summary>How high it is without the usual margin below.</summary>
    public double Height => NumberHeight + 8 + _columns.Max(column => column.Height);

    /// <summary>Writes it onto a page.</summary>
    /// <param name="sheet">The letter.</param>
    /// <param name="index">Which of its pages.</param>
    /// <param name="end">Where it has to end; null for the end of the page.</param>
    public void Write(LetterSheet sheet, int index, double? end)
    {
        var page = sheet.Pages[index];
        var top = end is { } limit ? limit - Height + NumberHeight : _top;
        page.Color(Grey);
        page.TextRight(_face, 8, Right, top - 6, string.Create(
            CultureInfo.InvariantCulture,
            $"{_words.Page} {index + 1} {_words.PageOf} {sheet.Pages.Count}"));
        page.Color(Pale);
        page.Rule(Left, top, Right - Left, 0.5);
        page.Color(Grey);
        var free = Right - Left - _widths.Sum() - (Gap * (_columns.Count - 1));
        var x = Left;
        for (var i = 0; i < _columns.Count; i++)
        {
            var column = _columns[i];
            for (var j = 0; j < column.Lines.Count; j++)
            {
                page.Text(_face, column.Size, x, top + 4 + ((j + 1) * column.Leading),
                    column.Lines[j]);
            }
            x += _widths[i] + Gap + (free / int.Max(1, _columns.Count - 1));
        }
    }

    // Each as wide as it needs to be; where that is too much, the widest give way.
    private static List<double> Widths(PdfTypeface face, List<List<string>> columns)
    {
        var wanted = columns.ConvertAll(column =>
            column.Max(line => face.Width(line, Size)) + 0.1);
        var rest = Right - Left - (Gap * (columns.Count - 1));
        var widths = new List<double>(wanted);
        var at = 0;
        foreach (var i in Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]))
        {
            widths[i] = double.Min(wanted[i], rest / (wanted.Count - at++));
            rest -= widths[i];
        }
        return widths;
    }

    private static List<List<string>> Columns(Party seller, InvoiceWords words)
    {
        List<List<string>> columns =
        [
            [.. PostalAddress.Of(seller with { Contact = null })],
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
