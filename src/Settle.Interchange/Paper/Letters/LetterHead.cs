using System.Security.Cryptography;
using Settle.Billing;
using Settle.Paper.Pdf;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>The top of the first page: who writes, to whom, and about what.</summary>
internal sealed class LetterHead(
    LetterSheet sheet, Invoice invoice, InvoiceWords words, string title)
{
    private const double LogoWidth = 62 * Mm;
    private const double LogoHeight = 20 * Mm;
    private const double WindowWidth = 80 * Mm;
    private const double InfoLeft = 125 * Mm;

    // The newest logo: a run writes thousands of letters of one seller.
    private static volatile Tuple<string, PdfImage?>? _logo;

    public void Write(PdfDocument document)
    {
        WriteSeller(document);
        WriteWindow();
        WriteInfo();
        WriteFoldMarks();
        sheet.Y = 103 * Mm;
        sheet.Page.Color(Accent);
        sheet.Page.Text(sheet.Strong, 17, Left, sheet.Y, title);
        sheet.Y += 8 * Mm;
        if (string.IsNullOrWhiteSpace(invoice.Note)) return;
        sheet.Page.Color(Black);
        foreach (var line in Wrap(sheet.Regular, 9.5, invoice.Note, Right - Left).Take(12))
        {
            sheet.Page.Text(sheet.Regular, 9.5, Left, sheet.Y, line);
            sheet.Y += 13.5;
        }
        sheet.Y += 6;
    }

    private void WriteSeller(PdfDocument document)
    {
        if (Logo(invoice.Seller.Logo) is { } logo)
        {
            document.AddImage("Logo", logo);
            var factor = Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height);
            sheet.Page.Image("Logo", Left, 15 * Mm, logo.Width * factor, logo.Height * factor);
            return;
        }
        sheet.Page.Color(Accent);
        var y = 24 * Mm;
        foreach (var line in Wrap(sheet.Strong, 17, invoice.Seller.Name, Right - Left).Take(2))
        {
            sheet.Page.Text(sheet.Strong, 17, Left, y, line);
            y += 22;
        }
        sheet.Page.Rule(Left, y - 13, 14 * Mm, 2.2);
    }

    private static PdfImage? Logo(byte[]? file)
    {
        if (file is null || file.Length == 0) return null;
        var hash = Convert.ToHexString(SHA256.HashData(file));
        if (_logo is { } known && known.Item1 == hash) return known.Item2;
        var image = PdfImage.Read(file);
        _logo = Tuple.Create(hash, image);
        return image;
    }

    // What shows through the window of an envelope: 85 mm by 45 mm, 45 mm from the top.
    private void WriteWindow()
    {
        var seller = invoice.Seller;
        var city = $"{seller.PostalCode} {seller.City}".Trim();
        var sender = string.Join(" · ", new[] { seller.Name, seller.Street, city }
            .Where(part => !string.IsNullOrWhiteSpace(part)));
        var size = 7.0;
        while (sheet.Regular.Width(sender, size) > WindowWidth && size > 4.5) size -= 0.25;
        sheet.Page.Color(Grey);
        sheet.Page.Text(sheet.Regular, size, Left, 60 * Mm, sender);
        sheet.Page.Color(Pale);
        sheet.Page.Rule(Left, (60 * Mm) + 3.4, WindowWidth, 0.4);
        var lines = AddressLines();
        var leading = lines.Count > 6 ? 11.0 : 13.0;
        var y = 67.2 * Mm;
        sheet.Page.Color(Black);
        foreach (var line in lines)
        {
            sheet.Page.Text(sheet.Regular, lines.Count > 6 ? 9 : 10, Left, y, line);
            y += leading;
        }
    }

    private List<string> AddressLines()
    {
        var buyer = invoice.Buyer;
        var lines = new List<string>();
        foreach (var text in new[] { buyer.Name, buyer.Contact, buyer.Street, buyer.Street2,
            $"{buyer.PostalCode} {buyer.City}" })
        {
            if (!string.IsNullOrWhiteSpace(text))
                lines.AddRange(Wrap(sheet.Regular, 10, text.Trim(), WindowWidth));
        }
        if (buyer.Country != invoice.Seller.Country)
        {
            lines.Add(CountryNames.Of(buyer.Country, words.IsGerman).ToUpperInvariant());
        }
        return lines;
    }

    private void WriteInfo()
    {
        var y = 53 * Mm;
        foreach (var (label, value) in Info())
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            sheet.Page.Color(Grey);
            sheet.Page.Text(sheet.Regular, 8.5, InfoLeft, y, label);
            sheet.Page.Color(Black);
            var lines = Wrap(sheet.Regular, 9, value, Right - InfoLeft - (27 * Mm));
            foreach (var line in lines.Take(2))
            {
                sheet.Page.TextRight(sheet.Regular, 9, Right, y, line);
                y += 12.5;
            }
            y += 1.2;
        }
    }

    private IEnumerable<(string Label, string? Value)> Info()
    {
        var isCredit = invoice.Kind == InvoiceType.CreditNote;
        yield return (isCredit ? words.CreditNumber : words.Number, invoice.Number);
        yield return (words.Date, words.DayText(invoice.Date));
        if (!isCredit && !ElectronicInvoice.Payable(invoice).IsZero)
            yield return (words.Due, words.DayText(invoice.Due));
        if (isCredit) yield return (words.Corrects, invoice.Corrects);
        if (invoice.Lines.Count > 0)
        {
            var (first, last) =
                (invoice.Lines.Min(line => line.Start ?? line.Date),
                    invoice.Lines.Max(line => line.Date));
            yield return first == last ? (words.ServiceDate, words.DayText(first))
                : (words.Period, $"{words.DayText(first)} – {words.DayText(last)}");
        }
        yield return (words.Customer, invoice.Customer);
        yield return (words.YourVatId, invoice.Buyer.VatId);
        yield return (words.Leitweg, invoice.Buyer.LeitwegId);
    }

    // Where to fold the letter for the envelope, and its middle for the punch.
    private void WriteFoldMarks()
    {
        sheet.Page.Color(Pale);
        sheet.Page.Rule(4 * Mm, 105 * Mm, 4 * Mm, 0.5);
        sheet.Page.Rule(4 * Mm, 148.5 * Mm, 6 * Mm, 0.5);
        sheet.Page.Rule(4 * Mm, 210 * Mm, 4 * Mm, 0.5);
    }
}
