using System.Text;
using Settle.Bank;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>MT940 and MT942 as banks write them.</summary>
public sealed class Mt940Tests
{
    private const string German = """
        :20:STARTUMS
        :25:37040044/0532013000
        :28C:00012/001
        :60F:C261111EUR1000,00
        :61:2611121112CR11,90N051NONREF//B4711-0815
        :86:166?00SEPA-UEBERWEISUNG?109310?20EREF+RE2026X?21KREF+NONREF?22SVWZ
        +Rechnung 2026-00?230001 vielen Dank?30BYLADEM1001?31DE0212030000000
        0202051?32Müller & Söhne Verwaltun?33gsgesellschaft mbH?34999
        :61:2611121112DR500,N005NONREF
        :86:105?00LASTSCHRIFT?20SVWZ+Miete
        :62F:C261112EUR511,90
        -
        """;

    [Fact]
    public void The_numbered_fields_of_German_banks_are_read()
    {
        var lines = Read(German);
        var line = lines[0];
        Assert.Equal(("37040044/0532013000", "B4711-0815", new DateOnly(2026, 11, 12), "EUR", 1190L, true),
            (line.Account, line.Reference, line.Date, line.Asset, line.Amount, line.IsCredit));
        Assert.Equal(("Müller & Söhne Verwaltungsgesellschaft mbH", "DE02120300000000202051", "RE2026X"),
            (line.Name, line.Iban, line.EndToEnd));
        Assert.Equal("Rechnung 2026-00 0001 vielen Dank RE2026X", line.Text);
        Assert.Equal((50000L, false, "Miete"), (lines[1].Amount, lines[1].IsCredit, lines[1].Text));
    }

    [Fact]
    public void A_purpose_that_fills_its_fields_goes_on_in_the_next_without_a_blank()
    {
        var text = Statement("2611121112C11,90NTRFNONREF",
            "166?00GUT?20SVWZ+Rechnung Nr. 2026-0000?2101 von heute?32Bob");
        Assert.Equal("Rechnung Nr. 2026-000001 von heute", Assert.Single(Read(text)).Text);
    }

    [Theory]
    [InlineData("C", true, false, false)]
    [InlineData("D", false, false, false)]
    [InlineData("RC", false, true, true)]
    [InlineData("RD", true, true, false)]
    [InlineData("RCR", false, true, true)]
    public void The_mark_says_which_way_and_what_is_reversed(
        string mark, bool isCredit, bool isReversal, bool isReturn)
    {
        var line = Assert.Single(Read(Statement($"2611121112{mark}11,90NTRFNONREF", "text")));
        Assert.Equal((isCredit, isReversal, isReturn), (line.IsCredit, line.IsReversal, line.IsReturn));
        Assert.Empty(Read(Statement("2611121112EC11,90NTRFNONREF", "expected")));
    }

    [Theory]
    [InlineData("2701021231", "2026-12-31")]
    [InlineData("2612310102", "2027-01-02")]
    [InlineData("261112", "2026-11-12")]
    [InlineData("2803010229", "2028-02-29")]
    public void The_day_of_booking_is_in_the_year_nearest_to_the_value_date(string dates, string day) =>
        Assert.Equal(day, Assert.Single(Read(Statement($"{dates}C1,00NTRFNONREF", "text"))).Date
            .ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J. de Vries/REMI/Factuur 2026-000001/EREF/E2E-77")]
    [InlineData("/EREF/E2E-77//CNTP/NL91ABNA0417164300/ABNANL2A/J. de Vries/Utrecht//REMI/USTD//Factuur 2026-000001/")]
    public void Words_between_slashes_are_read(string details)
    {
        var line = Assert.Single(Read(Statement("2611121112C11,90NTRFNONREF", details)));
        Assert.Equal(("J. de Vries", "NL91ABNA0417164300", "E2E-77"), (line.Name, line.Iban, line.EndToEnd));
        Assert.Contains("Factuur 2026-000001", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_free_text_is_taken_as_it_is() => Assert.Equal("Invoice 2026-000001 from Bob",
        Assert.Single(Read(Statement("2611121112C11,90NTRFNONREF", "Invoice 2026-000001\nfrom Bob"))).Text);

    [Fact]
    public void A_returned_debit_says_what_it_takes_back_and_what_the_bank_asks()
    {
        var line = Assert.Single(Read(Statement("2611121112D14,90NRTINONREF",
            "109?00RUECKLASTSCHRIFT?20EREF+E2E-000077?21OAMT+11,90?22COAM+3,00?23SVWZ+RUECKGABE?32Bob")));
        Assert.Equal((true, 1190L, "E2E-000077"), (line.IsReturn, line.Original, line.EndToEnd));
        var other = Assert.Single(Read(Statement(
            "2611121112RC14,90NRTINONREF//X123456\n/OCMT/EUR11,90//CHGS/EUR3,00/", "text")));
        Assert.Equal((true, 1190L), (other.IsReturn, other.Original));
    }

    [Fact]
    public void A_file_may_hold_many_statements_in_SWIFTs_envelope()
    {
        var first = "{1:F01BANKDEFFXXXX0000000000}{2:O9400000000000BANKDEFFXXXX00000000000000000000N}{4:\r\n"
            + Statement("2611121112C11,90NTRFNONREF", "a").Replace("\n", "\r\n", StringComparison.Ordinal) + "-}{5:}\r\n";
        var second = first.Replace(":28C:12/1", ":28C:13/1", StringComparison.Ordinal)
            .Replace("C261111EUR0,00", "C261111EUR11,90", StringComparison.Ordinal)
            .Replace("C261112EUR11,90", "C261112EUR23,80", StringComparison.Ordinal);
        Assert.Equal(2, Read(first + second).Select(line => line.Id).Distinct().Count());
        // The same statement twice is one, and on one row with its envelope it is the same.
        Assert.Single(Read(first + first));
        Assert.Equal(Read(first)[0].Id,
            Read(first.Replace("{4:\r\n", "{4:", StringComparison.Ordinal))[0].Id);
    }

    [Fact]
    public void Old_files_are_in_windows_1252_and_new_ones_in_UTF_8()
    {
        var old = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(German);
        Assert.Equal(Read(German)[0], BankSamples.Read(old)[0] with { Structured = Read(German)[0].Structured, TakenBack = Read(German)[0].TakenBack });
        var dos = Encoding.Latin1.GetBytes(German.Replace('ü', '\u0081'));
        Assert.Contains("neither UTF-8 nor windows-1252", Assert.Throws<InvalidRequestException>(
            () => BankSamples.Read(dos)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_the_day_has_a_floor_instead_of_balances()
    {
        var report = ":20:R1\n:25:DE89370400440532013000EUR\n:28C:1/1\n:34F:EUR0,\n:13D:2611121200+0100\n"
            + ":61:2611121112C11,90NTRFNONREF//B4711-0815\n:86:text\n:90D:0EUR0,\n-";
        var line = Assert.Single(Read(report));
        Assert.Equal((Iban, 1190L), (line.Account, line.Amount));
        Assert.Null(line.Doubt);
        Assert.NotNull(Assert.Single(Read(report.Replace("//B4711-0815", "", StringComparison.Ordinal))).Doubt);
    }

    [Theory]
    [InlineData(":62F:C261112EUR11,90", "", "ends early")]
    [InlineData(":60F:C261111EUR0,00\n", "", "no balance")]
    [InlineData(":25:DE89370400440532013000\n", "", "names no account")]
    [InlineData("C11,90NTRF", "X11,90NTRF", "not a line (field :61:)")]
    [InlineData("C11,90", "C11.90", "not a line (field :61:)")]
    [InlineData("C11,90", "C11,905", "decimals")]
    [InlineData("EUR0,00", "EUX0,00", "'EUX'")]
    [InlineData("2611121112", "2613121112", "'261312'")]
    [InlineData("2611121112", "2611121312", "'1312'")]
    public void A_damaged_file_is_refused_as_a_whole(string part, string with, string message)
    {
        var whole = Statement("2611121112C11,90NTRFNONREF", "text");
        Assert.Contains(part, whole, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<InvalidRequestException>(
            () => Read(whole.Replace(part, with, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<BankLine> Read(string text) => BankSamples.Read(text);

    private static string Statement(string line, string details) =>
        $":20:S1\n:25:{Iban}\n:28C:12/1\n:60F:C261111EUR0,00\n:61:{line}\n:86:{details}\n:62F:C261112EUR11,90\n";
}
