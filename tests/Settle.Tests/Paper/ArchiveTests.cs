using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Settle.Paper.Pdf;
using Settle.Tests.Journals;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What PDF/A-3b (ISO 19005-3) and Factur-X ask of a letter's file.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public static TheoryData<string> Names =>
        [.. Examples.All.Keys.Where(name => !name.Contains("torture", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_invoice_has_the_same_bytes_whatever_was_paid()
    {
        var invoice = Examples.All["mixed rates"];
        var paid = invoice with { Paid = Money.Of(1, invoice.Asset), Open = invoice.Amount - Money.Of(1, invoice.Asset), Block = 99 };
        Assert.Equal(InvoicePaper.Pdf(invoice), InvoicePaper.Pdf(paid));
    }

    [Fact]
    public void The_id_of_a_file_is_that_of_its_content()
    {
        var one = new PdfFile(InvoicePaper.Pdf(Examples.All["plain"])).Trailer;
        var other = new PdfFile(InvoicePaper.Pdf(Examples.All["exempt"])).Trailer;
        var id = Regex.Match(one, "/ID \\[<([0-9A-F]{32})> <([0-9A-F]{32})>\\]");
        Assert.True(id.Success);
        Assert.Equal(id.Groups[1].Value, id.Groups[2].Value);
        Assert.DoesNotContain(id.Groups[1].Value, other, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_begins_as_a_binary_one_and_is_not_encrypted()
    {
        // 6.1.2: four bytes above 127 in a comment.
        var bytes = InvoicePaper.Pdf(Examples.All["plain"]);
        Assert.True(bytes.AsSpan().StartsWith("%PDF-1.7\n%"u8));
        Assert.All(bytes[10..14], b => Assert.True(b > 127));
        Assert.DoesNotContain("/Encrypt", new PdfFile(bytes).Trailer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_glyphs_are_embedded_with_their_widths_and_characters(string name)
    {
        // 6.2.11.4 to 6.2.11.8.
        var pdf = new PdfFile(InvoicePaper.Pdf(Examples.All[name]));
        var pages = pdf.Pages.ToList();
        foreach (var (key, number) in pdf.Fonts())
        {
            var font = pdf.Object(number);
            Assert.Contains("/Encoding /Identity-H", font, StringComparison.Ordinal);
            var descendant = pdf.Object(PdfFile.Reference(font, "DescendantFonts"));
            Assert.Contains("/CIDToGIDMap /Identity", descendant, StringComparison.Ordinal);
            var descriptor = pdf.Object(PdfFile.Reference(descendant, "FontDescriptor"));
            var file = new EmbeddedFont(pdf.Stream(PdfFile.Reference(descriptor, "FontFile2")));
            var widths = Regex.Matches(descendant, @"(\d+) \[(\d+)\]").ToDictionary(
                each => int.Parse(each.Groups[1].Value), each => int.Parse(each.Groups[2].Value));
            var shown = pages.SelectMany(page => PdfFile.TextPattern.Matches(page))
                .Where(text => text.Groups[1].Value == key)
                .SelectMany(text => text.Groups[2].Value.Chunk(4))
                .Select(code => Convert.ToInt32(new string(code), 16)).Distinct().ToList();
            Assert.NotEmpty(shown);
            Assert.All(shown, glyph =>
            {
                Assert.NotEqual(0, glyph);
                Assert.InRange(widths[glyph] - file.Width(glyph), -1, 1);
            });
        }
        Assert.All(pages, page => Assert.NotEqual("", pdf.Text(page)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pages_use_nothing_but_text_areas_and_pictures(string name)
    {
        // 6.2.4 (colours), 6.2.10 (transparency), 6.3 (annotations), 6.6 (actions).
        var pdf = new PdfFile(InvoicePaper.Pdf(Examples.All[name]));
        foreach (var page in pdf.Pages)
        {
            var plain = PdfFile.TextPattern.Replace(page, "");
            Assert.All(plain.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => Assert.Matches(@"^([-\d. ]+ (rg|re|re f)|f|q .* cm /\w+ Do Q)$", line));
        }
        for (var number = 1; number <= pdf.Count; number++)
        {
            Assert.DoesNotMatch("/(Annots|AA|OpenAction|JavaScript|SMask|ExtGState|Launch|URI)\\b",
                pdf.Object(number));
        }
    }

    [Fact]
    public void Colours_mean_sRGB()
    {
        // 6.2.3: an output intent with a profile of its own.
        var pdf = new PdfFile(InvoicePaper.Pdf(Examples.All["plain"]));
        Assert.Contains("/S /GTS_PDFA1", pdf.Catalog, StringComparison.Ordinal);
        var profile = pdf.Stream(PdfFile.Reference(pdf.Catalog, "DestOutputProfile"));
        Assert.Equal(profile.Length, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(profile));
        Assert.Equal("mntrRGB XYZ ", Encoding.ASCII.GetString(profile, 12, 12));
        Assert.Equal("acsp", Encoding.ASCII.GetString(profile, 36, 4));
        // The three colours add up to the white, D50.
        Assert.Equal(IccProfile.Srgb, profile);
    }

    [Theory]
    [InlineData("mixed rates", "factur-x.xml", "EN 16931")]
    [InlineData("credit note, gross", "factur-x.xml", "EN 16931")]
    [InlineData("authority", "xrechnung.xml", "XRECHNUNG")]
    public void The_electronic_invoice_is_attached_as_an_alternative(string name, string file,
        string profile)
    {
        // 6.8, and Factur-X.
        var pdf = new PdfFile(InvoicePaper.Pdf(Examples.All[name]));
        var specification = PdfFile.Reference(pdf.Catalog, "AF");
        Assert.Contains($"/EmbeddedFiles << /Names [({file}) {specification} 0 R]", pdf.Catalog,
            StringComparison.Ordinal);
        var entries = pdf.Object(specification);
        Assert.Contains("/AFRelationship /Alternative", entries, StringComparison.Ordinal);
        Assert.Contains($"/F ({file}) /UF ({file})", entries, StringComparison.Ordinal);
        var data = PdfFile.Reference(entries[entries.IndexOf("/EF", StringComparison.Ordinal)..], "F");
        Assert.Contains("/Subtype /text#2Fxml", pdf.Object(data), StringComparison.Ordinal);
        Assert.Equal(InvoicePaper.Cii(Examples.All[name]), pdf.Stream(data));
        var metadata = Metadata(pdf);
        Assert.Equal(file, metadata.Descendants(FacturX + "DocumentFileName").Single().Value);
        Assert.Equal(profile, metadata.Descendants(FacturX + "ConformanceLevel").Single().Value);
    }

    [Fact]
    public void The_metadata_say_what_the_file_is_and_agree_with_its_information()
    {
        // 6.6.2, 6.6.4, and 6.6.2.3 for what Factur-X adds.
        var pdf = new PdfFile(InvoicePaper.Pdf(Examples.All["mixed rates"]));
        Assert.DoesNotContain("/Filter", pdf.Object(PdfFile.Reference(pdf.Catalog, "Metadata")),
            StringComparison.Ordinal);
        var metadata = Metadata(pdf);
        XNamespace id = "http://www.aiim.org/pdfa/ns/id/";
        Assert.Equal(("3", "B"), (metadata.Descendants(id + "part").Single().Value,
            metadata.Descendants(id + "conformance").Single().Value));
        XNamespace property = "http://www.aiim.org/pdfa/ns/property#";
        Assert.Equal(metadata.Descendants().Where(each => each.Name.Namespace == FacturX)
            .Select(each => each.Name.LocalName).Order(),
            metadata.Descendants(property + "name").Select(name => name.Value).Order());
        var information = pdf.Object(PdfFile.Reference(pdf.Trailer, "Info"));
        var title = Regex.Match(information, "/Title <FEFF([0-9A-F]*)>").Groups[1].Value;
        XNamespace core = "http://purl.org/dc/elements/1.1/";
        Assert.Equal(Encoding.BigEndianUnicode.GetString(Convert.FromHexString(title)),
            metadata.Descendants(core + "title").Single().Value);
        Assert.Contains("/CreationDate (D:20261031000000+00'00')", information,
            StringComparison.Ordinal);
        XNamespace basic = "http://ns.adobe.com/xap/1.0/";
        Assert.Equal("2026-10-31T00:00:00+00:00",
            metadata.Descendants(basic + "CreateDate").Single().Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reader_that_others_wrote_finds_the_text_and_the_electronic_invoice(string name)
    {
        var invoice = Examples.All[name];
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(InvoicePaper.Pdf(invoice));
        Assert.True(pdf.Advanced.TryGetEmbeddedFiles(out var files));
        Assert.Equal(InvoicePaper.Cii(invoice), files.Single().Memory.ToArray());
        var words = pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text);
        Assert.Contains(invoice.Number, words);
    }

    [Fact]
    public async Task Other_programs_find_no_fault_in_it()
    {
        foreach (var (name, invoice) in Examples.All.Where(each => each.Value.Lines.Count < 100))
        {
            var file = _folder.File($"{invoice.Number}-{name.GetHashCode(StringComparison.Ordinal):X}.pdf");
            await File.WriteAllBytesAsync(file, InvoicePaper.Pdf(invoice));
            Assert.Contains("No syntax or stream encoding errors",
                await ExternalProgram.Qpdf.RunAsync("--check", file), StringComparison.Ordinal);
            var fonts = (await ExternalProgram.PdfFonts.RunAsync(file)).Trim().Split('\n')[2..];
            // Embedded, a subset, with characters.
            Assert.All(fonts, font => Assert.Contains("yes yes yes", font, StringComparison.Ordinal));
        }
    }

    private static XNamespace FacturX => "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

    private static XElement Metadata(PdfFile pdf) => XElement.Parse(Encoding.UTF8.GetString(
        pdf.Stream(PdfFile.Reference(pdf.Catalog, "Metadata"))).Split("?>\n")[1]
        .Split("\n<?xpacket")[0]);
}
