using System.Text;
using Settle.Bank;
using Xunit;

namespace Settle.Tests.Bank;

/// <summary>Bank statements as banks write them.</summary>
public sealed class CamtReaderTests
{
    private const string Entry = """
        <Ntry><Amt Ccy="EUR">397.30</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>20261112-77</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
        <RltdPties><Dbtr><Nm>Müller KG</Nm></Dbtr>
        <DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties>
        <RmtInf><Ustrd>Rechnung 2026-000123</Ustrd><Ustrd>vielen Dank</Ustrd></RmtInf>
        </TxDtls></NtryDtls></Ntry>
        """;

    [Fact]
    public void A_line_is_read_with_all_that_matching_needs()
    {
        var line = Assert.Single(Read(Statement(Entry)));
        Assert.Equal(("DE89370400440532013000", "20261112-77", new DateOnly(2026, 11, 12), "EUR",
            39730L, true), (line.Account, line.Reference, line.Date, line.Asset, line.Amount,
            line.IsCredit));
        Assert.Equal(("Müller KG", "DE02120300000000202051", "Rechnung 2026-000123 vielen Dank"),
            (line.Name, line.Iban, line.Text));
    }

    [Theory]
    [InlineData("<Sts>", "<RvslInd>maybe</RvslInd><Sts>", "RvslInd must be true or false, not 'maybe'")]
    [InlineData("<Sts>", "<RvslInd>TRUE</RvslInd><Sts>", "RvslInd must be true or false, not 'TRUE'")]
    [InlineData("<Sts>", "<RvslInd>0</RvslInd><RvslInd>1</RvslInd><Sts>", "has RvslInd more than once")]
    [InlineData("<CdtDbtInd>", """<Amt Ccy="EUR">1</Amt><CdtDbtInd>""", "has Amt more than once")]
    public void A_line_that_can_be_read_in_two_ways_is_refused(string before, string after, string fault)
    {
        var entry = Entry.Replace(before, after, StringComparison.Ordinal);
        var error = Assert.Throws<InvalidRequestException>(() => Read(Statement(entry)));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_08_says_the_same_in_other_places()
    {
        var entry = Entry.Replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", StringComparison.Ordinal)
            .Replace("<Dbtr><Nm>Müller KG</Nm></Dbtr>", "<Dbtr><Pty><Nm>Müller KG</Nm></Pty></Dbtr>",
                StringComparison.Ordinal);
        Assert.Equal(Read(Statement(Entry)), Read(Statement(entry, "08")));
    }

    [Fact]
    public void A_line_has_the_same_id_in_whatever_file_it_comes()
    {
        var other = Entry.Replace("20261112-77", "20261113-01", StringComparison.Ordinal);
        var first = Read(Statement(Entry + other));
        var second = Read(Statement(other) );
        Assert.Equal(first[1].Id, second[0].Id);
        Assert.NotEqual(first[0].Id, first[1].Id);
        Assert.StartsWith("bank:", first[0].Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_differ_in_nothing_have_different_ids()
    {
        var silent = Entry.Replace("<AcctSvcrRef>20261112-77</AcctSvcrRef>", "", StringComparison.Ordinal);
        var ids = Read(Statement(silent + silent)).Select(line => line.Id).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, Read(Statement(silent + silent)).Select(line => line.Id));
        Assert.Equal(ids[0], Read(Statement(silent))[0].Id);
    }

    [Fact]
    public void Another_account_makes_another_id()
    {
        var other = Statement(Entry).Replace("DE89370400440532013000", "AT611904300234573201",
            StringComparison.Ordinal);
        Assert.NotEqual(Read(Statement(Entry))[0].Id, Read(other)[0].Id);
    }

    [Fact]
    public void A_line_of_many_transfers_becomes_many_when_each_has_its_amount()
    {
        const string Many = """
            <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
            <BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>S1</AcctSvcrRef><NtryDtls>
            <TxDtls><Refs><TxId>T1</TxId></Refs><Amt Ccy="EUR">10.00</Amt>
            <RmtInf><Ustrd>2026-000001</Ustrd></RmtInf></TxDtls>
            <TxDtls><Refs><TxId>T2</TxId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls>
            <RmtInf><Ustrd>2026-000002</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """;
        var lines = Read(Statement(Many));
        Assert.Equal([1000L, 2000L], lines.Select(line => line.Amount));
        Assert.Equal(2, lines.Select(line => line.Id).Distinct().Count());
        // What does not add up is left as one line.
        var wrong = Many.Replace("20.00</Amt></TxAmt>", "19.00</Amt></TxAmt>", StringComparison.Ordinal);
        Assert.Equal(3000, Assert.Single(Read(Statement(wrong))).Amount);
    }

    [Fact]
    public void What_is_not_booked_yet_does_not_count() => Assert.Empty(Read(Statement(
        Entry.Replace("BOOK", "PDNG", StringComparison.Ordinal))));

    [Fact]
    public void Money_that_went_out_and_lines_that_are_taken_back_are_told_apart()
    {
        var debit = Entry.Replace("CRDT", "DBIT", StringComparison.Ordinal);
        Assert.False(Read(Statement(debit))[0].IsCredit);
        var back = Entry.Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal);
        Assert.True(Read(Statement(back))[0].IsReversal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'/>", "is not a bank statement")]
    [InlineData("<invoice/>", "is not a bank statement but <invoice> without a namespace")]
    public void Another_file_is_refused(string text, string message) => Refused(text, message);

    [Fact]
    public void A_damaged_file_is_refused_as_a_whole()
    {
        var whole = Statement(Entry);
        Refused(whole[..^40], "ends early");
        Refused(whole.Replace("397.30", "x", StringComparison.Ordinal), "amount");
        Refused(whole.Replace("397.30", "397.305", StringComparison.Ordinal), "decimals");
        Refused(whole.Replace("CRDT", "", StringComparison.Ordinal), "must be CRDT or DBIT");
        Refused(whole.Replace("Ccy=\"EUR\"", "Ccy=\"XQQ\"", StringComparison.Ordinal), "'XQQ'");
        Refused(whole.Replace("2026-11-12", "2026-13-12", StringComparison.Ordinal), "'2026-13-12'");
    }

    private static void Refused(string text, string message) => Assert.Contains(message,
        Assert.Throws<InvalidRequestException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<BankLine> Read(string text) =>
        BankFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Statement(string entries, string version = "02") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>
        <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
        {entries}
        </Stmt></BkToCstmrStmt></Document>
        """;
}
