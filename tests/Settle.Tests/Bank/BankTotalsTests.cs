using System.Text;
using Settle.Bank;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>What does not add up in a bank's file is said, and what contradicts itself is refused.</summary>
public sealed class BankTotalsTests
{
    private const string Mt940 = """
        :20:STARTUMSE
        :25:DE89370400440532013000
        :28C:00007/001
        :60F:C261111EUR100,00
        :61:2611121112C11,90NTRFNONREF
        :86:166?00GUTSCHRIFT?20SVWZ+rent
        :62F:C261112EUR111,90
        -
        """;

    [Theory]
    [InlineData("C261112EUR111,90", null)]
    [InlineData("C261112EUR211,90", "statement 00007/001 of DE89370400440532013000 does not add up: it opens with 100.00 EUR "
        + "and closes with 211.90 EUR, and its lines lead to 111.90 EUR; lines may be missing")]
    [InlineData("D261112EUR111,90", "statement 00007/001 of DE89370400440532013000 does not add up: it opens with 100.00 EUR "
        + "and closes with -111.90 EUR, and its lines lead to 111.90 EUR; lines may be missing")]
    [InlineData("C261112USD111,90", "statement 00007/001 of DE89370400440532013000 does not add up: it opens in EUR and closes in USD; "
        + "lines may be missing")]
    public void Lines_of_MT940_lead_from_one_balance_to_the_other(string closing, string? warning) =>
        Assert.Equal(warning is null ? [] : [warning],
            Warnings(Mt940.Replace("C261112EUR111,90", closing, StringComparison.Ordinal)));

    [Fact]
    public void Each_statement_of_a_file_is_added_up()
    {
        var second = Mt940.Replace("00007", "00008", StringComparison.Ordinal).Replace("C11,90N", "C12,90N", StringComparison.Ordinal);
        Assert.StartsWith("statement 00008/001 ", Assert.Single(Warnings($"{Mt940}\n{second}")), StringComparison.Ordinal);
        var zip = Zip(("a.sta", Encoding.UTF8.GetBytes(Mt940)), ("b.sta", Encoding.UTF8.GetBytes(second)));
        Assert.StartsWith("in b.sta: statement 00008/001 ", Assert.Single(Warnings(zip)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "16.90", null)]
    [InlineData("0", "17.90", "statement S1 of DE89370400440532013000 does not add up: it opens with 0.00 EUR and closes with 17.90 EUR, "
        + "and its lines lead to 16.90 EUR; lines may be missing")]
    public void Lines_of_camt_lead_from_one_balance_to_the_other(string opening, string closing, string? warning) =>
        Assert.Equal(warning is null ? [] : [warning], Warnings(Camt053(
            Line("11.90", "a") + Line("10.00", "b") + Line("5.00", "c", mark: "DBIT"), "S1", Number(opening), Number(closing))));

    [Fact]
    public void Lines_are_in_the_currency_of_their_account()
    {
        var file = Camt053(Line("11.90", "a")).Replace("</IBAN></Id>", "</IBAN></Id><Ccy>USD</Ccy>", StringComparison.Ordinal);
        Assert.Contains("<Ccy>USD</Ccy>", file, StringComparison.Ordinal);
        Assert.Equal([$"statement S1 of {Iban} does not add up: its account is in USD, and it has lines in EUR; lines may be missing"],
            Warnings(file));
        Assert.Empty(Warnings(file.Replace("<Ccy>USD", "<Ccy>EUR", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<TtlNtries><NbOfNtries>3</NbOfNtries><Sum>26.90</Sum></TtlNtries>", null)]
    [InlineData("<TtlNtries><NbOfNtries>3</NbOfNtries><Sum>16.90</Sum></TtlNtries>", null)]
    [InlineData("<TtlNtries><NbOfNtries>4</NbOfNtries><Sum>126.90</Sum></TtlNtries>", null)]
    [InlineData("<TtlNtries><NbOfNtries>5</NbOfNtries></TtlNtries>", "it says that it has 5 lines, and has 3")]
    [InlineData("<TtlNtries><Sum>36.90</Sum></TtlNtries>", "it says that its lines come to 36.90, and they come to 26.90")]
    [InlineData("<TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>21.90</Sum></TtlCdtNtries>", null)]
    [InlineData("<TtlCdtNtries><NbOfNtries>7</NbOfNtries></TtlCdtNtries>", "it says that it has 7 credits, and has 2")]
    [InlineData("<TtlDbtNtries><NbOfNtries>1</NbOfNtries><Sum>6.00</Sum></TtlDbtNtries>", "it says that its debits come to 6.00, and they come to 5.00")]
    public void What_a_summary_counts_is_there(string summary, string? fault)
    {
        var pending = Line("100.00", "d").Replace("BOOK", "PDNG", StringComparison.Ordinal);
        var file = Camt053($"<TxsSummry>{summary}</TxsSummry>" + Line("11.90", "a") + Line("10.00", "b")
            + Line("5.00", "c", mark: "DBIT") + pending);
        Assert.Equal(fault is null ? [] : [$"statement S1 of {Iban} does not add up: {fault}; lines may be missing"], Warnings(file));
        // A part of a statement has the summary of all parts.
        var part = file.Replace("<Id>S1</Id>", "<Id>S1</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>",
            StringComparison.Ordinal);
        Assert.Empty(Warnings(part));
    }

    [Fact]
    public async Task A_file_that_does_not_add_up_is_posted_with_a_warning()
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.InvoiceAsync(ledger, [("dave", 1000L)]);
        var text = Mt940.Replace("SVWZ+rent", "SVWZ+2026-000001", StringComparison.Ordinal)
            .Replace("C261112EUR111,90", "C261112EUR211,90", StringComparison.Ordinal);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var report = await BankStatements.ImportAsync(ledger, file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, report.Posted);
        Assert.Contains("does not add up", Assert.Single(report.Warnings!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_warns()
    {
        using var folder = new TemporaryDirectory();
        var bank = folder.File("bank.db");
        await CommandRun.DoneAsync(bank, "init", "--asset", "EUR");
        var file = folder.File("a.sta");
        await File.WriteAllTextAsync(file, Mt940.Replace("C261112EUR111,90", "C261112EUR211,90", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var run = await CommandRun.OnAsync(bank, "bank", file);
        Assert.Equal(0, run.Status);
        Assert.StartsWith("warning: statement 00007/001 of ", run.Error, StringComparison.Ordinal);
        Assert.Single((await CommandRun.DoneAsync(bank, "bank", file, "--json")).Json.GetProperty("warnings").EnumerateArray());
    }

    [Theory]
    [InlineData("<Sts>BOOK</Sts>", "<Sts>BOOK</Sts><Sts>PDNG</Sts>", "line 1 of the statement of DE89370400440532013000: has Sts more than once")]
    [InlineData("<TxDtls>", "<TxDtls><Amt Ccy=\"EUR\">11.90</Amt><Amt Ccy=\"EUR\">11.90</Amt>", "line 1 of the statement of DE89370400440532013000: has Amt more than once")]
    [InlineData("<TxDtls>", "<TxDtls><CdtDbtInd>CRDT</CdtDbtInd><CdtDbtInd>DBIT</CdtDbtInd>", "has CdtDbtInd more than once")]
    [InlineData("<TxDtls>", "<TxDtls><Refs><EndToEndId>a</EndToEndId><EndToEndId>b</EndToEndId></Refs>", "has Refs/EndToEndId more than once")]
    [InlineData("<TxDtls>", "<TxDtls><RltdPties><DbtrAcct><Id><IBAN>a</IBAN><IBAN>b</IBAN></Id></DbtrAcct></RltdPties>", "has RltdPties/DbtrAcct/Id/IBAN more than once")]
    [InlineData("<IBAN>DE89370400440532013000</IBAN>", "<IBAN>DE89370400440532013000</IBAN><IBAN>DE02120300000000202051</IBAN>",
        "a statement names its account more than once: DE89370400440532013000, DE02120300000000202051")]
    [InlineData("<TxDtls>", "<TxDtls><Amt Ccy=\"EUR\">12.90</Amt>", "is of 11.90 EUR, but its transfer (TxDtls) is of 12.90 EUR")]
    [InlineData("<TxDtls>", "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">12.90</Amt></TxAmt></AmtDtls>",
        "is of 11.90 EUR, but its transfer (TxDtls) is of 12.90 EUR")]
    [InlineData("<TxDtls>", "<TxDtls><CdtDbtInd>DBIT</CdtDbtInd>", "is CRDT, but its transfer (TxDtls) is DBIT")]
    [InlineData(">11.90<", ">11.900<", "'11.900' has three decimals, and EUR has 2; it can be meant as thousands")]
    public void What_can_be_read_in_two_ways_is_refused(string part, string with, string fault) => Assert.Contains(
        fault, Refusal(Camt053(Line("11.90", "a")).Replace(part, with, StringComparison.Ordinal)), StringComparison.Ordinal);

    // What a bank asks for is in the line's amount, and zeros may stand behind the decimals.
    [Theory]
    [InlineData("<TxDtls>", "<TxDtls><Amt Ccy=\"EUR\">12.90</Amt><Chrgs><Rcrd><Amt Ccy=\"EUR\">1.00</Amt></Rcrd></Chrgs>")]
    [InlineData("<TxDtls>", "<TxDtls><Amt Ccy=\"USD\">13.90</Amt>")]
    [InlineData("<TxDtls>", "<TxDtls><Amt Ccy=\"EUR\">11.90</Amt><AmtDtls><TxAmt><Amt Ccy=\"EUR\">12.90</Amt></TxAmt></AmtDtls>")]
    [InlineData("<TxDtls>", "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">12.90</Amt></TxAmt></AmtDtls><Chrgs><Amt Ccy=\"EUR\">1.00</Amt></Chrgs>")]
    [InlineData(">11.90<", ">11.90000<")]
    [InlineData(">11.90<", ">11.9<")]
    public void What_can_be_read_in_one_way_only_is_read(string part, string with) =>
        Assert.Equal(1190, Assert.Single(Read(Camt053(Line("11.90", "a")).Replace(part, with, StringComparison.Ordinal))).Amount);

    [Theory]
    [InlineData(":60F:C261111EUR100,00\n", ":60F:C261111EUR100,00\n:60F:C261111EUR200,00\n", "field :60F: more than once")]
    [InlineData(":25:DE89370400440532013000\n", ":25:DE89370400440532013000\n:25:DE02120300000000202051\n", "field :25: more than once")]
    [InlineData("C11,90N", "C11,900N", "'11,900' has three decimals")]
    public void So_is_MT940(string part, string with, string fault) => Assert.Contains(
        fault, Refusal(Mt940.Replace("\r", "", StringComparison.Ordinal).Replace(part, with, StringComparison.Ordinal)), StringComparison.Ordinal);

    private static string Refusal(string text) => Assert.Throws<InvalidRequestException>(() => Read(text)).Message;

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Warnings(string text) => Warnings(Encoding.UTF8.GetBytes(text));

    private static List<string> Warnings(byte[] bytes)
    {
        var warnings = new List<string>();
        BankFile.Read(new MemoryStream(bytes), warnings.Add);
        return warnings;
    }
}
