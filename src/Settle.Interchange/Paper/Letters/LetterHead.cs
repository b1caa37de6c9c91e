using System.Security.Cryptography;
using Settle.Paper.Pdf;
using Settle.Views;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>The top of the first page: who writes, to whom, and about what.</summary>
internal sealed class LetterHead(
    LetterSheet sheet, LetterSubject subject, InvoiceWords words)
{
    private const double LogoWidth = 62 * Mm;
    private const double LogoHeight = 20 * Mm;
    private const double WindowWidth = 80 * Mm;
    private const double WindowHeight = 27 * Mm;
    private const double InfoLeft = 125 * Mm;
    private const double InfoTop = 53 * Mm;
    private const double InfoHeight = 42 * Mm;
    private const double LabelWidth = 27 * Mm;
    private const double TitleTop = 103 * Mm;

    // The newest logo: a run writes thousands of letters of one seller.
    private static volatile Tuple<string, PdfImage?>? _logo;

    public void Write(PdfDocument document)
    {
        WriteSeller(document);
        // What does not fit into its place pushes down what is below.
        sheet.Y = double.Max(TitleTop, double.Max(WriteWindow(), WriteInfo()) + (8 * Mm));
        WriteFoldMarks();
        sheet.Page.Color(Accent);
        var size = TextBox.SizeOf(sheet.Strong, subject.Title, Right - Left, 17, 8);
        sheet.Page.Text(sheet.Strong, size, Left, sheet.Y, subject.Title);
        sheet.Y += 8 * Mm;
        if (string.IsNullOrWhiteSpace(subject.Note)) return;
        foreach (var line in TextBox.Wrap(sheet.Regular, 9.5, subject.Note, Right - Left))
        {
            if (!sheet.Fits(13.5))
            {
                sheet.NextPage(subject.RunningHead, words.DayText(subject.Date));
                sheet.Y += 12;
            }
            sheet.Page.Color(Black);
            sheet.Page.Text(sheet.Regular, 9.5, Left, sheet.Y, line);
            sheet.Y += 13.5;
        }
        sheet.Y += 6;
    }

    private void WriteSeller(PdfDocument document)
    {
        if (Logo(subject.Seller.Logo) is { } logo)
        {
            document.AddImage("Logo", logo);
            var factor = Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height);
            sheet.Page.Image("Logo", Left, 15 * Mm, logo.Width * factor, logo.Height * factor);
            return;
        }
        var box = TextBox.Fit(
            sheet.Strong, [subject.Seller.Name], Right - Left, 26 * Mm, 17, 10);
        var y = 24 * Mm;
        sheet.Page.Color(Accent);
        foreach (var line in box.Lines)
        {
            sheet.Page.Text(sheet.Strong, box.Size, Left, y, line);
            y += box.Leading;
        }
        sheet.Page.Rule(Left, y - (box.Size * 0.75), 14 * Mm, 2.2);
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
    private double WriteWindow()
    {
        var seller = subject.Seller;
        var sender = string.Join(" · ", new[] { seller.Name, seller.Street,
            PostalAddress.Place(seller) }.Where(part => !string.IsNullOrWhiteSpace(part)));
        var size = TextBox.SizeOf(sheet.Regular, sender, WindowWidth, 7, 5);
        sheet.Page.Color(Grey);
        // The footer has all of it.
        sheet.Page.Text(sheet.Regular, size, Left, 60 * Mm,
            TextBox.Cut(sheet.Regular, size, sender, WindowWidth));
        sheet.Page.Color(Pale);
        sheet.Page.Rule(Left, (60 * Mm) + 3.4, WindowWidth, 0.4);
        var box = TextBox.Fit(sheet.Regular,
            [.. PostalAddress.Of(subject.Receiver, seller.Country, subject.Language)],
            WindowWidth, WindowHeight, 10, 6.5);
        var y = (63.6 * Mm) + box.Size;
        sheet.Page.Color(Black);
        foreach (var line in box.Lines)
        {
            sheet.Page.Text(sheet.Regular, box.Size, Left, y, line);
            y += box.Leading;
        }
        return y - box.Leading;
    }

    private double WriteInfo()
    {
        var y = InfoTop;
        var pairs = subject.Facts.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToList();
        var width = Right - InfoLeft - LabelWidth;
        // All values are equally small where there are many.
        var size = TextBox.Fit(sheet.Regular, pairs.ConvertAll(pair => pair.Value!), width,
            InfoHeight - (pairs.Count * 1.2), 9, 6.5).Size;
        foreach (var (label, fact) in pairs)
        {
            var value = fact!;
            sheet.Page.Color(Grey);
            var labelSize = TextBox.SizeOf(sheet.Regular, label, LabelWidth - 4, size - 0.5, 5);
            sheet.Page.Text(sheet.Regular, labelSize, InfoLeft, y, label);
            sheet.Page.Color(Black);
            var (room, valueSize) = (width, size);
            // Whoever copies a number that is broken copies a wrong one.
            if (Ascii.IsValid(value) && !value.Contains(' ', StringComparison.Ordinal)
                && sheet.Regular.Width(value, size) > width)
            {
                room = Right - InfoLeft - sheet.Regular.Width(label, labelSize) - 4;
                if (sheet.Regular.Width(value, size) > room)
                {
                    room = Right - InfoLeft;
                    y += size * 1.38;
                }
                valueSize = TextBox.SizeOf(sheet.Regular, value, room, size, 5);
            }
            foreach (var line in TextBox.Wrap(sheet.Regular, valueSize, value, room))
            {
                sheet.Page.TextRight(sheet.Regular, valueSize, Right, y, line);
                y += size * 1.38;
            }
            y += 1.2;
        }
        return y - (size * 1.38) - 1.2;
    }

    // Where to fold the letter for the envelope, and its middle for the punch.
    private void WriteFoldMarks()
    {
        sheet.Page.Color(Pale);
        sheet.Page.Rule(4 * Mm, 105 * Mm, 4 * Mm, 0.5);
        sheet.Page.Rule(4 * Mm, 148.5 * Mm, 6 * Mm, 0.5);
        if (!subject.HasPaymentPart) sheet.Page.Rule(4 * Mm, 210 * Mm, 4 * Mm, 0.5);
    }
}
