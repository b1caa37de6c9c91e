using System.Text;
using Settle.Accounting;
using Settle.Journals;
using Settle.Tests.Cli;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Journals;

/// <summary>What a spreadsheet would run is a text in every CSV file that Settle writes.</summary>
public sealed class CsvFormulaTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30 1234", "'+49 30 1234")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("'=x", "''=x")]
    [InlineData("''=x", "'''=x")]
    [InlineData("'x", "'x")]
    [InlineData("'", "'")]
    [InlineData("a;=cmd()", "a;'=cmd()")]
    [InlineData("a;'=x", "a;''=x")]
    [InlineData("a\t+1;-2", "a\t'+1;'-2")]
    [InlineData("\uFF1Dfull", "'\uFF1Dfull")]
    [InlineData("a;\uFF20full", "a;'\uFF20full")]
    [InlineData("a; b", "a; b")]
    [InlineData("it's", "it's")]
    [InlineData("a=b", "a=b")]
    [InlineData("@world", "@world")]
    [InlineData("", "")]
    public void A_text_is_written_as_no_formula_and_read_as_it_was(string text, string field)
    {
        Assert.Equal(field, CsvFormulas.Defuse(text));
        Assert.Equal(text, Encoding.UTF8.GetString(
            CsvFormulas.Restore(Encoding.UTF8.GetBytes(field))));
    }

    [Fact]
    public async Task An_export_has_no_formulas_and_its_numbers_stay_numbers()
    {
        var bank = _folder.File("bank.db");
        await CommandRun.DoneAsync(bank, "transfer", "@world", "=A1", "5", "--memo", "@SUM(1)", "--id", "+1",
            "--timestamp", "2026-01-01");
        await CommandRun.DoneAsync(bank, "open", "=A1", "--overdraft", "5");
        await CommandRun.DoneAsync(bank, "transfer", "=A1", "b", "7.50", "--id", "-2",
            "--timestamp", "2026-01-01");
        var run = await CommandRun.DoneAsync(bank, "export", "--format", "csv", "--accounts",
            _folder.File("accounts.csv"));

        Assert.Equal("""
            id,date,from,to,amount,asset,memo,meta,part
            '+1,2026-01-01T00:00:00Z,@world,'=A1,5.00,USD,'@SUM(1),,
            '-2,2026-01-01T00:00:00Z,'=A1,b,7.50,USD,,,

            """, run.Output);
        Assert.Equal("""
            account,asset,overdraft,ceiling,closed,owners,meta,lowest
            '=A1,USD,5.00,none,false,,,-2.50
            b,USD,0.00,none,false,,,0.00

            """, await File.ReadAllTextAsync(_folder.File("accounts.csv"),
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refused_rows_have_no_formulas_and_can_be_imported_again()
    {
        var (bank, rows) = (_folder.File("bank.db"), _folder.File("rows.csv"));
        await CommandRun.DoneAsync(bank, "init");
        await File.WriteAllTextAsync(rows, """"
            id,from,to,amount,memo
            r1,=cmd,A,5,a;=x()
            r2,+a,A,5,"say ""=hi"""
            r3,'@b,A,5,plain

            """", TestContext.Current.CancellationToken);
        foreach (var (from, to) in ((string, string)[])[("rows.csv", "once.csv"), ("once.csv", "twice.csv")])
        {
            await CommandRun.OnAsync(bank, "import", _folder.File(from), "--rejected", _folder.File(to));
            Assert.Equal(""""
                id,from,to,amount,memo,reason,account,spendable,needed,room
                r1,'=cmd,A,5,"a;'=x()",insufficient_funds,'=cmd,0.00,5.00,
                r2,'+a,A,5,"say ""=hi""",insufficient_funds,'+a,0.00,5.00,
                r3,'@b,A,5,plain,insufficient_funds,'@b,0.00,5.00,

                """", await File.ReadAllTextAsync(_folder.File(to), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_text_with_a_separator_of_other_lists_is_quoted()
    {
        var bank = _folder.File("bank.db");
        await CommandRun.DoneAsync(bank, "transfer", "@world", "A", "5", "--memo", "a;=cmd()", "--id", "t",
            "--timestamp", "2026-01-01");
        var run = await CommandRun.DoneAsync(bank, "export", "--format", "csv");
        Assert.Contains("\"a;'=cmd()\"", run.Output, StringComparison.Ordinal);
        var (file, copy) = (_folder.File("x.csv"), _folder.File("copy.db"));
        await File.WriteAllTextAsync(file, run.Output, TestContext.Current.CancellationToken);
        await CommandRun.DoneAsync(copy, "import", file);
        Assert.Equal(run.Output, (await CommandRun.DoneAsync(copy, "export", "--format", "csv")).Output);
    }

    [Fact]
    public void Files_for_accountants_have_no_formulas_either()
    {
        var invoice = Examples.All["credit note, plain"];
        invoice = invoice with { Buyer = invoice.Buyer with { Name = "=HYPERLINK(\"x\")" }, Customer = "@SUM(1)" };
        foreach (var language in (string?[])[null, "de", "en"])
        {
            var csv = new MemoryStream();
            using (var writer = new InvoiceCsv(csv, CsvDialect.Of(language))) writer.Write(invoice);
            var row = Encoding.UTF8.GetString(csv.ToArray()).Split('\n')[1];
            var separator = language == "de" ? ';' : ',';
            Assert.Contains($"{separator}'@SUM(1){separator}\"'=HYPERLINK(\"\"x\"\")\"{separator}", row,
                StringComparison.Ordinal);
            Assert.Contains(language == "de" ? ";-332,01;" : ",-332.01,", row, StringComparison.Ordinal);
        }
        Assert.Equal("'=HYPERLINK(\"x\")", DatevTexts.Of(invoice.Buyer.Name, 60, keepsLetters: false));
    }
}
