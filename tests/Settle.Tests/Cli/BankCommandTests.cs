using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Bank statements: each line is posted once, and doubt is a person's.</summary>
public sealed class BankCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    public async ValueTask InitializeAsync()
    {
        await using var ledger = await Settle.Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await Server.BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 2000));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_line_is_posted_once_however_often_its_file_is_imported()
    {
        var file = _folder.File("statement.xml");
        await File.WriteAllTextAsync(file, Camt(
            ("R-1", "11.90", "Dave", "Rechnung 2026-000001"), ("R-2", "23.80", "Alex", "thanks")),
            Stop);
        var dry = (await CommandRun.DoneAsync(Bank, "bank", file, "--dry-run", "--json")).Json;
        Assert.Equal(0, dry.GetProperty("posted").GetInt32());
        var first = (await CommandRun.DoneAsync(Bank, "bank", file, "--json")).Json;
        Assert.Equal(1, first.GetProperty("posted").GetInt32());
        Assert.Equal(1, first.GetProperty("doubtful").GetInt32());
        Assert.Equal(0, await OpenAsync("2026-000001"));
        Assert.Equal(2380, await OpenAsync("2026-000002"));
        var second = (await CommandRun.DoneAsync(Bank, "bank", file, "--json")).Json;
        Assert.Equal(1, second.GetProperty("known").GetInt32());
        Assert.Equal(0, second.GetProperty("posted").GetInt32());

        // A person decides about the other, with the line's id: then it is known too.
        var line = second.GetProperty("lines")[1].GetProperty("id").GetString()!;
        await CommandRun.DoneAsync(Bank, "pay", "2026-000002", "23.80", "--id", line);
        var third = (await CommandRun.DoneAsync(Bank, "bank", file, "--json")).Json;
        Assert.Equal(2, third.GetProperty("known").GetInt32());
        Assert.Contains("2 already known", (await CommandRun.DoneAsync(Bank, "bank", file)).Output);
    }

    [Fact]
    public async Task Of_a_line_that_is_left_to_a_person_it_says_what_was_posted_before()
    {
        var file = _folder.File("statement.xml");
        await File.WriteAllTextAsync(file,
            Camt(("R-1", "35.70", "Dave", "2026-000001 2026-000002")), Stop);
        var dry = (await CommandRun.DoneAsync(Bank, "bank", file, "--dry-run", "--json")).Json;
        var id = dry.GetProperty("lines")[0].GetProperty("id").GetString()!;
        // So far an import came before it was killed; then the other invoice was paid in cash.
        await CommandRun.DoneAsync(Bank, "pay", "2026-000002", "23.80", "--id", $"{id}/2");
        await CommandRun.DoneAsync(Bank, "pay", "2026-000001", "11.90", "--id", "cash-1");
        var line = (await CommandRun.DoneAsync(Bank, "bank", file, "--json")).Json
            .GetProperty("lines")[0];
        Assert.Equal("none", line.GetProperty("status").GetString());
        Assert.Equal(2380, line.GetProperty("posted").GetInt64());
        var shown = (await CommandRun.DoneAsync(Bank, "bank", file)).Output;
        Assert.Contains("23.80", shown, StringComparison.Ordinal);
        Assert.Contains("posted before", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_statement_posts_nothing()
    {
        var file = _folder.File("statement.xml");
        foreach (var text in new[] { "", "Date;Amount", "<html/>", Camt(("R", "1", "D", "x"))[..200] })
        {
            await File.WriteAllTextAsync(file, text, Stop);
            var run = await CommandRun.OnAsync(Bank, "bank", file);
            Assert.True(run.Status == ExitStatus.Usage, $"{text}: {run.Error}");
            Assert.Contains("file: ", run.Error);
            Assert.DoesNotContain("fault in settle", run.Error);
        }
        Assert.Equal(1190, await OpenAsync("2026-000001"));
    }

    [Fact]
    public async Task Accountants_get_the_invoices_of_a_month()
    {
        var datev = _folder.File("extf.csv");
        await CommandRun.DoneAsync(Bank, "export", "--format", "datev", "--from", "2026-11-01",
            "--to", "2026-11", "--output", datev);
        var lines = await File.ReadAllLinesAsync(datev, Stop);
        Assert.StartsWith("\"EXTF\";700;21;", lines[0]);
        Assert.Equal(4, lines.Length);
        var csv = (await CommandRun.DoneAsync(Bank, "export", "--format", "invoices")).Output;
        Assert.Contains("2026-000002,invoice,2026-11-01", csv);
        var none = await CommandRun.OnAsync(Bank, "export", "--format", "datev");
        Assert.Equal(ExitStatus.Usage, none.Status);
    }

    private async Task<long> OpenAsync(string number) =>
        (await CommandRun.DoneAsync(Bank, "invoices", number, "--json")).Json
            .GetProperty("open").GetInt64();

    private static string Camt(params (string Reference, string Amount, string Name, string Text)[] lines) =>
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
        <Id>2026-11</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
        """
        + string.Concat(lines.Select(line => $"""
            <Ntry><Amt Ccy="EUR">{line.Amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
            <BookgDt><Dt>2026-11-05</Dt></BookgDt><AcctSvcrRef>{line.Reference}</AcctSvcrRef>
            <NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{line.Name}</Nm></Dbtr></RltdPties>
            <RmtInf><Ustrd>{line.Text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """))
        + "</Stmt></BkToCstmrStmt></Document>";
}
