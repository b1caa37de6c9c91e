using static Settle.Paper.Letters.LetterSheet;

namespace Settle.Paper.Letters;

/// <summary>
/// A table in a letter: each page repeats its head, ends with the sum so far if another page
/// follows, and begins with it.
/// </summary>
/// <param name="sheet">The letter.</param>
/// <param name="nextPage">Begins a page.</param>
/// <param name="writeHead">Writes the columns' names, at a height.</param>
/// <param name="carried">What a carried sum is called.</param>
/// <param name="textLeft">Where that stands.</param>
internal sealed class LetterGrid(LetterSheet sheet, Action nextPage, Action<double> writeHead,
    string carried, double textLeft)
{
    public const double Size = 9;
    public const double HeadSize = 8.5;
    public const double Leading = 12;
    public const double Padding = 4.2;
    public const double Baseline = 9.6;

    private const double HeadHeight = 18;
    private const double SumWidth = 150;

    // Where another page follows, there must be room for what is carried.
    public static double CarriedHeight => Leading + (2 * Padding);

    /// <summary>Begins the table, on a page that has room for some of it.</summary>
    public void Begin()
    {
        if (!sheet.Fits(HeadHeight + (3 * CarriedHeight))) nextPage();
        WriteHead();
    }

    /// <summary>Ends the table.</summary>
    public void End()
    {
        sheet.Page.Color(Accent);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.9);
    }

    public void HeadRight(double right, double y, string text, double width) =>
        sheet.Page.TextRight(sheet.Strong,
            TextBox.SizeOf(sheet.Strong, text, width, HeadSize, 4), right, y, text);

    /// <summary>A number; one that is too long is written smaller, never cut.</summary>
    public void Shrunk(double right, double y, string text, double width) =>
        sheet.Page.TextRight(sheet.Regular,
            TextBox.SizeOf(sheet.Regular, text, width, Size, 2), right, y, text);

    /// <summary>Shades every other row.</summary>
    public void Shadow(int number, double height)
    {
        if (number % 2 != 0) return;
        sheet.Page.Color(Shade);
        sheet.Page.Area(Left - 4, sheet.Y, Right - Left + 8, height);
    }

    /// <summary>Goes on on the next page, with the sum so far.</summary>
    public void Carry(string sum)
    {
        End();
        WriteCarried(sum);
        nextPage();
        WriteHead();
        WriteCarried(sum);
        sheet.Page.Color(Pale);
        sheet.Page.Rule(Left, sheet.Y, Right - Left, 0.5);
    }

    private void WriteHead()
    {
        sheet.Page.Color(Accent);
        sheet.Page.Area(Left - 4, sheet.Y, Right - Left + 8, HeadHeight);
        sheet.Page.Color(White);
        writeHead(sheet.Y + 12.5);
        sheet.Y += HeadHeight;
    }

    private void WriteCarried(string sum)
    {
        sheet.Page.Color(Black);
        var y = sheet.Y + Padding + Baseline;
        sheet.Page.Text(sheet.Strong, Size, textLeft, y, carried);
        sheet.Page.TextRight(sheet.Strong,
            TextBox.SizeOf(sheet.Strong, sum, SumWidth, Size, 2), Right, y, sum);
        sheet.Y += CarriedHeight;
    }
}
