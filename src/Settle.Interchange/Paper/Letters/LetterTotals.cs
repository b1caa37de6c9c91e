using Settle.Paper.Letters.Swiss;
using Settle.Paper.Pdf;
using Settle.Views;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>The sums below the lines, why there is no tax, and how to pay.</summary>
/// <param name="sheet">Where they are written.</param>
/// <param name="invoice">What was summed.</param>
/// <param name="words">Its language.</param>
/// <param name="numbers">How numbers are written.</param>
/// <param name="quote">The quote that has these sums: nothing is to be paid; else null.</param>
internal sealed class LetterTotals(LetterSheet sheet, Invoice invoice, InvoiceWords words,
    LetterNumbers numbers, Quote? quote = null)
{
    private const double Size = 9.5;
    private const double Leading = 14;
    private const double SumsLeft = Right - 205;

    private readonly DepositWords _deposits = DepositWords.Of(invoice.Language);
    private readonly QuoteWords _quotes = QuoteWords.Of(invoice.Language);

    private bool IsCredit => invoice.Kind == InvoiceType.CreditNote;

    public void Write()
    {
        var notes = Notes();
        var payment = new LetterPayment(
            sheet, words, invoice.Seller, invoice.Number, PaymentCode.Text(invoice));
        var hasPayment = quote is null && !IsCredit && !invoice.Payable.IsZero
            && SwissBill.Of(invoice) is null
            && DirectDebit.Of(invoice) is null
            && !string.IsNullOrWhiteSpace(invoice.Seller.Iban);
        // Sums, terms and payment stay together where a page can hold them.
        var height = SumsHeight + (Math.Min(notes.Count, 12) * (Leading - 1))
            + (hasPayment ? payment.Height + 8 : 0);
        if (!sheet.Fits(height)) NewPage();
        WriteSums();
        foreach (var note in notes)
        {
            if (!sheet.Fits(Leading)) NewPage();
            sheet.Page.Color(Black);
            sheet.Page.Text(sheet.Regular, Size, Left, sheet.Y, note);
            sheet.Y += Leading - 1;
        }
        if (!hasPayment) return;
        sheet.Y += 8;
        if (!sheet.Fits(payment.Height)) NewPage();
        payment.Write();
    }

    private double SumsHeight => 16 + ((invoice.Taxes.Count + 2) * Leading)
        + (invoice.Rounding is not null ? 2 * Leading : 0)
        + (invoice.Prepaid is not null ? 2 * Leading : 0)
        + ((invoice.Deposits?.Count ?? 0) * Leading) + 30;

    private void NewPage()
    {
        sheet.NextPage($"{invoice.Seller.Name} · {words.TitleOf(invoice)} {invoice.Number}",
            words.DayText(invoice.Date));
        sheet.Y += 6 * Mm;
    }

    private void WriteSums()
    {
        sheet.Y += 18;
        Sum(words.NetTotal, numbers.Amount(invoice.Net));
        foreach (var tax in invoice.Taxes.OrderByDescending(tax => tax.Rate))
        {
            if (invoice.IsUntaxed(tax.Category)) continue;
            Sum($"{words.Tax} {numbers.Percent(tax.Rate)} {words.TaxOn} {numbers.Amount(tax.Net)}",
                numbers.Amount(tax.Tax));
        }
        if (invoice.Rounding is { } rounding)
        {
            Sum(words.GrossTotal, numbers.Amount(invoice.Net + invoice.Tax));
            Sum(words.Rounding, numbers.Amount(rounding));
        }
        if (invoice.Prepaid is { } prepaid)
        {
            Sum(IsCredit ? _deposits.CreditNoteTotal : words.InvoiceTotal,
                numbers.Amount(invoice.Amount));
            var rest = prepaid;
            foreach (var deposit in invoice.Deposits ?? [])
            {
                rest -= deposit.Amount;
                Sum(_deposits.Less(deposit), numbers.Amount(-deposit.Amount));
            }
            if (!rest.IsZero) Sum(words.Prepaid, numbers.Amount(-rest));
        }
        var top = sheet.Y - 8;
        sheet.Page.Color(Accent);
        sheet.Page.Area(SumsLeft - 6, top, Right - SumsLeft + 10, 22);
        sheet.Page.Color(White);
        Beside(sheet.Strong, 10.5, top + 14.8, IsCredit ? words.CreditTotal
            : quote is not null ? _quotes.Total
            : invoice.Prepaid is null ? words.Total : words.Payable,
            $"{numbers.Amount(invoice.Payable)} {invoice.Asset}", White);
        sheet.Y = top + 22 + 24;
    }

    private void Sum(string label, string amount)
    {
        sheet.Page.Color(Grey);
        Beside(sheet.Regular, Size, sheet.Y, label, amount, Black);
        sheet.Y += Leading;
    }

    // Both are written smaller where they would meet.
    private void Beside(PdfTypeface face, double size, double y, string label, string amount,
        (double, double, double) color)
    {
        size = TextBox.SizeOf(face, $"{label}  {amount}", Right - SumsLeft, size, 3);
        sheet.Page.Text(face, size, SumsLeft, y, label);
        sheet.Page.Color(color);
        sheet.Page.TextRight(face, size, Right, y, amount);
    }

    private List<string> Notes()
    {
        var notes = new List<string>();
        foreach (var tax in invoice.Taxes)
        {
            var reason = string.IsNullOrWhiteSpace(tax.Reason) ? words.Reason(tax.Category)
                : tax.Reason;
            if (reason is not null) Add($"{reason}.");
        }
        foreach (var note in _deposits.NotesOf(invoice, words)) Add($"{note}.");
        if (words.Converted(invoice) is { } converted) Add($"{converted}.");
        if (invoice.Lines.Any(line => line.Prices == PriceKind.Gross)) Add(words.GrossNote);
        if (quote is not null)
        {
            if (_quotes.Terms(quote, words) is { } offered) Add(offered);
            return notes;
        }
        if (!invoice.Payable.IsZero)
        {
            // What is debited is debited in full.
            var offers = DirectDebit.Of(invoice) is null ? invoice.CashDiscounts ?? [] : [];
            foreach (var offer in offers) Add(words.CashDiscount(offer));
        }
        if (words.PaymentTerms(invoice) is { } terms) Add(terms);
        return notes;

        void Add(string text) => notes.AddRange(
            TextBox.Wrap(sheet.Regular, Size, text.Replace("..", ".", StringComparison.Ordinal),
                Right - Left));
    }
}
