using System.Globalization;
using System.Text;
using Settle.Accounting;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Accounting;

/// <summary>A posting batch as DATEV reads it.</summary>
public sealed class DatevTests
{
    private static readonly DatevOptions Options = new()
    {
        Consultant = 29098,
        Client = 55003,
        YearStart = new DateOnly(2026, 1, 1),
        From = new DateOnly(2026, 10, 1),
        To = new DateOnly(2026, 11, 30),
        Created = new DateTime(2026, 12, 1, 8, 30, 5, 7, DateTimeKind.Utc),
    };

    [Fact]
    public void The_first_line_says_what_the_file_is() => Assert.Equal(
        "\"EXTF\";700;21;\"Buchungsstapel\";13;20261201083005007;;\"RE\";\"\";\"\";29098;55003;20260101;"
        + "4;20261001;20261130;\"Rechnungsausgang\";\"\";1;0;0;\"EUR\";;\"\";;;\"03\";;;\"\";\"\"",
        Lines()[0]);

    [Fact]
    public void Every_line_has_125_fields()
    {
        var lines = Lines("plain", "mixed rates");
        Assert.Equal(5, lines.Length);
        Assert.All(lines[1..], line => Assert.Equal(125, line.Split(';').Length));
        Assert.Equal("Abw. Skontokonto", lines[1].Split(';')[^1]);
    }

    [Fact]
    public void An_invoice_is_a_posting_per_rate_from_its_debtor()
    {
        var rows = Lines("mixed rates")[2..].Select(row => row.Split(';')).ToList();
        Assert.Equal(["343,91", "53,39"], rows.Select(row => row[0]));
        Assert.Equal(["8400", "8300"], rows.Select(row => row[7]));
        Assert.All(rows, row => Assert.Equal(
            ("\"S\"", "\"EUR\"", "10000", "3110", "\"2026-000123\"", "\"Müller & Söhne KG\"", "14112026"),
            (row[1], row[2], row[6], row[9], row[10], row[13], row[116])));
    }

    [Fact]
    public void A_rate_of_several_cost_centres_is_a_posting_for_each_and_they_add_up()
    {
        var invoice = Examples.All["mixed rates"];
        string?[] centres = ["4711", "Küche", null];
        var rows = Written(Options, invoice with
        {
            Lines = [.. invoice.Lines.Select((line, at) =>
                line with { CostCentre = centres[at % centres.Length] })],
        })[2..].Select(row => row.Split(';')).ToList();
        Assert.Equal(["\"4711\"", "\"Küche\"", "\"\""], rows.Select(row => row[36]).Distinct());
        Assert.True(rows.Count > 2);
        Assert.Equal([("8400", 343.91m), ("8300", 53.39m)], rows
            .GroupBy(row => row[7], row => decimal.Parse(row[0].Replace(',', '.'), CultureInfo.InvariantCulture))
            .Select(amounts => (amounts.Key, amounts.Sum())));
    }

    [Fact]
    public void A_credit_note_is_the_opposite_posting()
    {
        var row = Lines("credit note, plain")[2].Split(';');
        Assert.Equal(("332,01", "\"H\"", "8400"), (row[0], row[1], row[7]));
    }

    [Fact]
    public void What_was_rounded_has_its_own_posting()
    {
        var rows = Lines("gross that no net gives")[2..].Select(row => row.Split(';')).ToList();
        Assert.Equal([("0,04", "\"S\"", "8400"), ("0,01", "\"H\"", "2709")],
            rows.Select(row => (row[0], row[1], row[7])));
    }

    [Fact]
    public void Reverse_charge_abroad_names_the_VAT_id_and_has_its_own_account()
    {
        var row = Lines("reverse charge")[2].Split(';');
        Assert.Equal(("8336", "\"ATU12345678\""), (row[7], row[39]));
        Assert.Equal("8125", Lines("intra-community")[2].Split(';')[7]);
    }

    [Fact]
    public void Charts_debtors_and_accounts_may_be_others()
    {
        var options = Options with
        {
            Chart = "04",
            Debtors = new Dictionary<string, int> { ["c-42"] = 10042 },
            Accounts = new Dictionary<string, int> { ["S7"] = 4301 },
        };
        var rows = Lines(options, "mixed rates")[2..].Select(row => row.Split(';')).ToList();
        Assert.Equal([("10042", "4400"), ("10042", "4301")], rows.Select(row => (row[6], row[7])));
    }

    [Fact]
    public void A_rate_without_an_account_and_another_currency_are_refused()
    {
        var rate = Assert.Throws<InvalidRequestException>(() => Lines("torture of 0.335"));
        Assert.Contains("S8.1", rate.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRequestException>(() => Lines("dollars"));
        Assert.Throws<InvalidRequestException>(() =>
            Lines(Options with { To = new DateOnly(2027, 1, 31) }));
    }

    [Fact]
    public void What_lies_outside_the_batch_is_left_out() =>
        Assert.Equal(2, Lines(Options with { To = new DateOnly(2026, 10, 30) }, "plain").Length);

    [Fact]
    public void Quotes_are_doubled_and_strange_letters_replaced()
    {
        var row = Lines("strange letters")[2];
        Assert.Contains("\"?ód? & <???????> \"\"???\"\" ? ¿?\"", row, StringComparison.Ordinal);
    }

    [Fact]
    public void CSV_has_a_row_per_rate_and_credit_notes_below_zero()
    {
        using var output = new MemoryStream();
        using (var csv = new InvoiceCsv(output))
        {
            csv.Write(Examples.All["mixed rates"]);
            csv.Write(Examples.All["credit note, gross that no net gives"]);
        }
        Assert.Equal("number,kind,date,due,customer,name,country,vat_id,asset,category,rate,net,tax,gross,rounding,"
            + "amount,corrects\n"
            + "2026-000123,invoice,2026-10-31,2026-11-14,c-42,Müller & Söhne KG,DE,DE987654321,EUR,S,19,289.00,"
            + "54.91,343.91,0.00,397.30,\n"
            + "2026-000123,invoice,2026-10-31,2026-11-14,c-42,Müller & Söhne KG,DE,DE987654321,EUR,S,7,49.90,"
            + "3.49,53.39,,,\n"
            + "C2026-000007,credit_note,2026-11-20,2026-11-20,c-42,Müller & Söhne KG,DE,DE987654321,EUR,S,19,-0.03,"
            + "-0.01,-0.04,0.01,-0.03,2026-000123\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    private static string[] Lines(params string[] names) => Lines(Options, names);

    private static string[] Lines(DatevOptions options, params string[] names) =>
        Written(options, [.. names.Select(name => Examples.All[name])]);

    private static string[] Written(DatevOptions options, params Invoice[] invoices)
    {
        using var output = new MemoryStream();
        using (var writer = new DatevWriter(output, options))
            foreach (var invoice in invoices) writer.Write(invoice);
        var text = Encoding.Latin1.GetString(output.ToArray());
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text.Split("\r\n")[..^1];
    }
}
