using Settle.Paper.Pdf;

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

    /// <summary>Above the footer.</summary>
    public const double Bottom = 256 * Mm;

    public const double Mm = 72 / 25.4;

    public static readonly (double, double, double) Black = (0.13, 0.14, 0.16);
    public static readonly (double, double, double) Grey = (0.42, 0.44, 0.48);
    public static readonly (double, double, double) Pale = (0.80, 0.82, 0.85);
    public static readonly (double, double, double) Shade = (0.955, 0.96, 0.97);
    public static readonly (double, double, double) Accent = (0.10, 0.25, 0.42);

    // Of all letters, read once.
    private static readonly TrueTypeFont OpenSans = Load("OpenSans-Regular", "OpenSans");
    private static readonly TrueTypeFont OpenSansSemibold =
        Load("OpenSans-Semibold", "OpenSans-Semibold");

    public PdfFont Regular { get; } = document.AddFont(OpenSans);

    public PdfFont Strong { get; } = document.AddFont(OpenSansSemibold);

    public List<PdfPage> Pages { get; } = [document.AddPage()];

    public PdfPage Page => Pages[^1];

    /// <summary>How far down the page is written.</summary>
    public double Y { get; set; }

    /// <summary>Whether so much more goes onto this page.</summary>
    public bool Fits(double height) => Y + height <= Bottom;

    public void NextPage() => Pages.Add(document.AddPage());

    /// <summary>Writes grey small words and what they say beside them.</summary>
    public void Pair(double x, double valueX, double y, double size, string label, string value)
    {
        Page.Color(Grey);
        Page.Text(Regular, size, x, y, label);
        Page.Color(Black);
        Page.Text(Regular, size, valueX, y, value);
    }

    /// <summary>Breaks a text into lines of a width; words that are too long are cut.</summary>
    public static List<string> Wrap(PdfFont font, double size, string text, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (font.Width(longer, size) <= width)
                {
                    line = longer;
                    continue;
                }
                if (line.Length > 0) lines.Add(line);
                line = word;
                while (font.Width(line, size) > width && line.Length > 1)
                {
                    var end = font.Fit(line, size, width);
                    lines.Add(line[..end]);
                    line = line[end..];
                }
            }
            lines.Add(line);
        }
        return lines;
    }

    private static TrueTypeFont Load(string file, string name)
    {
        using var stream = typeof(LetterSheet).Assembly
            .GetManifestResourceStream($"Settle.Paper.Fonts.{file}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(name, bytes);
    }
}
