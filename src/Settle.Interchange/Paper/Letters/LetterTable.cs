using Settle.Billing;
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
    private const double Leading = 12;
    private const double Padding = 4.2;
    private const double Baseline = 9.6;
    private const double PositionRight = Left + 20;
    private const double DateLeft = Left + 30;
    private const double QuantityRight = Right - 156;
    private const double PriceRight = Right - 96;
    private const double TaxRight = Right - 58;

    // With a day in each line only where they differ.
    private readonly bool _hasDays = invoice.Lines
        .Select(line => (line.Start ?? line.Date, line.Date)).Distinct().Skip(1).Any();

    // Why there is no tax is said below the lines, once, unless they differ.
    private readonly bool _hasReasons = invoice.Lines.Where(line => line.Category != "S")
        .Select(line => line.Exemption).Distinct().Skip(1).Any();

    private double TextLeft => _hasDays ? DateLeft + 54 : DateLeft;

    private double TextWidth => QuantityRight - 62 - TextLeft;

    public void Write()
    {
        WriteHeader();
        var sum = invoice.Net - invoice.Net;
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            var line = invoice.Lines[i];
            var text = Wrap(sheet.Regular, Size, line.Description, TextWidth);
            var height = ((text.Count + Below(line).Count) * Leading) + (2 * Padding);
            // Where another page follows, there must be room for what is carried.
            var needed = height + Leading + (2 * Padding);
            if (!sheet.Fits(needed)) Carry(sum);
            WriteLine(line, i + 1, text, height);
            sum += line.Net;
        }
        sheet.Page.Color(Accent);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.9);
    }

    private void WriteHeader()
    {
        var y = sheet.Y + 12.5;
        sheet.Page.Color(Accent);
        sheet.Page.Area(Left - 4, sheet.Y, Right - Left + 8, 18);
        sheet.Page.Color((1, 1, 1));
        sheet.Page.TextRight(sheet.Strong, 8.5, PositionRight, y, words.Position);
        if (_hasDays) sheet.Page.Text(sheet.Strong, 8.5, DateLeft, y, words.Day);
        sheet.Page.Text(sheet.Strong, 8.5, TextLeft, y, words.Description);
        sheet.Page.TextRight(sheet.Strong, 8.5, QuantityRight, y, words.Quantity);
        sheet.Page.TextRight(sheet.Strong, 8.5, PriceRight, y, words.UnitPrice);
        sheet.Page.TextRight(sheet.Strong, 8.5, TaxRight, y, words.TaxRate);
        sheet.Page.TextRight(sheet.Strong, 8.5, Right, y, $"{words.Net} {invoice.Asset}");
        sheet.Y += 18;
    }

    private void WriteLine(InvoiceLine line, int number, List<string> text, double height)
    {
        if (number % 2 == 0)
        {
            sheet.Page.Color(Shade);
            sheet.Page.Area(Left - 4, sheet.Y, Right - Left + 8, height);
        }
        var y = sheet.Y + Padding + Baseline;
        sheet.Page.Color(Grey);
        sheet.Page.TextRight(sheet.Regular, Size, PositionRight, y,
            number.ToString(CultureInfo.InvariantCulture));
        // The days of a period are below its line.
        if (_hasDays && words.PeriodOf(line) is null)
            sheet.Page.Text(sheet.Regular, Size, DateLeft, y, words.DayText(line.Date));
        sheet.Page.Color(Black);
        WriteNumbers(line, y);
        foreach (var part in text)
        {
            sheet.Page.Text(sheet.Regular, Size, TextLeft, y, part);
            y += Leading;
        }
        sheet.Page.Color(Grey);
        foreach (var part in Below(line))
        {
            sheet.Page.Text(sheet.Regular, 8.5, TextLeft, y, part);
            y += Leading;
        }
        sheet.Y += height;
    }

    // What is said of a line in smaller letters: its days, why it has no tax, its discount.
    private List<string> Below(InvoiceLine line)
    {
        var below = new List<string>();
        // Where all are for the same days, the head says which.
        foreach (var text in new[] { _hasDays ? words.PeriodOf(line) : null, words.DaysOf(line) })
            if (text is not null) below.AddRange(Wrap(sheet.Regular, 8.5, text, TextWidth));
        if (_hasReasons && line.Exemption is { } exemption)
            below.AddRange(Wrap(sheet.Regular, 8.5, exemption, TextWidth));
        if (!line.Discount.IsZero)
            below.Add($"{words.DiscountLine} {numbers.Amount(line.Discount)} {invoice.Asset}");
        return below;
    }

    private void WriteNumbers(InvoiceLine line, double y)
    {
        var unit = words.Unit(line.Unit, line.Quantity);
        var quantity = numbers.Quantity(line.Quantity) + (unit.Length > 0 ? $" {unit}" : "");
        Shrunk(QuantityRight, y, quantity, 80);
        // The net price of a gross one has many decimals that nobody agreed on.
        var price = line.Prices != PriceKind.Gross ? line.UnitPrice
            : Math.Round(line.UnitPrice, invoice.Scale, MidpointRounding.AwayFromZero);
        Shrunk(PriceRight, y, numbers.Price(price), 56);
        sheet.Page.TextRight(sheet.Regular, Size, TaxRight, y,
            LetterTotals.IsUntaxed(invoice, line.Category) ? "–" : numbers.Percent(line.Rate));
        Shrunk(Right, y, numbers.Amount(line.Net), 54);
    }

    // A number that is too long is written smaller, never cut.
    private void Shrunk(double right, double y, string text, double width)
    {
        var size = Size;
        while (sheet.Regular.Width(text, size) > width && size > 4) size -= 0.25;
        sheet.Page.TextRight(sheet.Regular, size, right, y, text);
    }

    private void Carry(Money sum)
    {
        sheet.Page.Color(Accent);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.9);
        WriteCarried(sum);
        sheet.NextPage();
        sheet.Page.Color(Grey);
        sheet.Page.Text(sheet.Regular, 8.5, Left, 17 * Mm, $"{invoice.Seller.Name} · {title}");
        sheet.Page.TextRight(sheet.Regular, 8.5, Right, 17 * Mm, words.DayText(invoice.Date));
        sheet.Y = 22 * Mm;
        WriteHeader();
        WriteCarried(sum);
        sheet.Page.Color(Pale);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.5);
    }

    private void WriteCarried(Money sum)
    {
        sheet.Page.Color(Black);
        var y = sheet.Y + Padding + Baseline;
        sheet.Page.Text(sheet.Strong, Size, TextLeft, y, words.Carried);
        sheet.Page.TextRight(sheet.Strong, Size, Right, y, numbers.Amount(sum));
        sheet.Y += Leading + (2 * Padding);
    }
}
