using Settle.Paper.Pdf;
using Settle.Paper.Shaping;
using Settle.Views;
using static Settle.Paper.Letters.LetterGrid;
using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>A customer's statement as a letter, of the same parts as an invoice's.</summary>
internal sealed class StatementLetter
{
    private const double TextLeft = Left + 66;
    private const double DueRight = Right - 172;
    private const double AmountRight = Right - 86;
    private const double NumberWidth = 80;
    private const double TextWidth = DueRight - 64 - TextLeft;

    private readonly Statement _statement;
    private readonly LetterSubject _subject;
    private readonly InvoiceWords _words;
    private readonly StatementWords _own;
    private readonly PdfDocument _document;
    private readonly LetterFooter _footer;
    private readonly LetterSheet _sheet;
    private readonly LetterNumbers _numbers;
    private readonly LetterGrid _grid;

    private StatementLetter(Statement statement, Party seller, Party customer)
    {
        var language = Invoice.LanguageOf(seller, customer);
        (_statement, _words) = (statement, InvoiceWords.Of(language));
        _own = StatementWords.Of(language);
        _subject = new LetterSubject
        {
            Seller = seller,
            Receiver = customer,
            Language = language,
            Title = _own.Title,
            Date = statement.To,
            Facts = Facts(),
        };
        _document = new PdfDocument(
            new PdfProperties($"{_own.Title} {statement.Customer}", seller.Name,
                _words.Language, statement.To), attachment: null);
        _footer = new LetterFooter(
            new PdfTypeface(_document, LetterFonts.Regular), seller, _words);
        _sheet = new LetterSheet(_document) { Bottom = _footer.Top };
        _numbers = new LetterNumbers(_words, statement.Closing.Scale);
        _grid = new LetterGrid(_sheet, NextPage, WriteHead, _words.Carried, TextLeft);
    }

    public static byte[] Write(Statement statement, Party seller, Party customer)
    {
        LetterTexts.Check(statement, seller, customer);
        return new StatementLetter(statement, seller, customer).Write();
    }

    private byte[] Write()
    {
        new LetterHead(_sheet, _subject, _words).Write(_document);
        WriteLines();
        WriteClosing();
        WriteAgeing();
        for (var i = 0; i < _sheet.Pages.Count; i++) _footer.Write(_sheet, i, end: null);
        return _document.Write();
    }

    private IEnumerable<(string Label, string? Value)> Facts()
    {
        var first = _statement.From
            ?? (_statement.Lines.Count > 0 ? _statement.Lines[0].Date : _statement.To);
        yield return (_words.Date, _words.DayText(_statement.To));
        yield return (_own.Period, _words.PeriodText(first, _statement.To));
        yield return (_words.Customer, _statement.Customer);
        yield return (_own.Currency, _statement.Asset);
    }

    private void NextPage() => _sheet.NextPage(_subject.RunningHead, _words.DayText(_subject.Date));

    private void WriteHead(double y)
    {
        _sheet.Page.Text(_sheet.Strong, HeadSize, Left, y, _words.Day);
        _sheet.Page.Text(_sheet.Strong, HeadSize, TextLeft, y, _words.Description);
        _grid.HeadRight(DueRight, y, _words.Due, 60);
        _grid.HeadRight(AmountRight, y, _own.Amount, NumberWidth);
        _grid.HeadRight(Right, y, $"{_own.Balance} {_statement.Asset}", NumberWidth);
    }

    private void WriteLines()
    {
        _grid.Begin();
        WriteRow(1, _statement.From, [_own.Opening], null, null, _statement.Opening);
        var balance = _statement.Opening;
        for (var i = 0; i < _statement.Lines.Count; i++)
        {
            var line = _statement.Lines[i];
            var text = TextBox.Wrap(_sheet.Regular, Size,
                $"{_own.KindOf(line.Kind)} {line.Number}", TextWidth);
            if (!_sheet.Fits(HeightOf(text) + CarriedHeight)) _grid.Carry(_numbers.Amount(balance));
            WriteRow(i + 2, line.Date, text, line.Due, line.Amount, line.Balance);
            balance = line.Balance;
        }
        _grid.End();
    }

    private static double HeightOf(List<string> text) => (text.Count * Leading) + (2 * Padding);

    private void WriteRow(int number, DateOnly? day, List<string> text, DateOnly? due,
        Money? amount, Money balance)
    {
        _grid.Shadow(number, HeightOf(text));
        var y = _sheet.Y + Padding + Baseline;
        _sheet.Page.Color(Black);
        if (day is { } date)
            _sheet.Page.Text(_sheet.Regular, Size, Left, y, _words.DayText(date));
        for (var i = 0; i < text.Count; i++)
            _sheet.Page.Text(_sheet.Regular, Size, TextLeft, y + (i * Leading), text[i]);
        if (due is { } end) _grid.Shrunk(DueRight, y, _words.DayText(end), 60);
        if (amount is { } moved)
            _grid.Shrunk(AmountRight, y, _numbers.Amount(moved), NumberWidth);
        _grid.Shrunk(Right, y, _numbers.Amount(balance), NumberWidth);
        _sheet.Y += HeightOf(text);
    }

    private void WriteClosing()
    {
        if (!_sheet.Fits(TotalHeight + 10)) NextPage();
        _sheet.Y += 10;
        var closing = _statement.Closing;
        _sheet.Total(closing.IsNegative ? _own.InYourFavour : _own.Closing,
            $"{_numbers.Amount(closing)} {_statement.Asset}");
    }

    private void WriteAgeing()
    {
        const double Height = 56;
        if (!_sheet.Fits(Height + 16)) NextPage();
        _sheet.Y += 28;
        _sheet.Page.Color(Accent);
        _sheet.Page.Text(_sheet.Strong, Size, Left, _sheet.Y, _own.Ageing);
        var age = _statement.Ageing;
        Money[] parts = [age.Current, age.Days30, age.Days60, age.Days90, age.Older];
        var width = (Right - Left) / parts.Length;
        for (var i = 0; i < parts.Length; i++)
        {
            var right = Left + ((i + 1) * width);
            _sheet.Page.Color(Grey);
            _grid.Shrunk(right, _sheet.Y + 17, _own.Ages[i], width - 6);
            _sheet.Page.Color(Black);
            _grid.Shrunk(right, _sheet.Y + 31, _numbers.Amount(parts[i]), width - 6);
        }
        _sheet.Page.Color(Pale);
        _sheet.Page.Rule(Left, _sheet.Y + 21, Right - Left, 0.5);
        _sheet.Y += Height - 16;
    }
}
