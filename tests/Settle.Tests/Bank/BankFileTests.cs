using System.Text;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>The kinds of file that banks give, and what is in them.</summary>
public sealed class BankFileTests
{
    private static readonly string Umlauts =
        Line("11.90", "Gebühr für Müller, 2026-000001", details: "<RltdPties><Dbtr><Pty><Nm>Jürgen Groß</Nm></Pty></Dbtr></RltdPties>");

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("ISO-8859-1")]
    [InlineData("iso-8859-15")]
    [InlineData("windows-1250")]
    [InlineData("UTF-16")]
    public void A_file_is_read_in_the_encoding_that_it_declares(string encoding)
    {
        var line = Assert.Single(Read(In(encoding)));
        Assert.Equal(("Jürgen Groß", "Gebühr für Müller, 2026-000001"), (line.Name, line.Text));
    }

    [Fact]
    public void A_file_that_is_not_in_the_encoding_that_it_declares_is_refused()
    {
        var utf8 = Camt053(Umlauts);
        Refused(Encoding.UTF8.GetBytes(Declared("windows-1252")), "should be windows-1252", "it is UTF-8");
        Refused(Encoding.UTF8.GetBytes(Declared("ISO-8859-1")), "should be ISO-8859-1", "it is UTF-8");
        Refused(Encoding.Latin1.GetBytes(utf8), "should be UTF-8", "0xFC");
        Refused(Encoding.Latin1.GetBytes(Declared("us-ascii")), "should be us-ascii", "0xFC");
        // The euro of windows-1252 is nothing in ISO-8859-1.
        var euro = Encoding.Latin1.GetBytes(Declared("ISO-8859-1").Replace('ü', '\u0080'));
        Refused(euro, "should be ISO-8859-1", "0x80");
        Refused([0xEF, 0xBB, 0xBF, .. Encoding.Latin1.GetBytes(Declared("ISO-8859-1"))], "mark of UTF-8");
        Refused(Encoding.ASCII.GetBytes(Declared("EBCDIC-CP-DE")), "'EBCDIC-CP-DE'", "not known");
        Refused(Encoding.ASCII.GetBytes(Declared("iso-8859-99")), "'iso-8859-99'", "not known");
    }

    [Theory]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:camt.053.001.13")]
    [InlineData("ISO:camt.053.001.02:APC:STUZZA:payments:003")]
    [InlineData("http://www.six-interbank-clearing.com/de/camt.053.001.04.ch.01.xsd")]
    [InlineData("")]
    public void A_statement_is_known_by_what_is_in_it_and_not_by_its_namespace(string name) =>
        Assert.Equal(1190, Assert.Single(Read(Camt053(Umlauts).Replace(
            "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", name, StringComparison.Ordinal))).Amount);

    [Theory]
    [InlineData("<BizMsg xmlns='urn:asx:xsd:xasx.802.001.01'><AppHdr xmlns='urn:iso:std:iso:20022:tech:xsd:head.001.001.02'><MsgDefIdr>camt.053.001.08</MsgDefIdr></AppHdr>{0}</BizMsg>")]
    [InlineData("<DataPDU xmlns='urn:swift:saa:xsd:saa.2.0'><Header/><Body><AppHdr xmlns='urn:iso:std:iso:20022:tech:xsd:head.001.001.01'/>{0}</Body></DataPDU>")]
    [InlineData("<RequestPayload><AppHdr/>{0}{0}</RequestPayload>")]
    public void An_envelope_of_SWIFT_is_opened(string envelope)
    {
        var document = Camt053(Umlauts);
        document = document[document.IndexOf("<Document", StringComparison.Ordinal)..];
        var lines = Read(string.Format(null, envelope, document));
        // What is in it twice counts once.
        Assert.Equal("2026-000001", Assert.Single(lines).Text[^11..]);
    }

    [Fact]
    public void Reports_and_notifications_are_read_like_statements()
    {
        var line = Line("11.90", "2026-000001", more: Reference("A1"));
        var pending = line.Replace("BOOK", "PDNG", StringComparison.Ordinal);
        var statement = Assert.Single(Read(Camt053(line)));
        Assert.Equal(statement.Id, Assert.Single(Read(Camt052(line + pending))).Id);
        Assert.Equal(statement.Id, Assert.Single(Read(Camt054(line))).Id);
        Assert.All([statement, .. Read(Camt052(line)), .. Read(Camt054(line))], each => Assert.Null(each.Doubt));
    }

    [Fact]
    public void Without_reference_and_balance_a_report_or_notification_is_left_to_the_statement()
    {
        var line = Line("11.90", "2026-000001");
        Assert.Null(Assert.Single(Read(Camt053(line))).Doubt);
        Assert.NotNull(Assert.Single(Read(Camt052(line))).Doubt);
        Assert.NotNull(Assert.Single(Read(Camt054(line))).Doubt);
        var report = Assert.Single(Read(Camt052(line, opening: 5)));
        Assert.Null(report.Doubt);
        Assert.Equal(Assert.Single(Read(Camt053(line, opening: 5, closing: 16.90m))).Id, report.Id);
    }

    [Fact]
    public void An_archive_has_the_lines_of_all_its_files_each_once()
    {
        var first = Encoding.UTF8.GetBytes(Camt053(Line("1.00", "a") + Line("2.00", "b", more: Reference("B2")), "S1"));
        var second = In("windows-1252", Line("2.00", "b", more: Reference("B2")) + Line("3.00", "c", more: Reference("C3")));
        var lines = Read(Zip(("2026/1.xml", first), ("2026/", []), ("__MACOSX/._1.xml", [1]), ("2.XML", second),
            ("copy of 1.xml", first)));
        Assert.Equal([100, 200, 300], lines.Select(line => line.Amount));
    }

    [Fact]
    public void An_archive_that_holds_anything_else_is_refused_by_the_name_of_the_file()
    {
        var good = Encoding.UTF8.GetBytes(Camt053(Line("1.00", "a")));
        Refused(Zip(("a.xml", good), ("b.csv", "Date;Amount"u8.ToArray())), "in b.csv: ");
        Refused(Zip(("a.xml", good[..^30])), "in a.xml: ", "ends early");
        Refused(Zip(("a.zip", Zip(("b.xml", good)))), "in a.zip: ", "archive in an archive");
        Refused(Zip(), "no file");
        var archive = Zip(("a.xml", good));
        Refused(archive[..^10], "is damaged");
        Refused(archive[..40], "is damaged");
        archive[60] ^= 0x55;
        Refused(archive, "is damaged");
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        Refused(Zip(("bomb.xml", new byte[65 * 1024 * 1024])), "more than 67108864 bytes");
        var half = new byte[33 * 1024 * 1024];
        half.AsSpan().Fill((byte)' ');
        Refused(Zip(("a.xml", half), ("b.xml", half)), "bytes when it is unpacked");
        Refused(Zip([.. Enumerable.Range(0, 1001).Select(i => ($"{i}.xml", Array.Empty<byte>()))]), "more than 1000 files");
    }

    [Theory]
    [InlineData("<RmtInf><Strd><RfrdDocInf><Nb>2026-000007</Nb></RfrdDocInf></Strd></RmtInf>")]
    [InlineData("<RmtInf><Strd><AddtlRmtInf>RE 2026-000007</AddtlRmtInf></Strd></RmtInf>")]
    [InlineData("<AddtlTxInf>Zahlung 2026-000007</AddtlTxInf>")]
    [InlineData("<RmtInf><Strd><CdtrRefInf><Ref>2026000007</Ref></CdtrRefInf></Strd></RmtInf>")]
    public void A_number_counts_wherever_the_bank_puts_it(string details)
    {
        var line = Assert.Single(Read(Camt053(Line("11.90", "thanks", details: details))));
        Assert.Contains("2026", line.Text + line.More, StringComparison.Ordinal);
        var plain = Line("11.90", "thanks").Replace("</NtryDtls>", "</NtryDtls><AddtlNtryInf>2026-000007</AddtlNtryInf>", StringComparison.Ordinal);
        Assert.Equal("2026-000007", Assert.Single(Read(Camt053(plain))).More);
    }

    [Fact]
    public void Other_files_are_refused_by_what_they_are()
    {
        Refused([0x1F, 0x8B, 8, 0], "gzip");
        Refused("%PDF-1.7"u8.ToArray(), "PDF");
        Refused("Buchungstag;Betrag"u8.ToArray(), "not XML", "MT940");
        Refused([], "is empty");
    }

    [Theory]
    [InlineData("-1309.00", "line 2 of the statement of DE89370400440532013000: must be zero or more")]
    [InlineData("1.00</Amt><Amt>", "")]
    public void A_fault_says_which_line_it_is_in(string amount, string fault)
    {
        var text = Camt053(Line("1.00", "a") + Line(amount, "b"), "S1");
        if (fault.Length == 0)
        {
            text = text.Replace(amount, "1.00", StringComparison.Ordinal)
                .Replace("<Dt>2026-11-12</Dt>", "", StringComparison.Ordinal);
            fault = "line 1 of the statement of DE89370400440532013000: has no day";
        }
        Assert.Contains(fault, Assert.Throws<InvalidRequestException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_type_is_refused_in_the_words_of_the_file()
    {
        var text = Camt053(Line("1.00", "a"), "S1").Replace("<Document", "<!DOCTYPE a [<!ENTITY b \"c\">]><Document", StringComparison.Ordinal);
        var message = Assert.Throws<InvalidRequestException>(() => Read(text)).Message;
        Assert.Contains("<!DOCTYPE", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Dtd", message, StringComparison.Ordinal);
    }

    private static void Refused(byte[] bytes, params string[] words)
    {
        var error = Assert.Throws<InvalidRequestException>(() => Read(bytes));
        Assert.Equal("file", error.Field);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    private static string Declared(string encoding) =>
        Camt053(Umlauts).Replace("UTF-8", encoding, StringComparison.Ordinal);

    private static byte[] In(string encoding, string? lines = null)
    {
        var text = Camt053(lines ?? Umlauts).Replace("UTF-8", encoding, StringComparison.Ordinal);
        if (encoding == "UTF-16") return [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)];
        return (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(text);
    }
}
