namespace Settle.Tests.Paper;

/// <summary>What stands in a letter.</summary>
internal static class LetterText
{
    public static string Of(Invoice invoice) => string.Join('\n', PagesOf(InvoicePaper.Pdf(invoice)));

    /// <summary>What stands on each page.</summary>
    public static List<string> PagesOf(byte[] letter)
    {
        var pdf = new PdfFile(letter);
        return [.. pdf.Pages.Select(pdf.Text)];
    }
}
