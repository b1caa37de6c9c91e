namespace Settle.Tests.Paper;

/// <summary>What stands in a letter.</summary>
internal static class LetterText
{
    public static string Of(Invoice invoice)
    {
        var pdf = new PdfFile(InvoicePaper.Pdf(invoice));
        return string.Join('\n', pdf.Pages.Select(pdf.Text));
    }
}
