using System.Globalization;
using System.Text;

namespace Settle.Paper.Pdf;

/// <summary>
/// The content of one A4 page. Lengths are points, measured from the left and from the top; a text
/// stands on the height that is given.
/// </summary>
internal sealed class PdfPage
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    private readonly StringBuilder _content = new();
    private (double, double, double) _color;

    /// <summary>The pictures on it.</summary>
    public HashSet<string> Images { get; } = [];

    public byte[] Content => Encoding.ASCII.GetBytes(_content.ToString());

    /// <summary>The colour of texts and areas to come: red, green and blue, 0 to 1.</summary>
    public void Color((double Red, double Green, double Blue) color)
    {
        if (color == _color) return;
        _color = color;
        Add($"{N(color.Red)} {N(color.Green)} {N(color.Blue)} rg");
    }

    public void Text(PdfFont font, double size, double x, double y, string text)
    {
        if (text.Length == 0) return;
        Add($"BT /{font.Key} {N(size)} Tf {N(x)} {N(Height - y)} Td <{font.Encode(text)}> Tj ET");
    }

    /// <summary>A text that ends at <paramref name="x"/>.</summary>
    public void TextRight(PdfFont font, double size, double x, double y, string text) =>
        Text(font, size, x - font.Width(text, size), y, text);

    /// <summary>A line from the left to the right, in the colour of texts.</summary>
    public void Rule(double x, double y, double width, double thickness) =>
        Area(x, y - (thickness / 2), width, thickness);

    /// <summary>A filled rectangle.</summary>
    public void Area(double x, double y, double width, double height) =>
        Add($"{N(x)} {N(Height - y - height)} {N(width)} {N(height)} re f");

    /// <summary>Many filled rectangles, as one shape.</summary>
    public void Areas(IEnumerable<(double X, double Y, double Width, double Height)> areas)
    {
        foreach (var (x, y, width, height) in areas)
            Add($"{N(x)} {N(Height - y - height)} {N(width)} {N(height)} re");
        Add("f");
    }

    public void Image(string key, double x, double y, double width, double height)
    {
        Images.Add(key);
        Add($"q {N(width)} 0 0 {N(height)} {N(x)} {N(Height - y - height)} cm /{key} Do Q");
    }

    private void Add(string line) => _content.Append(line).Append('\n');

    private static string N(double number) =>
        Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
