using Settle.Paper.Pdf;
using Settle.Paper.Shaping;

namespace Settle.Paper.Letters.Swiss;

/// <summary>
/// The lowest 105 mm of a page: receipt and payment part. Places and sizes are those of the
/// guidelines, in millimetres from the bill's corner.
/// </summary>
internal sealed class SwissBillPart(PdfDocument document, PdfPage page, SwissBill bill,
    SwissBillWords words)
{
    /// <summary>How high it is, in points.</summary>
    public const double Height = 105 * Mm;

    private const double Mm = LetterSheet.Mm;
    private const double ReceiptWidth = 62;
    private const double PaymentLeft = 67;
    private const double InfoLeft = 118;
    private const double CodeSide = 46;
    private const double CrossSide = 7;
    private const double Top = PdfPage.Height - Height;

    private static readonly (double, double, double) Black = (0, 0, 0);

    private readonly PdfTypeface _regular = new(document, LetterFonts.SwissRegular);
    private readonly PdfTypeface _strong = new(document, LetterFonts.SwissStrong);

    public void Write()
    {
        page.Color(Black);
        page.Area(0, Top - 0.2, PdfPage.Width, 0.4);
        page.Area(ReceiptWidth * Mm, Top, 0.4, Height);
        var size = 7.0;
        page.Text(_regular, size, (PdfPage.Width - _regular.Width(words.Separate, size)) / 2,
            Top - 4, words.Separate);
        WriteReceipt();
        WritePayment();
    }

    private void WriteReceipt()
    {
        Text(_strong, 11, 5, 5 + 4, words.Receipt);
        WriteInfo(5, 12, 52, 56, 6, 8, hasMessage: false);
        WriteAmount(5, 68, 12, 6, 8);
        var width = _strong.Width(words.Acceptance, 6) / Mm;
        Text(_strong, 6, 57 - width, 82 + 2.2, words.Acceptance);
    }

    private void WritePayment()
    {
        Text(_strong, 11, PaymentLeft, 5 + 4, words.Payment);
        WriteCode(PaymentLeft, 17);
        WriteAmount(PaymentLeft, 68, 15, 8, 10);
        WriteInfo(InfoLeft, 5, 87, 85, 8, 10, hasMessage: true);
    }

    private void WriteInfo(double left, double top, double width, double height, double headSize,
        double size, bool hasMessage)
    {
        var parts = Parts(hasMessage).ToList();
        var factor = 1.0;
        while (factor > 0.7 && HeightOf(factor) > height) factor -= 0.05;
        var y = top;
        foreach (var (head, lines) in parts)
        {
            y += (headSize + 1) * factor / Mm;
            Text(_strong, headSize * factor, left, y, head);
            if (lines is null)
            {
                WriteCorners(left, y + 1.5, hasMessage ? (65, 25) : (52, 20));
                continue;
            }
            foreach (var line in Wrapped(lines, factor))
            {
                y += (size + 1) * factor / Mm;
                Text(_regular, size * factor, left, y, line);
            }
            y += size * factor / Mm;
        }

        IEnumerable<string> Wrapped(IEnumerable<string> lines, double part) => lines.SelectMany(
            line => TextBox.Wrap(_regular, size * part, line, width * Mm));

        double HeightOf(double part) => parts.Sum(each => part / Mm * (headSize + 1 + size
            + (each.Lines is null ? 20 * Mm : Wrapped(each.Lines, part).Count() * (size + 1))));
    }

    private IEnumerable<(string Head, IEnumerable<string>? Lines)> Parts(bool hasMessage)
    {
        yield return (words.Account, bill.Creditor.Lines.Prepend(LetterNumbers.Iban(bill.Iban)));
        if (bill.Kind != "NON") yield return (words.Reference, [bill.ReferenceText]);
        if (hasMessage) yield return (words.Additional, [bill.Message]);
        yield return bill.Debtor is { } debtor ? (words.Payer, debtor.Lines)
            : (words.UnknownPayer, null);
    }

    private void WriteAmount(double left, double top, double gap, double headSize, double size)
    {
        var head = top + ((headSize + 1) / Mm);
        var value = head + ((size + 2) / Mm);
        Text(_strong, headSize, left, head, words.Currency);
        Text(_regular, size, left, value, bill.Currency);
        Text(_strong, headSize, left + gap, head, words.Amount);
        Text(_regular, size, left + gap, value, bill.AmountText);
    }

    private void WriteCode(double left, double top)
    {
        var (side, dark) = PaymentCode.Draw(bill.Code);
        var unit = CodeSide / side;
        page.Areas(dark.Select(run => Box(left + (run.X * unit), top + (run.Y * unit),
            run.Width * unit, unit)));
        // The Swiss cross, in a white frame.
        var (x, y) = (left + ((CodeSide - CrossSide) / 2), top + ((CodeSide - CrossSide) / 2));
        page.Color(LetterSheet.White);
        Area(x, y, CrossSide, CrossSide);
        page.Color(Black);
        Area(x + 0.5, y + 0.5, CrossSide - 1, CrossSide - 1);
        page.Color(LetterSheet.White);
        Area(x + (CrossSide / 2) - 0.58, y + 1.55, 1.16, CrossSide - 3.1);
        Area(x + 1.55, y + (CrossSide / 2) - 0.58, CrossSide - 3.1, 1.16);
        page.Color(Black);
    }

    // Where the payer writes who he is.
    private void WriteCorners(double left, double top, (double Width, double Height) size)
    {
        const double Long = 3;
        const double Thick = 0.26;
        var (right, bottom) = (left + size.Width, top + size.Height);
        foreach (var (x, isRight) in new[] { (left, false), (right - Long, true) })
        {
            var edge = isRight ? right - Thick : left;
            Area(x, top, Long, Thick);
            Area(edge, top, Thick, Long);
            Area(x, bottom - Thick, Long, Thick);
            Area(edge, bottom - Long, Thick, Long);
        }
    }

    private void Text(PdfTypeface face, double size, double x, double y, string text) =>
        page.Text(face, size, x * Mm, Top + (y * Mm), text);

    private void Area(double x, double y, double width, double height)
    {
        var box = Box(x, y, width, height);
        page.Area(box.X, box.Y, box.Width, box.Height);
    }

    private static (double X, double Y, double Width, double Height) Box(
        double x, double y, double width, double height) =>
        (x * Mm, Top + (y * Mm), width * Mm, height * Mm);
}
