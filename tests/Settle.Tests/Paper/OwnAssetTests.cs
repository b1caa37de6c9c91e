using System.Text;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>Hours or points are no currency: they have a letter, and no electronic invoice.</summary>
public sealed class OwnAssetTests
{
    private static readonly Invoice Hours = new Bill().In("HOURS", 2).Line("Studio", 3, 1m, "exempt").Make();

    [Fact]
    public void An_own_asset_has_no_electronic_invoice()
    {
        foreach (var make in new Func<Invoice, byte[]>[] { InvoicePaper.Ubl, InvoicePaper.Cii })
        {
            var fault = Assert.Throws<InvoiceRuleException>(() => make(Hours));
            Assert.Contains("HOURS", fault.Message, StringComparison.Ordinal);
            Assert.Contains("BR-CL-04", fault.Message, StringComparison.Ordinal);
        }
        Assert.Contains(InvoicePaper.Check(Hours), violation => violation.Rule == "BR-CL-04");
    }

    [Fact]
    public void Its_letter_is_an_archivable_PDF_without_a_file_inside()
    {
        var bytes = InvoicePaper.Pdf(Hours);
        var text = Encoding.Latin1.GetString(bytes);
        Assert.DoesNotContain("/EmbeddedFile", text, StringComparison.Ordinal);
        Assert.DoesNotContain("factur-x", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("pdfaid", text, StringComparison.Ordinal);
        Assert.Contains("3,00 HOURS", LetterText.Of(Hours), StringComparison.Ordinal);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(bytes);
        Assert.False(pdf.Advanced.TryGetEmbeddedFiles(out _));
    }
}
