using System.Text;
using Settle.Cli;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>The checker for anybody's invoices.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private static readonly Invoice Bill = new Bill().Line("Desk", 2, 50m).Make();

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_form_of_an_invoice_says_what_it_is_and_what_it_adds_up_to()
    {
        (string Name, byte[] Bytes, string Syntax, string? Attachment)[] files =
        [
            ("a.xml", InvoicePaper.Ubl(Bill), "ubl", null), ("b.xml", InvoicePaper.Cii(Bill), "cii", null),
            ("c.pdf", InvoicePaper.Pdf(Bill), "cii", "factur-x.xml"),
        ];
        foreach (var (name, bytes, _, _) in files) await File.WriteAllBytesAsync(_folder.File(name), bytes, Stop);
        var run = await RunAsync([.. files.Select(each => _folder.File(each.Name)), "--json"]);
        Assert.Equal(ExitStatus.Done, run.Status);
        var checks = run.Json.EnumerateArray().ToList();
        foreach (var (check, file) in checks.Zip(files))
        {
            Assert.Equal((file.Name, file.Syntax), (check.GetProperty("file").GetString(), check.GetProperty("syntax").GetString()));
            Assert.Equal(file.Attachment, check.TryGetProperty("attachment", out var found) ? found.GetString() : null);
            Assert.Equal(("EN 16931", "100.00", "19.00", "119.00"), (check.GetProperty("profile").GetString(),
                Total(check, "net"), Total(check, "tax"), Total(check, "payable")));
            Assert.True(check.GetProperty("valid").GetBoolean());
            Assert.Empty(check.GetProperty("violations").EnumerateArray());
            Assert.NotEmpty(check.GetProperty("not_checked").EnumerateArray());
        }
        var shown = await RunAsync(_folder.File("c.pdf"));
        Assert.Contains("c.pdf: valid, EN 16931, CII in PDF (factur-x.xml)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("not checked: ", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_is_broken_is_named_and_is_the_exit_status()
    {
        var file = _folder.File("a.xml");
        var ubl = Encoding.UTF8.GetString(InvoicePaper.Ubl(Bill));
        await File.WriteAllTextAsync(file, ubl.Replace(">119.00</cbc:PayableAmount>", ">120.00</cbc:PayableAmount>", StringComparison.Ordinal), Stop);
        var run = await RunAsync(file);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("not valid", run.Output, StringComparison.Ordinal);
        Assert.Contains("BR-CO-16", run.Output, StringComparison.Ordinal);
        Assert.Contains("120.00", run.Output, StringComparison.Ordinal);
    }

    // As the official rules: what has no scheme is not VAT's, and an indicator has to say something.
    [Theory]
    [InlineData("<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>", "", "BR-CO-04")]
    [InlineData("<cbc:ID>VAT</cbc:ID>", "<cbc:ID> VAT </cbc:ID>", null)]
    [InlineData("unitCode=\"C62\"", "unitCode=\" C62 \"", null)]
    [InlineData("<cbc:ID>S</cbc:ID>", "<cbc:ID> S </cbc:ID>", null)]
    public async Task Spaces_and_schemes_count_as_in_the_official_rules(string part, string with, string? rule)
    {
        var file = _folder.File("a.xml");
        var ubl = Encoding.UTF8.GetString(InvoicePaper.Ubl(Bill)).ReplaceLineEndings("");
        ubl = System.Text.RegularExpressions.Regex.Replace(ubl, @">\s+<", "><");
        Assert.Contains(part, ubl, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, ubl.Replace(part, with, StringComparison.Ordinal), Stop);
        var rules = (await RunAsync(file, "--json")).Json[0].GetProperty("violations").EnumerateArray()
            .Select(each => each.GetProperty("rule").GetString()).ToList();
        if (rule is null) Assert.Empty(rules);
        else Assert.Contains(rule, rules);
    }

    [Fact]
    public async Task What_is_not_an_invoice_is_refused_by_its_name()
    {
        (string Name, byte[] Bytes, string Reason)[] files =
        [
            ("a.xml", "<html/>"u8.ToArray(), "is not an electronic invoice"), ("b.txt", "x"u8.ToArray(), "is not XML"),
            ("c.pdf", "%PDF-1.7 damaged"u8.ToArray(), "the PDF file is damaged"),
            ("d.pdf", Encoding.ASCII.GetBytes(PlainPdf), "has no XML file attached"),
        ];
        foreach (var (name, bytes, reason) in files)
        {
            await File.WriteAllBytesAsync(_folder.File(name), bytes, Stop);
            var run = await RunAsync(_folder.File(name));
            Assert.Equal(ExitStatus.Usage, run.Status);
            Assert.Contains(name, run.Error, StringComparison.Ordinal);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task However_much_is_wrong_so_much_is_listed_and_the_rest_is_counted()
    {
        var file = _folder.File("a.xml");
        var ubl = Encoding.UTF8.GetString(InvoicePaper.Ubl(Bill));
        var lines = new StringBuilder().Insert(0, "<cac:InvoiceLine/>", 5000);
        await File.WriteAllTextAsync(file, ubl.Replace("</Invoice>", lines + "</Invoice>", StringComparison.Ordinal), Stop);
        var check = (await RunAsync(file, "--json")).Json[0];
        Assert.Equal(Limits.ViolationsMax, check.GetProperty("violations").GetArrayLength());
        Assert.True(check.GetProperty("omitted").GetInt32() > 5000);
        Assert.False(check.GetProperty("valid").GetBoolean());
        var shown = await RunAsync(file);
        Assert.Equal(ExitStatus.Refused, shown.Status);
        Assert.Contains($"and {check.GetProperty("omitted").GetInt32()} more", shown.Output, StringComparison.Ordinal);
        Assert.Equal(Limits.ViolationsMax, InvoicePaper.Check(new MemoryStream(await File.ReadAllBytesAsync(file, Stop))).Count);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_as_it_was_typed()
    {
        var run = await RunAsync("nowhere.xml");
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains("file: there is no file nowhere.xml", run.Error, StringComparison.Ordinal);
    }

    private static string? Total(System.Text.Json.JsonElement check, string name) =>
        check.GetProperty("totals").GetProperty(name).GetString();

    private Task<CommandRun> RunAsync(params string[] words) =>
        CommandRun.OnAsync(_folder.File("none.db"), ["check", .. words]);

    private const string PlainPdf = """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>> endobj
        trailer <</Root 1 0 R/Size 4>>
        %%EOF
        """;
}
