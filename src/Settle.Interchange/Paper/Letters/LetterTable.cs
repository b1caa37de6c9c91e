using Settle.Billing;
using Settle.Views;
using static Settle.Paper.Letters.LetterGrid;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>
/// The lines of an invoice, over as many pages as they need. A page ends with what was summed so
/// far, and the next one begins with it.
/// </summary>
internal sealed class LetterTable
{
    private const double PositionRight = Left + 20;
    private const double DateLeft = Left + 30;
    private const double DayWidthMin = 54;
    private const double DayGap = 8;
    private const double QuantityRight = Right - 156;
    private const double PriceRight = Right - 96;
    private const double TaxRight = Right - 58;

    // A description that is longer begins where it is, and goes on.
    private const int LinesTogether = 30;

    private readonly LetterSheet _sheet;
    private readonly Invoice _invoice;
    private readonly InvoiceWords _words;
    private readonly LetterNumbers _numbers;
    private readonly LetterGrid _grid;
    private readonly double _dayWidth;

    // Why there is no tax is said below the lines, once, unless they differ.
    private readonly bool _hasReasons;

    // A small business has no word for tax, nor has what is out of scope.
    private readonly bool _hasTax;

    public LetterTable(LetterSheet sheet, Invoice invoice, InvoiceWords words,
        LetterNumbers numbers, string title)
    {
        (_sheet, _invoice, _words, _numbers) = (sheet, invoice, words, numbers);
        _dayWidth = DayWidth(sheet, invoice, words);
        _hasReasons = invoice.Lines.Where(line => line.Category != "S")
            .Select(line => line.Exemption).Distinct().Skip(1).Any();
        _hasTax = invoice.Lines.Any(line => !invoice.IsUntaxed(line.Category));
        _grid = new LetterGrid(sheet, () => sheet.NextPage(
            $"{invoice.Seller.Name} · {title}", words.DayText(invoice.Date)),
            WriteHead, words.Carried, TextLeft);
    }

    private bool HasDays => _dayWidth > 0;

    private double TextLeft => DateLeft + _dayWidth;

    private double TextWidth => QuantityRight - 62 - TextLeft;

    public void Write()
    {
        _grid.Begin();
        var sum = _invoice.Net - _invoice.Net;
        for (var i = 0; i < _invoice.Lines.Count; i++)
        {
            var line = _invoice.Lines[i];
            var text = TextBox.Wrap(_sheet.Regular, Size, line.Description, TextWidth);
            var together = HeightOf(int.Min(text.Count, LinesTogether), line);
            if (!_sheet.Fits(together + CarriedHeight)) _grid.Carry(_numbers.Amount(sum));
            WriteLine(line, i + 1, text, sum);
            sum += line.Net;
        }
        _grid.End();
    }

    // There is a day in each line only where they differ; a deposit has none.
    private static double DayWidth(LetterSheet sheet, Invoice invoice, InvoiceWords words)
    {
        if (invoice.IsOfDeposit
            || !invoice.Lines.Select(line => (line.Start ?? line.Date, line.Date))
            .Distinct().Skip(1).Any()) return 0;
        var widest = invoice.Lines.Select(line => line.Date).Distinct()
            .Max(day => sheet.Regular.Width(words.DayText(day), Size));
        return double.Max(DayWidthMin, widest + DayGap);
    }

    private double HeightOf(int lines, InvoiceLine line) =>
        ((lines + Below(line).Count) * Leading) + (2 * Padding);

    private void WriteHead(double y)
    {
        _grid.HeadRight(PositionRight, y, _words.Position, 22);
        if (HasDays) _sheet.Page.Text(_sheet.Strong, HeadSize, DateLeft, y, _words.Day);
        _sheet.Page.Text(_sheet.Strong, HeadSize, TextLeft, y, _words.Description);
        _grid.HeadRight(QuantityRight, y, _words.Quantity, 60);
        _grid.HeadRight(PriceRight, y, _words.UnitPrice, 56);
        if (_hasTax) _grid.HeadRight(TaxRight, y, _words.TaxRate, 34);
        _grid.HeadRight(Right, y, $"{_words.Net} {_invoice.Asset}", 54);
    }

    private void WriteLine(InvoiceLine line, int number, List<string> text, Money sum)
    {
        var rest = text;
        for (var isFirst = true; ; isFirst = false)
        {
            var room = (int)((_sheet.Bottom - _sheet.Y - HeightOf(0, line) - CarriedHeight)
                / Leading);
            var part = rest[..int.Min(rest.Count, int.Max(1, room))];
            rest = rest[part.Count..];
            _grid.Shadow(number, rest.Count == 0 ? HeightOf(part.Count, line)
                : (part.Count * Leading) + (2 * Padding));
            var y = _sheet.Y + Padding + Baseline;
            if (isFirst) WriteNumbers(line, number, y);
            _sheet.Page.Color(Black);
            foreach (var each in part)
            {
                _sheet.Page.Text(_sheet.Regular, Size, TextLeft, y, each);
                y += Leading;
            }
            _sheet.Y = y - Baseline + Padding;
            if (rest.Count == 0)
            {
                WriteBelow(line, y);
                return;
            }
            // Its amount stands above, and is carried with the others.
            _grid.Carry(_numbers.Amount(sum + line.Net));
        }
    }

    // What is said of a line in smaller letters: its days, why it has no tax, its discount.
    private List<string> Below(InvoiceLine line)
    {
        var below = new List<string?>();
        // Where all are for the same days, the head says which.
        if (HasDays) below.Add(_words.PeriodOf(line));
        below.Add(_words.DaysOf(line));
        if (_hasReasons) below.Add(line.Exemption);
        if (!line.Discount.IsZero)
            below.Add($"{_words.DiscountLine} {_numbers.Amount(line.Discount)} {_invoice.Asset}");
        if (line.CreditedBefore is { } before)
        {
            below.Add(_words.LessCreditedBefore(
                $"{_numbers.Amount(before)} {_invoice.Asset}"));
        }
        return [.. below.OfType<string>().SelectMany(
            text => TextBox.Wrap(_sheet.Regular, HeadSize, text, TextWidth))];
    }

    private void WriteBelow(InvoiceLine line, double y)
    {
        _sheet.Page.Color(Grey);
        foreach (var text in Below(line))
        {
            _sheet.Page.Text(_sheet.Regular, HeadSize, TextLeft, y, text);
            y += Leading;
            _sheet.Y += Leading;
        }
    }

    private void WriteNumbers(InvoiceLine line, int number, double y)
    {
        _sheet.Page.Color(Grey);
        _grid.Shrunk(PositionRight, y, number.ToString(CultureInfo.InvariantCulture), 24);
        // The days of a period are below its line.
        if (HasDays && _words.PeriodOf(line) is null)
            _sheet.Page.Text(_sheet.Regular, Size, DateLeft, y, _words.DayText(line.Date));
        _sheet.Page.Color(Black);
        var unit = _words.Unit(line.Unit, line.Quantity);
        var quantity = _numbers.Quantity(line.Quantity) + (unit.Length > 0 ? $" {unit}" : "");
        _grid.Shrunk(QuantityRight, y, quantity, 60);
        var price = LinePrice.Of(line, _invoice.Scale) ?? line.UnitPrice;
        _grid.Shrunk(PriceRight, y, _numbers.Price(price), 56);
        if (_hasTax)
        {
            _grid.Shrunk(TaxRight, y, _invoice.IsUntaxed(line.Category) ? "–"
                : _numbers.Percent(line.Rate), 34);
        }
        _grid.Shrunk(Right, y, _numbers.Amount(line.Net), 54);
    }
}
