using System.Text;
using Settle.Accounting;
using Settle.Tests.Cli;
using Settle.Tests.Paper;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Accounting;

/// <summary>Invoices as CSV, for programs and for spreadsheets.</summary>
public sealed class InvoiceCsvTests
{
    [Fact]
    public void CSV_has_a_row_per_rate_and_credit_notes_below_zero() => Assert.Equal(
        "number,kind,date,due,customer,name,country,vat_id,asset,category,rate,net,tax,gross,rounding,"
        + "amount,corrects\n"
        + "2026-000123,invoice,2026-10-31,2026-11-14,c-42,Müller & Söhne KG,DE,DE136695976,EUR,S,19,289.00,"
        + "54.91,343.91,0.00,397.30,\n"
        + "2026-000123,invoice,2026-10-31,2026-11-14,c-42,Müller & Söhne KG,DE,DE136695976,EUR,S,7,49.90,"
        + "3.49,53.39,,,\n"
        + "C2026-000007,credit_note,2026-11-20,2026-11-20,c-42,Müller & Söhne KG,DE,DE136695976,EUR,S,19,-0.03,"
        + "-0.01,-0.04,0.01,-0.03,2026-000123\n", Written(null));

    [Fact]
    public void A_German_spreadsheet_gets_semicolons_commas_and_its_own_days() => Assert.Equal(
        "\uFEFFNummer;Art;Datum;Fällig am;Kunde;Name;Land;USt-IdNr.;Währung;Steuerkategorie;Steuersatz;Netto;USt.;"
        + "Brutto;Rundung;Betrag;Zu Rechnung\r\n"
        + "2026-000123;Rechnung;31.10.2026;14.11.2026;c-42;Müller & Söhne KG;DE;DE136695976;EUR;S;19;289,00;"
        + "54,91;343,91;0,00;397,30;\r\n"
        + "2026-000123;Rechnung;31.10.2026;14.11.2026;c-42;Müller & Söhne KG;DE;DE136695976;EUR;S;7;49,90;"
        + "3,49;53,39;;;\r\n"
        + "C2026-000007;Rechnungskorrektur;20.11.2026;20.11.2026;c-42;Müller & Söhne KG;DE;DE136695976;EUR;S;19;"
        + "-0,03;-0,01;-0,04;0,01;-0,03;2026-000123\r\n", Written("de"));

    [Fact]
    public void An_English_spreadsheet_gets_commas_and_points()
    {
        var lines = Written("en").Split("\r\n");
        Assert.StartsWith("\uFEFFNumber,Kind,Date,Due,Customer,", lines[0], StringComparison.Ordinal);
        Assert.Equal("2026-000123,Invoice,2026-10-31,2026-11-14,c-42,Müller & Söhne KG,DE,DE136695976,EUR,S,19,"
            + "289.00,54.91,343.91,0.00,397.30,", lines[1]);
    }

    [Fact]
    public async Task Command_line_HTTP_and_NET_give_the_same_file()
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 2500));
        var file = new MemoryStream();
        Assert.Equal(2, await LedgerExport.InvoicesAsync(ledger, file, new DateOnly(2026, 11, 1),
            new DateOnly(2026, 11, 30), "de"));
        var expected = Encoding.UTF8.GetString(file.ToArray());
        Assert.Equal(3, expected.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        var run = await CommandRun.DoneAsync($"{server.Http.BaseAddress}bank", "export", "--format", "invoices", "--language", "de",
            "--from", "2026-11-01", "--to", "2026-11");
        Assert.Equal(expected, run.Output);
        using var answer = await server.Http.GetAsync(
            "/v1/ledgers/bank/exports/invoices?language=de&from=2026-11-01&to=2026-11-30");
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(file.ToArray(), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(400, (int)(await server.Http.GetAsync("/v1/ledgers/bank/exports/invoices?language=fr")).StatusCode);
    }

    private static string Written(string? language)
    {
        using var output = new MemoryStream();
        using (var csv = new InvoiceCsv(output, CsvDialect.Of(language)))
        {
            csv.Write(Examples.All["mixed rates"]);
            csv.Write(Examples.All["credit note, gross that no net gives"]);
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
