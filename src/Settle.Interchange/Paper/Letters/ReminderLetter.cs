using Settle.Paper.Pdf;
using Settle.Paper.Shaping;
using Settle.Views;
using static Settle.Paper.Letters.LetterGrid;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>A reminder as a letter, of the same parts as an invoice's.</summary>
internal sealed class ReminderLetter
{
    private const double DateRight = Right - 250;
    private const double DueRight = Right - 165;
    private const double DaysRight = Right - 105;
    private const double NumberWidth = 100;
    private const double TextWidth = DateRight - 64 - Left;

    private readonly Reminder _reminder;
    private readonly Party _seller;
    private readonly LetterSubject _subject;
    private readonly InvoiceWords _words;
    private readonly ReminderWords _own;
    private readonly PdfDocument _document;
    private readonly LetterFooter _footer;
    private readonly LetterSheet _sheet;
    private readonly LetterNumbers _numbers;
    private readonly LetterGrid _grid;

    private ReminderLetter(Reminder reminder, Party seller, Party buyer)
    {
        var language = Invoice.LanguageOf(seller, buyer);
        (_reminder, _seller, _words) = (reminder, seller, InvoiceWords.Of(language));
        _own = ReminderWords.Of(language);
        _numbers = new LetterNumbers(_words, reminder.Total.Scale);
        _subject = new LetterSubject
        {
            Seller = seller,
            Receiver = buyer,
            Language = language,
            Title = _own.Title(reminder),
            Date = reminder.Date,
            Note = _own.Text(reminder, language, Amount(reminder.Total),
                Amount(reminder.Fee ?? reminder.Total - reminder.Total),
                _words.DayText(reminder.Due)),
            Facts = Facts(),
        };
        _document = new PdfDocument(
            new PdfProperties($"{_subject.Title} {reminder.Number}", seller.Name,
                _words.Language, reminder.Date), attachment: null);
        _footer = new LetterFooter(
            new PdfTypeface(_document, LetterFonts.Regular), seller, _words);
        _sheet = new LetterSheet(_document) { Bottom = _footer.Top };
        _grid = new LetterGrid(_sheet, NextPage, WriteHead, _words.Carried, Left);
    }

    public static byte[] Write(Reminder reminder, Party seller, Party buyer)
    {
        LetterTexts.Check(reminder, seller, buyer);
        return new ReminderLetter(reminder, seller, buyer).Write();
    }

    private byte[] Write()
    {
        new LetterHead(_sheet, _subject, _words).Write(_document);
        WriteInvoices();
        WriteSums();
        WritePayment();
        for (var i = 0; i < _sheet.Pages.Count; i++) _footer.Write(_sheet, i, end: null);
        return _document.Write();
    }

    private IEnumerable<(string Label, string? Value)> Facts()
    {
        yield return (_own.Number, _reminder.Number);
        yield return (_words.Date, _words.DayText(_reminder.Date));
        yield return (_own.PayBy, _words.DayText(_reminder.Due));
        yield return (_words.Customer, _reminder.Customer);
    }

    private string Amount(Money amount) => $"{_numbers.Amount(amount)} {_reminder.Asset}";

    private void NextPage() => _sheet.NextPage(_subject.RunningHead, _words.DayText(_subject.Date));

    private void WriteHead(double y)
    {
        _sheet.Page.Text(_sheet.Strong, HeadSize, Left, y, _own.Invoice);
        _grid.HeadRight(DateRight, y, _words.Date, 60);
        _grid.HeadRight(DueRight, y, _words.Due, 60);
        _grid.HeadRight(DaysRight, y, _own.Days, 40);
        _grid.HeadRight(Right, y, $"{_own.Open} {_reminder.Asset}", NumberWidth);
    }

    private void WriteInvoices()
    {
        _grid.Begin();
        var sum = _reminder.Total - _reminder.Total;
        for (var i = 0; i < _reminder.Invoices.Count; i++)
        {
            var item = _reminder.Invoices[i];
            var text = TextBox.Wrap(_sheet.Regular, Size, item.Number, TextWidth);
            var height = (text.Count * Leading) + (2 * Padding);
            if (!_sheet.Fits(height + CarriedHeight)) _grid.Carry(_numbers.Amount(sum));
            _grid.Shadow(i + 1, height);
            var y = _sheet.Y + Padding + Baseline;
            _sheet.Page.Color(Black);
            for (var line = 0; line < text.Count; line++)
                _sheet.Page.Text(_sheet.Regular, Size, Left, y + (line * Leading), text[line]);
            _grid.Shrunk(DateRight, y, _words.DayText(item.Date), 60);
            _grid.Shrunk(DueRight, y, _words.DayText(item.Due), 60);
            _grid.Shrunk(DaysRight, y, (_reminder.Date.DayNumber - item.Due.DayNumber)
                .ToString(CultureInfo.InvariantCulture), 40);
            _grid.Shrunk(Right, y, _numbers.Amount(item.Open), NumberWidth);
            _sheet.Y += height;
            sum += item.Open;
        }
        _grid.End();
    }

    private void WriteSums()
    {
        var sum = _reminder.Invoices.Aggregate(
            _reminder.Total - _reminder.Total, (before, item) => before + item.Open);
        var rows = new List<(string Label, Money Amount)>();
        if (_reminder.Invoices.Count > 1) rows.Add((_own.Sum, sum));
        if (_reminder.Credit is { } credit) rows.Add((_own.Credit, -credit));
        if (_reminder.Fee is { } fee) rows.Add((_own.Fee, fee));
        if (!_sheet.Fits(TotalHeight + 16 + (rows.Count * 14))) NextPage();
        _sheet.Y += 18;
        foreach (var (label, amount) in rows)
        {
            _sheet.Page.Color(Grey);
            _sheet.Page.Text(_sheet.Regular, Size, Left, _sheet.Y, label);
            _sheet.Page.Color(Black);
            _grid.Shrunk(Right, _sheet.Y, _numbers.Amount(amount), NumberWidth);
            _sheet.Y += 14;
        }
        _sheet.Y -= 8;
        _sheet.Total(_own.Total, Amount(_reminder.Total));
    }

    private void WritePayment()
    {
        if (string.IsNullOrWhiteSpace(_seller.Iban)) return;
        var payment = new LetterPayment(_sheet, _words, _seller, _reminder.Number,
            PaymentCode.Text(_reminder, _seller));
        _sheet.Y += 19;
        if (!_sheet.Fits(payment.Height)) NextPage();
        payment.Write();
    }
}
