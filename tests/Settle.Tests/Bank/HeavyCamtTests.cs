using System.Text;
using Settle.Bank;
using Xunit;

namespace Settle.Tests.Bank;

/// <summary>
/// Statements of 8 MB that cost their size only. Where anything grows with its square these take hours.
/// </summary>
public sealed class HeavyCamtTests
{
    private const int Bytes = 8 * 1024 * 1024;
    private const string Head = "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt>"
        + "<Acct><Id><IBAN>DE1</IBAN></Id></Acct>";
    private const string Tail = "</Stmt></BkToCstmrStmt></Document>";
    private const string Entry = "<Ntry><Amt Ccy='EUR'>1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        + "<BookgDt><Dt>2026-11-05</Dt></BookgDt>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("<a>", "</a>")]
    [InlineData("<a xmlns='b'>", "</a>")]
    [InlineData("<a xmlns:p='b'><p:c>", "</p:c></a>")]
    public void Elements_that_are_nested_deep_are_refused_by_name(string open, string close)
    {
        var count = Bytes / (open.Length + close.Length);
        var error = Refused(Head + Repeat(open, count) + Repeat(close, count) + Tail);
        Assert.Contains("nested more than 32 deep", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_of_very_many_attributes_are_refused_by_name()
    {
        var attributes = string.Concat(Enumerable.Range(0, 200_000).Select(i => $" a{i}=''"));
        Assert.Contains("more than 64 attributes", Refused($"{Head}<a{attributes}/>{Tail}").Message, StringComparison.Ordinal);
        var names = string.Concat(Enumerable.Range(0, 200_000).Select(i => $" xmlns:a{i}='b'"));
        Assert.Contains("more than 64 attributes", Refused($"{Head}<a{names}/>{Tail}").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a b='>' c=\"<d e='f'>\">")]
    [InlineData("<!-- a=b c=d --><?a b='c'?><a><![CDATA[<a b=''>]]>")]
    [InlineData("<a>1=1=1=1</a><a b = 'c'/>")]
    public void Signs_that_are_no_attributes_are_not_counted(string part)
    {
        Settle.Paper.Xml.XmlTags.Check(Repeat(part, 100));
        var crowded = $"{part}\n<x{string.Concat(Enumerable.Range(0, 65).Select(i => $" a{i} = '>'"))}/>";
        var error = Assert.Throws<InvalidRequestException>(() => Settle.Paper.Xml.XmlTags.Check(crowded));
        Assert.Contains("attributes: x in line 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a b='")]
    [InlineData("<a b=''")]
    [InlineData("<!--")]
    [InlineData("<")]
    public void Markup_without_an_end_is_left_to_the_parser(string text) => Settle.Paper.Xml.XmlTags.Check(text);

    [Fact]
    public async Task A_text_that_is_the_whole_file_is_cut_in_no_time()
    {
        await using var ledger = await LedgerAsync();
        foreach (var text in new[] { new string('x', Bytes), Repeat("a1", Bytes / 2), Repeat("2026-000001 ", Bytes / 12) })
        {
            var report = await RunAsync(ledger, $"{Head}{Entry}<NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
                + $"</TxDtls></NtryDtls></Ntry>{Tail}");
            Assert.Single(report.Lines);
        }
    }

    [Fact]
    public async Task A_line_of_very_many_parts_costs_what_they_cost()
    {
        await using var ledger = await LedgerAsync();
        // Each part would look for the line's own indicator behind all the others.
        var parts = Repeat("<NtryDtls><TxDtls><Amt Ccy='EUR'>0.01</Amt></TxDtls></NtryDtls>", 100_000);
        var lines = BankFile.Read(Input($"{Head}<Ntry>{parts}{Entry["<Ntry>".Length..].Replace("1.00", "1000.00")}</Ntry>{Tail}"), null, Stop);
        Assert.Equal(100_000, lines.Count);
        Assert.Equal(1, lines[^1].Amount);
    }

    [Fact]
    public void A_reference_that_every_part_would_repeat_is_refused_when_it_is_long()
    {
        var text = new string('r', 1_000_000);
        Assert.Contains("reference", Refused($"{Head}{Entry}<AcctSvcrRef>{text}</AcctSvcrRef></Ntry>{Tail}").Message,
            StringComparison.Ordinal);
        Assert.Contains("name", Refused($"{Head}{Entry}<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{text}</Nm></Dbtr></RltdPties>"
            + $"</TxDtls></NtryDtls></Ntry>{Tail}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_ends_when_nobody_waits_for_it()
    {
        await using var ledger = await LedgerAsync();
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BankImport(ledger).RunAsync(
            Input(Head + Repeat(Entry + "</Ntry>", 50_000) + Tail), posts: true, null, left.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => BankFile.Read(Input(Head + Tail), null, left.Token));
    }

    private static async Task<ILedger> LedgerAsync()
    {
        var ledger = Ledger.InMemory();
        await Server.BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 500));
        return ledger;
    }

    private static Task<BankReport> RunAsync(ILedger ledger, string text) =>
        new BankImport(ledger).RunAsync(Input(text), posts: false, null, Stop);

    private static InvalidRequestException Refused(string text) =>
        Assert.Throws<InvalidRequestException>(() => BankFile.Read(Input(text), null, Stop));

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static MemoryStream Input(string text) => new(Encoding.UTF8.GetBytes(text));
}
