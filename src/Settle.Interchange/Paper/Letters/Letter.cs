using Settle.Billing;
using Settle.Paper.Pdf;
using Settle.Paper.Xml;

namespace Settle.Paper.Letters;

/// <summary>An invoice or a credit note as a letter of A4 pages, by DIN 5008, form B.</summary>
internal sealed class Letter
{
    private readonly Invoice _invoice;
    private readonly InvoiceWords _words;
    private readonly PdfDocument _document;
    private readonly LetterSheet _sheet;

    private Letter(Invoice invoice)
    {
        _invoice = invoice;
        _words = InvoiceWords.Of(invoice.Buyer.Language);
        var isXRechnung = !string.IsNullOrWhiteSpace(invoice.Buyer.LeitwegId);
        _document = new PdfDocument(
            new PdfProperties(Title, invoice.Seller.Name, _words.Language, invoice.Date),
            !ElectronicInvoice.IsCurrency(invoice.Asset) ? null
            : new PdfAttachment(isXRechnung ? "xrechnung.xml" : "factur-x.xml",
                CiiWriter.Write(ElectronicInvoice.Of(invoice)),
                isXRechnung ? "XRECHNUNG" : "EN 16931"));
        _sheet = new LetterSheet(_document);
    }

    public static byte[] Write(Invoice invoice) => new Letter(invoice).Write();

    private string Title => _invoice.Kind == InvoiceType.CreditNote
        ? $"{_words.CreditNote} {_invoice.Number}" : $"{_words.Invoice} {_invoice.Number}";

    private byte[] Write()
    {
        new LetterHead(_sheet, _invoice, _words, Title).Write(_document);
        var numbers = new LetterNumbers(_words.IsGerman, _invoice.Scale);
        new LetterTable(_sheet, _invoice, _words, numbers, Title).Write();
        new LetterTotals(_sheet, _invoice, _words, numbers).Write();
        var footer = new LetterFooter(_sheet, _invoice.Seller, _words);
        for (var i = 0; i < _sheet.Pages.Count; i++) footer.Write(i);
        return _document.Write();
    }
}
