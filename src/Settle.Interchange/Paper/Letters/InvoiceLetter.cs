using Settle.Billing;
using Settle.Paper.Letters.Swiss;
using Settle.Paper.Pdf;
using Settle.Paper.Shaping;
using Settle.Paper.Xml;
using Settle.Views;

namespace Settle.Paper.Letters;

/// <summary>An invoice or a credit note as a letter of A4 pages, by DIN 5008, form B.</summary>
internal sealed class InvoiceLetter
{
    private readonly Invoice _invoice;
    private readonly InvoiceWords _words;
    private readonly PdfDocument _document;
    private readonly LetterFooter _footer;
    private readonly LetterSheet _sheet;

    private InvoiceLetter(Invoice invoice)
    {
        _invoice = invoice;
        _words = InvoiceWords.Of(invoice.Language);
        var isXRechnung = !string.IsNullOrWhiteSpace(invoice.Buyer.LeitwegId);
        _document = new PdfDocument(
            new PdfProperties(Title, invoice.Seller.Name, _words.Language, invoice.Date),
            !ElectronicInvoice.IsCurrency(invoice.Asset) ? null
            : new PdfAttachment(isXRechnung ? "xrechnung.xml" : "factur-x.xml",
                CiiWriter.Write(ElectronicInvoice.Of(invoice)),
                isXRechnung ? "XRECHNUNG" : "EN 16931"));
        _footer = new LetterFooter(
            new PdfTypeface(_document, LetterFonts.Regular), invoice.Seller, _words);
        _sheet = new LetterSheet(_document) { Bottom = _footer.Top };
    }

    public static byte[] Write(Invoice invoice) => new InvoiceLetter(invoice).Write();

    private string Title => $"{_words.TitleOf(_invoice)} {_invoice.Number}";

    private byte[] Write()
    {
        LetterTexts.Check(_invoice);
        new LetterHead(_sheet, LetterSubject.Of(_invoice, _words, Title), _words)
            .Write(_document);
        var numbers = new LetterNumbers(_words, _invoice.Scale);
        new LetterTable(_sheet, _invoice, _words, numbers, Title).Write();
        new LetterTotals(_sheet, _invoice, _words, numbers).Write();
        double? end = null;
        if (SwissBill.Of(_invoice) is { } bill) end = WriteBill(bill);
        for (var i = 0; i < _sheet.Pages.Count; i++)
            _footer.Write(_sheet, i, i == _sheet.Pages.Count - 1 ? end : null);
        return _document.Write();
    }

    // At the bottom of the last page, or of one of its own; the footer stands above.
    private double WriteBill(SwissBill bill)
    {
        var end = PdfPage.Height - SwissBillPart.Height - (5 * LetterSheet.Mm);
        if (_sheet.Y > end - _footer.Height)
        {
            _sheet.NextPage(
                $"{_invoice.Seller.Name} · {Title}", _words.DayText(_invoice.Date));
        }
        new SwissBillPart(
            _document, _sheet.Page, bill, SwissBillWords.Of(_invoice.Language)).Write();
        return end;
    }
}
