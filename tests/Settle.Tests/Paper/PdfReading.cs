using System.Globalization;
using System.Xml.Linq;
using Settle.Tests.Journals;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Settle.Tests.Paper;

/// <summary>Reads a letter with programs that others wrote.</summary>
internal static class PdfReading
{
    /// <summary>A word and where it stands, in points from the top left.</summary>
    internal sealed record Word(int Page, string Text, double Left, double Top, double Right, double Bottom);

    /// <summary>The text of a letter, without the marks that say its direction.</summary>
    public static async Task<string> TextAsync(Invoice invoice)
    {
        using var folder = new TemporaryDirectory();
        var file = await WriteAsync(folder, invoice);
        var text = await ExternalProgram.PdfToText.RunAsync("-raw", file, "-");
        return string.Concat(text.Where(c => c is not ((>= '\u200E' and <= '\u200F') or (>= '\u202A' and <= '\u202E'))));
    }

    /// <summary>All words of a letter.</summary>
    public static async Task<List<Word>> WordsAsync(Invoice invoice)
    {
        using var folder = new TemporaryDirectory();
        var file = await WriteAsync(folder, invoice);
        var output = await ExternalProgram.PdfToText.RunAsync("-bbox", file, "-");
        var root = XElement.Parse(output[output.IndexOf("<doc>", StringComparison.Ordinal)..(output.IndexOf("</doc>", StringComparison.Ordinal) + 6)]);
        return [.. root.Elements().SelectMany((page, at) => page.Elements().Select(word => new Word(at, word.Value,
            Number(word, "xMin"), Number(word, "yMin"), Number(word, "xMax"), Number(word, "yMax"))))];
    }

    /// <summary>What a reader of QR codes finds on a page.</summary>
    public static async Task<string> CodeAsync(byte[] pdf, int page)
    {
        var (rgb, width, height) = await PixelsAsync(pdf, page);
        var source = new RGBLuminanceSource(rgb, width, height, RGBLuminanceSource.BitmapFormat.RGB24);
        var bitmap = new BinaryBitmap(new HybridBinarizer(source));
        var hints = new Dictionary<DecodeHintType, object> { [DecodeHintType.TRY_HARDER] = true, [DecodeHintType.CHARACTER_SET] = "UTF-8" };
        return new QRCodeReader().decode(bitmap, hints)?.Text
            ?? throw new InvalidDataException("no QR code is found");
    }

    // 200 in an inch.
    private static async Task<(byte[] Rgb, int Width, int Height)> PixelsAsync(byte[] pdf, int page)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.File("letter.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        var number = page.ToString(CultureInfo.InvariantCulture);
        await ExternalProgram.PdfToPpm.RunAsync("-r", "200", "-f", number, "-l", number, "-singlefile", file, folder.File("page"));
        var ppm = await File.ReadAllBytesAsync(folder.File("page.ppm"));
        var (at, parts) = (0, new List<string>());
        while (parts.Count < 4)
        {
            var start = at;
            while (!char.IsWhiteSpace((char)ppm[at])) at++;
            parts.Add(System.Text.Encoding.ASCII.GetString(ppm, start, at - start));
            at++;
        }
        return (ppm[at..], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static async Task<string> WriteAsync(TemporaryDirectory folder, Invoice invoice)
    {
        var file = folder.File("letter.pdf");
        await File.WriteAllBytesAsync(file, InvoicePaper.Pdf(invoice));
        return file;
    }

    private static double Number(XElement word, string name) =>
        double.Parse(word.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
