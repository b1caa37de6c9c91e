using Settle.Paper.Pdf;
using Settle.Paper.Shaping;
using Settle.Views;

namespace Settle.Paper.Letters;

/// <summary>
/// A quote as a letter, of the same parts as an invoice's: nothing is to be paid.
/// </summary>
internal static class QuoteLetter
{
    public static byte[] Write(Quote quote, Party seller, Party buyer)
    {
        var sums = Sums(quote, seller, buyer);
        var (words, own) = (InvoiceWords.Of(sums.Language), QuoteWords.Of(sums.Language));
        LetterTexts.Check(sums);
        var title = $"{own.Title} {quote.Number}";
        var document = new PdfDocument(
            new PdfProperties(title, seller.Name, words.Language, quote.Date), attachment: null);
        var footer = new LetterFooter(
            new PdfTypeface(document, LetterFonts.Regular), seller, words);
        var sheet = new LetterSheet(document) { Bottom = footer.Top };
        new LetterHead(sheet, new LetterSubject
        {
            Seller = seller,
            Receiver = buyer,
            Language = sums.Language,
            Title = title,
            Date = quote.Date,
            Note = quote.Note,
            Facts =
            [
                (own.Number, quote.Number), (words.Date, words.DayText(quote.Date)),
                (own.ValidUntil, quote.ValidUntil is { } day ? words.DayText(day) : null),
                (words.Customer, quote.Customer), (words.YourVatId, buyer.VatId),
            ],
        }, words).Write(document);
        var numbers = new LetterNumbers(words, quote.Amount.Scale);
        new LetterTable(sheet, sums, words, numbers, title).Write();
        new LetterTotals(sheet, sums, words, numbers, quote).Write();
        for (var i = 0; i < sheet.Pages.Count; i++) footer.Write(sheet, i, end: null);
        return document.Write();
    }

    // The table and the sums are those that its invoice would have.
    private static Invoice Sums(Quote quote, Party seller, Party buyer) => new()
    {
        Kind = InvoiceType.Invoice,
        Number = quote.Number,
        Id = quote.Id,
        Date = quote.Date,
        Due = quote.Date,
        Through = quote.Date,
        Scale = quote.Amount.Scale,
        Customer = quote.Customer,
        Seller = seller,
        Buyer = buyer,
        Note = quote.Note,
        Lines = quote.Lines ?? [],
        Taxes = quote.Taxes ?? [],
        Net = quote.Net,
        Tax = quote.Tax,
        Rounding = quote.Rounding,
        Amount = quote.Amount,
        Paid = quote.Amount - quote.Amount,
        Open = quote.Amount,
        Status = InvoiceStatus.Open,
        InvoicedCharges = [],
        Block = quote.Block,
    };
}
