using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Settle.Server;
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

    [Fact]
    public async Task However_much_is_wrong_the_answer_is_short_and_whole()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PutAsync("/v1/ledgers/bank", """{"asset":"EUR"}""");
        var file = Encoding.UTF8.GetBytes("<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" "
            + "xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\">"
            + new StringBuilder().Insert(0, "<cac:InvoiceLine/>", 20_000) + "</Invoice>");
        using var answer = await SendAsync(server, file, "application/xml");
        var length = answer.Content.Headers.ContentLength;
        Assert.True(length < 100_000, $"{length} bytes");
        var check = await RunningServer.BodyAsync(answer);
        Assert.Equal(Limits.ViolationsMax, check.GetProperty("violations").GetArrayLength());
        Assert.True(check.GetProperty("omitted").GetInt32() > 20_000);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_does_not_look_whole()
    {
        using var stop = new CancellationTokenSource();
        var context = new DefaultHttpContext
        {
            RequestAborted = stop.Token,
            RequestServices = new ServiceCollection()
                .AddLogging().BuildServiceProvider(),
        };
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Routes.Json(
            new Page<Hold>([], null)).ExecuteAsync(context));
        Assert.True(context.Response.ContentLength > 0);
    }

    [Fact]
    public void A_read_that_is_not_ready_in_time_has_decided_nothing()
    {
        var (read, write) = (ProblemMaker.TimedOut(With(ApiRole.Reader)), ProblemMaker.TimedOut(With(ApiRole.Teller)));
        Assert.Equal(("busy", "not_applied", 503), (read.Code, read.Outcome, read.Status));
        Assert.Equal(("outcome_unknown", "unknown"), (write.Code, write.Outcome));

        static Endpoint With(ApiRole role) => new(null, new EndpointMetadataCollection(role), null);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningServer server, byte[] file, string type)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return server.Http.PostAsync(new Uri("/v1/ledgers/bank/check", UriKind.Relative), content, Stop);
    }
}
