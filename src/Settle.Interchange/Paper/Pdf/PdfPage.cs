using System.Buffers;
using System.Buffers.Text;
using Settle.Paper.Shaping;

namespace Settle.Paper.Pdf;

/// <summary>
/// The content of one A4 page. Lengths are points, measured from the left and from the top; a text
/// stands on the height that is given.
/// </summary>
internal sealed class PdfPage
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    private const int NumberMax = 32;

    private readonly ArrayBufferWriter<byte> _content = new(16 * 1024);
    private (double, double, double) _color;

    /// <summary>The pictures on it.</summary>
    public HashSet<string> Images { get; } = [];

    public byte[] Content => _content.WrittenSpan.ToArray();

    /// <summary>The colour of texts and areas to come: red, green and blue, 0 to 1.</summary>
    public void Color((double Red, double Green, double Blue) color)
    {
        if (color == _color) return;
        _color = color;
        N(color.Red, color.Green, color.Blue);
        Raw("rg\n"u8);
    }

    public void Text(PdfTypeface face, double size, double x, double y, string text)
    {
        if (text.Length == 0) return;
        if (face.Shape(text) is not { } runs)
        {
            Begin(face.Primary, size, x, y);
            face.Primary.Encode(text, _content);
            End();
            return;
        }
        foreach (var (font, glyphs) in runs)
        {
            foreach (var cluster in glyphs) Cluster(face.Of(font), size, x, y, cluster);
            x += glyphs.Sum(cluster => cluster.Advance) * size;
        }
    }

    /// <summary>A text that ends at <paramref name="x"/>.</summary>
    public void TextRight(PdfTypeface face, double size, double x, double y, string text) =>
        Text(face, size, x - face.Width(text, size), y, text);

    /// <summary>A line from the left to the right, in the colour of texts.</summary>
    public void Rule(double x, double y, double width, double thickness) =>
        Area(x, y - (thickness / 2), width, thickness);

    /// <summary>A filled rectangle.</summary>
    public void Area(double x, double y, double width, double height)
    {
        N(x, Height - y - height, width, height);
        Raw("re f\n"u8);
    }

    /// <summary>Many filled rectangles, as one shape.</summary>
    public void Areas(IEnumerable<(double X, double Y, double Width, double Height)> areas)
    {
        foreach (var (x, y, width, height) in areas)
        {
            N(x, Height - y - height, width, height);
            Raw("re\n"u8);
        }
        Raw("f\n"u8);
    }

    public void Image(string key, double x, double y, double width, double height)
    {
        Images.Add(key);
        Raw("q "u8);
        N(width);
        Raw("0 0 "u8);
        N(height, x, Height - y - height);
        Raw("cm /"u8);
        Encoding.ASCII.GetBytes(key, _content);
        Raw(" Do Q\n"u8);
    }

    // Where its glyphs do not say what it stands for, that is written beside them.
    private void Cluster(PdfFont font, double size, double x, double y, ShapedCluster cluster)
    {
        var isPlain = cluster.Glyphs.Count == 1 && font.Use(cluster.Glyphs[0].Glyph, cluster.Text);
        if (!isPlain)
        {
            Raw("/Span << /ActualText "u8);
            Encoding.ASCII.GetBytes(PdfWriter.TextString(cluster.Text), _content);
            Raw(" >> BDC\n"u8);
        }
        foreach (var glyph in cluster.Glyphs)
        {
            font.Use(glyph.Glyph, "");
            Begin(font, size, x + (glyph.X * size), y - (glyph.Y * size));
            PdfFont.Encode(glyph.Glyph, _content);
            End();
        }
        if (!isPlain) Raw("EMC\n"u8);
    }

    private void Begin(PdfFont font, double size, double x, double y)
    {
        Raw("BT /"u8);
        Encoding.ASCII.GetBytes(font.Key, _content);
        Raw(" "u8);
        N(size);
        Raw("Tf "u8);
        N(x, Height - y);
        Raw("Td <"u8);
    }

    private void End() => Raw("> Tj ET\n"u8);

    private void Raw(ReadOnlySpan<byte> text) => _content.Write(text);

    private void N(params ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
        {
            WriteNumber(_content, number);
            Raw(" "u8);
        }
    }

    /// <summary>Writes a number with 3 decimals at most.</summary>
    internal static void WriteNumber(IBufferWriter<byte> to, double number)
    {
        var thousandths = Math.Round(number * 1000);
        if (thousandths == 0 || Math.Abs(thousandths) > int.MaxValue)
        {
            Encoding.ASCII.GetBytes(
                Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture), to);
            return;
        }
        // A page has thousands of numbers, and formatting floating point is slow.
        var (whole, rest) = int.DivRem((int)Math.Abs(thousandths), 1000);
        var text = to.GetSpan(NumberMax);
        var length = 0;
        if (thousandths < 0) text[length++] = (byte)'-';
        Utf8Formatter.TryFormat(whole, text[length..], out var written);
        length += written;
        if (rest > 0)
        {
            text[length++] = (byte)'.';
            for (var unit = 100; rest > 0; rest %= unit, unit /= 10)
                text[length++] = (byte)('0' + (rest / unit));
        }
        to.Advance(length);
    }
}
