using Settle.Billing;
using Settle.Views;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>
/// The lines of an invoice, over as many pages as they need. A page ends with what was summed so
/// far, and the next one begins with it.
/// </summary>
internal sealed class LetterTable(LetterSheet sheet, Invoice invoice, InvoiceWords words,
    LetterNumbers numbers, string title)
{
    private const double Size = 9;
    private const double HeadSize = 8.5;
    private const double Leading = 12;
    private const double Padding = 4.2;
    private const double Baseline = 9.6;
    private const double PositionRight = Left + 20;
    private const double DateLeft = Left + 30;
    private const double DayWidthMin = 54;
    private const double DayGap = 8;
    private const double QuantityRight = Right - 156;
    private const double PriceRight = Right - 96;
    private const double TaxRight = Right - 58;

    // A description that is longer begins where it is, and goes on.
    private const int LinesTogether = 30;

    private readonly double _dayWidth = DayWidth(sheet, invoice, words);

    // Why there is no tax is said below the lines, once, unless they differ.
    private readonly bool _hasReasons = invoice.Lines.Where(line => line.Category != "S")
        .Select(line => line.Exemption).Distinct().Skip(1).Any();

    private bool HasDays => _dayWidth > 0;

    private double TextLeft => DateLeft + _dayWidth;

    private double TextWidth => QuantityRight - 62 - TextLeft;

    // Where another page follows, there must be room for what is carried.
    private static double CarriedHeight => Leading + (2 * Padding);

    public void Write()
    {
        if (!sheet.Fits(18 + (3 * CarriedHeight))) NextPage();
        WriteHeader();
        var sum = invoice.Net - invoice.Net;
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            var line = invoice.Lines[i];
            var text = TextBox.Wrap(sheet.Regular, Size, line.Description, TextWidth);
            var together = HeightOf(int.Min(text.Count, LinesTogether), line);
            if (!sheet.Fits(together + CarriedHeight)) Carry(sum);
            WriteLine(line, i + 1, text, sum);
            sum += line.Net;
        }
        sheet.Page.Color(Accent);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.9);
    }

    // There is a day in each line only where they differ.
    private static double DayWidth(LetterSheet sheet, Invoice invoice, InvoiceWords words)
    {
        if (!invoice.Lines.Select(line => (line.Start ?? line.Date, line.Date))
            .Distinct().Skip(1).Any()) return 0;
        var widest = invoice.Lines.Select(line => line.Date).Distinct()
            .Max(day => sheet.Regular.Width(words.DayText(day), Size));
        return double.Max(DayWidthMin, widest + DayGap);
    }

    private double HeightOf(int lines, InvoiceLine line) =>
        ((lines + Below(line).Count) * Leading) + (2 * Padding);

    private void WriteHeader()
    {
        var y = sheet.Y + 12.5;
        sheet.Page.Color(Accent);
        sheet.Page.Area(Left - 4, sheet.Y, Right - Left + 8, 18);
        sheet.Page.Color(White);
        HeadRight(PositionRight, y, words.Position, 22);
        if (HasDays) sheet.Page.Text(sheet.Strong, HeadSize, DateLeft, y, words.Day);
        sheet.Page.Text(sheet.Strong, HeadSize, TextLeft, y, words.Description);
        HeadRight(QuantityRight, y, words.Quantity, 60);
        HeadRight(PriceRight, y, words.UnitPrice, 56);
        HeadRight(TaxRight, y, words.TaxRate, 34);
        HeadRight(Right, y, $"{words.Net} {invoice.Asset}", 54);
        sheet.Y += 18;
    }

    private void HeadRight(double right, double y, string text, double width) =>
        sheet.Page.TextRight(sheet.Strong,
            TextBox.SizeOf(sheet.Strong, text, width, HeadSize, 4), right, y, text);

    private void WriteLine(InvoiceLine line, int number, List<string> text, Money sum)
    {
        var rest = text;
        for (var isFirst = true; ; isFirst = false)
        {
            var room = (int)((sheet.Bottom - sheet.Y - HeightOf(0, line) - CarriedHeight)
                / Leading);
            var part = rest[..int.Min(rest.Count, int.Max(1, room))];
            rest = rest[part.Count..];
            Shadow(number, rest.Count == 0 ? HeightOf(part.Count, line)
                : (part.Count * Leading) + (2 * Padding));
            var y = sheet.Y + Padding + Baseline;
            if (isFirst) WriteNumbers(line, number, y);
            sheet.Page.Color(Black);
            foreach (var each in part)
            {
                sheet.Page.Text(sheet.Regular, Size, TextLeft, y, each);
                y += Leading;
            }
            sheet.Y = y - Baseline + Padding;
            if (rest.Count == 0)
            {
                WriteBelow(line, y);
                return;
            }
            // Its amount stands above, and is carried with the others.
            Carry(sum + line.Net);
        }
    }

    private void Shadow(int number, double height)
    {
        if (number % 2 != 0) return;
        sheet.Page.Color(Shade);
        sheet.Page.Area(Left - 4, sheet.Y, Right - Left + 8, height);
    }

    // What is said of a line in smaller letters: its days, why it has no tax, its discount.
    private List<string> Below(InvoiceLine line)
    {
        var below = new List<string?>();
        // Where all are for the same days, the head says which.
        if (HasDays) below.Add(words.PeriodOf(line));
        below.Add(words.DaysOf(line));
        if (_hasReasons) below.Add(line.Exemption);
        if (!line.Discount.IsZero)
            below.Add($"{words.DiscountLine} {numbers.Amount(line.Discount)} {invoice.Asset}");
        if (line.CreditedBefore is { } before)
        {
            below.Add(words.LessCreditedBefore(
                $"{numbers.Amount(before)} {invoice.Asset}"));
        }
        return [.. below.OfType<string>().SelectMany(
            text => TextBox.Wrap(sheet.Regular, HeadSize, text, TextWidth))];
    }

    private void WriteBelow(InvoiceLine line, double y)
    {
        sheet.Page.Color(Grey);
        foreach (var text in Below(line))
        {
            sheet.Page.Text(sheet.Regular, HeadSize, TextLeft, y, text);
            y += Leading;
            sheet.Y += Leading;
        }
    }

    private void WriteNumbers(InvoiceLine line, int number, double y)
    {
        sheet.Page.Color(Grey);
        Shrunk(PositionRight, y, number.ToString(CultureInfo.InvariantCulture), 24);
        // The days of a period are below its line.
        if (HasDays && words.PeriodOf(line) is null)
            sheet.Page.Text(sheet.Regular, Size, DateLeft, y, words.DayText(line.Date));
        sheet.Page.Color(Black);
        var unit = words.Unit(line.Unit, line.Quantity);
        var quantity = numbers.Quantity(line.Quantity) + (unit.Length > 0 ? $" {unit}" : "");
        Shrunk(QuantityRight, y, quantity, 60);
        var price = LinePrice.Of(line, invoice.Scale) ?? line.UnitPrice;
        Shrunk(PriceRight, y, numbers.Price(price), 56);
        Shrunk(TaxRight, y, LetterTotals.IsUntaxed(invoice, line.Category) ? "–"
            : numbers.Percent(line.Rate), 34);
        Shrunk(Right, y, numbers.Amount(line.Net), 54);
    }

    // A number that is too long is written smaller, never cut.
    private void Shrunk(double right, double y, string text, double width) =>
        sheet.Page.TextRight(sheet.Regular,
            TextBox.SizeOf(sheet.Regular, text, width, Size, 2), right, y, text);

    private void Carry(Money sum)
    {
        sheet.Page.Color(Accent);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.9);
        WriteCarried(sum);
        NextPage();
        WriteHeader();
        WriteCarried(sum);
        sheet.Page.Color(Pale);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.5);
    }

    private void NextPage() =>
        sheet.NextPage($"{invoice.Seller.Name} · {title}", words.DayText(invoice.Date));

    private void WriteCarried(Money sum)
    {
        sheet.Page.Color(Black);
        var y = sheet.Y + Padding + Baseline;
        sheet.Page.Text(sheet.Strong, Size, TextLeft, y, words.Carried);
        var amount = numbers.Amount(sum);
        sheet.Page.TextRight(sheet.Strong,
            TextBox.SizeOf(sheet.Strong, amount, 150, Size, 2), Right, y, amount);
        sheet.Y += CarriedHeight;
    }
}
