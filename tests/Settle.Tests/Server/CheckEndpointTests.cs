using System.Net;
using System.Net.Http.Headers;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The checker of invoices over HTTP.</summary>
public sealed class CheckEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invoice_is_checked_in_each_form_and_nothing_is_recorded()
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        var before = (await ledger.GetInfoAsync(Stop)).Height;
        var bill = new Bill().Line("Desk", 2, 50m).Make();
        foreach (var (type, file) in new[]
        {
            ("application/xml", InvoicePaper.Ubl(bill)), ("application/pdf", InvoicePaper.Pdf(bill)),
            ("application/octet-stream", InvoicePaper.Cii(bill)),
        })
        {
            using var answer = await SendAsync(server, file, type);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var check = await RunningServer.BodyAsync(answer);
            Assert.True(check.GetProperty("valid").GetBoolean());
            Assert.Equal("119.00", check.GetProperty("totals").GetProperty("gross").GetString());
        }
        using var refused = await SendAsync(server, "<html/>"u8.ToArray(), "application/xml");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(before, (await ledger.GetInfoAsync(Stop)).Height);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningServer server, byte[] file, string type)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return server.Http.PostAsync(new Uri("/v1/ledgers/bank/check", UriKind.Relative), content, Stop);
    }
}
