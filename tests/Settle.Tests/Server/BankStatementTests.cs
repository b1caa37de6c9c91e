using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Settle.Tests.Bank;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>Banks' files over HTTP.</summary>
public sealed class BankStatementTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_file_is_taken_and_a_line_is_posted_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 2000));
        var latin = Encoding.Latin1.GetBytes(BankSamples.Camt053(
            BankSamples.Line("11.90", "für 2026-000001", more: BankSamples.Reference("B-1")))
            .Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal));
        Assert.Equal((1, 0), await PostAsync(server, latin, "application/xml"));
        Assert.Equal((0, 1), await PostAsync(server, BankSamples.Zip(("a.xml", latin)), "application/zip"));
        var mt940 = $":20:S1\n:25:{BankSamples.Iban}\n:28C:12/1\n:60F:C261111EUR0,00\n"
            + ":61:2611121112C23,80NTRFNONREF//B4711-0815\n:86:2026-000002\n:62F:C261112EUR23,80\n";
        Assert.Equal((1, 0), await PostAsync(server, Encoding.ASCII.GetBytes(mt940), "application/octet-stream"));
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xml; charset=windows-1252", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xml", HttpStatusCode.BadRequest)]
    public async Task What_is_not_a_statement_is_refused(string type, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        using var answer = await SendAsync(server, "<html/>"u8.ToArray(), type);
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<(int Posted, int Known)> PostAsync(RunningServer server, byte[] file, string type)
    {
        using var answer = await SendAsync(server, file, type);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var report = await RunningServer.BodyAsync(answer);
        return (report.GetProperty("posted").GetInt32(), report.GetProperty("known").GetInt32());
    }

    private static Task<HttpResponseMessage> SendAsync(RunningServer server, byte[] file, string type)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return server.Http.PostAsync(new Uri("/v1/ledgers/bank/bank-statements", UriKind.Relative), content, Stop);
    }
}
