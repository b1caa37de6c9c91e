using Settle.Paper.Pdf;
using Settle.Paper.Shaping;

namespace Settle.Paper.Letters;

/// <summary>
/// Where a letter is written: its pages, fonts, colours and margins, and how far down it is. All
/// lengths are points from the top left.
/// </summary>
internal sealed class LetterSheet(PdfDocument document)
{
    /// <summary>DIN 5008: 25 mm at the left, 20 mm at the right.</summary>
    public const double Left = 25 * Mm;

    public const double Right = 190 * Mm;

    public const double Mm = 72 / 25.4;

    /// <summary>How high the bar of a total is.</summary>
    public const double TotalHeight = 22;

    public static readonly (double, double, double) Black = (0.13, 0.14, 0.16);
    public static readonly (double, double, double) Grey = (0.42, 0.44, 0.48);
    public static readonly (double, double, double) Pale = (0.80, 0.82, 0.85);
    public static readonly (double, double, double) Shade = (0.955, 0.96, 0.97);
    public static readonly (double, double, double) Accent = (0.10, 0.25, 0.42);
    public static readonly (double, double, double) White = (1, 1, 1);

    public PdfTypeface Regular { get; } = new(document, LetterFonts.Regular);

    public PdfTypeface Strong { get; } = new(document, LetterFonts.Strong);

    public List<PdfPage> Pages { get; } = [document.AddPage()];

    public PdfPage Page => Pages[^1];

    /// <summary>Where the footer begins; nothing else is written below.</summary>
    public double Bottom { get; init; }

    /// <summary>How far down the page is written.</summary>
    public double Y { get; set; }

    /// <summary>Whether so much more goes onto this page.</summary>
    public bool Fits(double height) => Y + height <= Bottom;

    /// <summary>Begins a page whose head repeats whose letter it is, and its day.</summary>
    public void NextPage(string head, string day)
    {
        Pages.Add(document.AddPage());
        Page.Color(Grey);
        var dayWidth = Regular.Width(day, 8.5);
        Page.Text(Regular, 8.5, Left, 17 * Mm,
            TextBox.Cut(Regular, 8.5, head, Right - Left - dayWidth - 12));
        Page.TextRight(Regular, 8.5, Right, 17 * Mm, day);
        Y = 22 * Mm;
    }

    /// <summary>
    /// Writes grey small words and what they say beside them, on as many lines as that needs.
    /// </summary>
    /// <returns>How far down it went.</returns>
    public double Pair(double x, double valueX, double y, double size, string label, string value)
    {
        Page.Color(Grey);
        Page.Text(Regular, TextBox.SizeOf(Regular, label, valueX - x - 4, size, 5), x, y, label);
        Page.Color(Black);
        foreach (var line in TextBox.Wrap(Regular, size, value, Right - valueX))
        {
            Page.Text(Regular, size, valueX, y, line);
            y += size * 1.45;
        }
        return y;
    }

    /// <summary>Writes what a letter comes to, in a bar over its whole width.</summary>
    public void Total(string label, string amount)
    {
        Page.Color(Accent);
        Page.Area(Left - 4, Y, Right - Left + 8, TotalHeight);
        Page.Color(White);
        var size = TextBox.SizeOf(Strong, $"{label}  {amount}", Right - Left, 10.5, 3);
        Page.Text(Strong, size, Left, Y + 14.8, label);
        Page.TextRight(Strong, size, Right, Y + 14.8, amount);
        Y += TotalHeight;
    }
}
