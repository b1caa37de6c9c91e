using Settle.Views;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>Where to pay and under which number, with the code that fills it in.</summary>
internal sealed class LetterPayment(
    LetterSheet sheet, InvoiceWords words, Party seller, string number, string? code)
{
    private const double Size = 9.5;
    private const double Leading = 14;
    private const double CodeSide = 27 * Mm;
    private const double CodeGap = 14;
    private const double LabelWidth = 92;

    /// <summary>How high it is, in points.</summary>
    public double Height
    {
        get
        {
            var lines = Lines().Sum(pair => TextBox.Wrap(
                sheet.Regular, 9, pair.Value, Right - TextLeft - LabelWidth).Count);
            return double.Max(
                code is null ? 0 : CodeSide + 4, (lines * 13.05) + Leading + 12);
        }
    }

    private double TextLeft => code is null ? Left : Left + CodeSide + CodeGap;

    public void Write()
    {
        var top = sheet.Y;
        if (code is not null)
        {
            var (side, dark) = PaymentCode.Draw(code);
            var unit = CodeSide / side;
            sheet.Page.Color(Black);
            sheet.Page.Areas(dark.Select(run =>
                (Left + (run.X * unit), top + (run.Y * unit), run.Width * unit, unit)));
        }
        var y = top + 9;
        sheet.Page.Color(Accent);
        sheet.Page.Text(sheet.Strong, Size, TextLeft, y,
            code is null ? words.PayTo : words.ScanToPay);
        y += Leading + 2;
        foreach (var (label, value) in Lines())
            y = sheet.Pair(TextLeft, TextLeft + LabelWidth, y, 9, label, value);
        sheet.Y = double.Max(y, code is null ? y : top + CodeSide);
    }

    private IEnumerable<(string Label, string Value)> Lines() =>
        new[] { (words.Holder, seller.Name),
            ("IBAN", LetterNumbers.Iban(seller.Iban!)),
            ("BIC", string.Join(" · ", new[] { seller.Bic, seller.Bank }
                .Where(part => !string.IsNullOrWhiteSpace(part)))),
            (words.Reference, number) }.Where(pair => pair.Item2.Length > 0);
}
