using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The header Idempotency-Key: the id, where the body has none.</summary>
public sealed class IdempotencyKeyTests(BillingServerFixture fixture) : IClassFixture<BillingServerFixture>
{
    private const string Field = "Idempotency-Key";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every address that takes an id, with a body that has none.</summary>
    private static Dictionary<string, string> Requests => new()
    {
        ["POST /transfers"] = """{"from":"@world","to":"till","amount":5}""",
        ["POST /transactions"] = """{"postings":[{"from":"@world","to":"till","amount":9}]}""",
        ["POST /holds"] = """{"from":"till","to":"safe","amount":3}""",
        ["POST /holds/{id}/capture"] = "{}",
        ["POST /holds/{id}/void"] = "",
        ["POST /transfers/{id}/revert"] = "",
        ["PUT /accounts/{account}"] = """{"overdraft":100}""",
        ["PUT /seller"] = """
            {"party":{"name":"W","country":"DE","street":"S 1","city":"B","postal_code":"1",
            "vat_id":"DE123456788","iban":"DE02120300000000202051","creditor_id":"DE98ZZZ09999999999","email":"a@b.c","phone":"1",
            "contact":"c"},"tax_rates":["19"],"default_tax":"19"}
            """,
        ["POST /customers"] = """{"customer":"ik","party":{"name":"D","country":"DE","street":"S 1","city":"B","postal_code":"1"}}""",
        ["PUT /customers/{customer}"] = """
            {"party":{"name":"D","country":"DE","street":"S 1","city":"B","postal_code":"1",
            "iban":"DE89370400440532013000","mandate":"M-1","mandate_date":"2026-01-02"}}
            """,
        ["POST /charges"] = """{"customer":"ik","amount":1000,"date":"2026-10-12","description":"room"}""",
        ["DELETE /charges/{id}"] = "",
        ["POST /subscriptions"] = """{"subscription":"ik","customer":"ik","amount":100,"description":"Desk","start":"2026-10-01"}""",
        ["POST /subscriptions/{id}/reprice"] = """{"amount":200,"from":"2026-10-16"}""",
        ["POST /subscriptions/{id}/end"] = """{"end":"2026-12-31"}""",
        ["POST /invoice-runs"] = """{"through":"2026-10-31","date":"2026-11-01"}""",
        ["POST /credit-notes"] = """{"invoice":"{number}","amount":100,"reason":"sorry"}""",
        ["POST /opening-invoices"] = """{"number":"RE-1","customer":"ik","date":"2026-08-31","due":"2026-09-14","amount":100}""",
        ["POST /payments"] = """{"customer":"ik","amount":100}""",
        ["POST /refunds"] = """{"customer":"ik","amount":10,"payment":"ik-POST /payments"}""",
        ["POST /chargebacks"] = """{"payment":"ik-POST /payments","amount":10}""",
        ["POST /sites"] = """{"name":"ik"}""",
        ["POST /sites/{site}/suspend"] = "",
        ["POST /sites/{site}/end"] = "",
        ["POST /sites/{site}/retire"] = "",
        ["POST /debit-runs"] = """{"through":"{day}","date":"{day}"}""",
        ["POST /sepa-orders/{id}/cancel"] = "{}",
        ["POST /payout-runs"] = """{"refunds":["ik-POST /refunds"]}""",
        ["POST /reminder-runs"] = """{"date":"2026-12-10"}""",
        ["POST /reminder-holds"] = """{"invoice":"{number}"}""",
        ["POST /quotes"] = """{"customer":"ik","date":"2026-10-12","lines":[{"amount":100,"description":"room"}]}""",
        ["POST /quotes/{number}/accept"] = "{}",
        ["POST /quotes/{number}/decline"] = "{}",
    };

    [Fact]
    public async Task The_header_is_the_id_at_every_address_that_takes_one()
    {
        var server = fixture.Server;
        var document = await server.GetAsync("/openapi/v1.json");
        var documented = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value
            .EnumerateObject().Where(operation => operation.Value.TryGetProperty("parameters", out var all)
                && all.EnumerateArray().Any(each => each.GetProperty("name").GetString() == Field))
            .Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name["/v1/ledgers/{ledger}".Length..]}"));
        Assert.Equal(Requests.Keys.Order(), documented.Order());

        var number = "";
        var day = $"{Settle.Billing.TargetDays.After(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30)):yyyy-MM-dd}";
        foreach (var (operation, body) in Requests)
        {
            var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
            if (path == "/holds/{id}/capture") await DecideAsync("POST /holds", "capture-me");
            if (path == "/holds/{id}/void") await DecideAsync("POST /holds", "void-me");
            if (path == "/transfers/{id}/revert") await DecideAsync("POST /transfers", "revert-me");
            if (path == "/charges/{id}") await DecideAsync("POST /charges", "withdraw-me");
            if (path == "/credit-notes")
                number = (await server.GetAsync("/v1/ledgers/bank/invoices?customer=ik")).GetProperty("items")[0]
                    .GetProperty("number").GetString()!;
            var address = path.Replace("/holds/{id}/capture", "/holds/capture-me/capture")
                .Replace("/holds/{id}/void", "/holds/void-me/void")
                .Replace("/transfers/{id}/revert", "/transfers/revert-me/revert")
                .Replace("/charges/{id}", "/charges/withdraw-me")
                .Replace("/sepa-orders/{id}", $"/sepa-orders/{Uri.EscapeDataString($"ik-POST /debit-runs:{day}")}")
                .Replace("/quotes/{number}", "/quotes/Q2026-000001").Replace("/subscriptions/{id}", "/subscriptions/ik").Replace("{customer}", "ik")
                .Replace("{account}", "ik").Replace("{site}/retire", "main/retire")
                .Replace("{site}", "ik");
            var sent = body.Replace("{number}", number).Replace("{day}", day);
            var id = $"ik-{operation}";
            using var first = await SendAsync(method, address, sent, $"\"{id}\"");
            // A refusal is recorded under the id, too.
            var decided = first.IsSuccessStatusCode ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity;
            Assert.True(first.IsSuccessStatusCode || first.StatusCode == decided, $"{operation}: {await first.Content.ReadAsStringAsync(Stop)}");
            if (path is not ("/invoice-runs" or "/debit-runs" or "/payout-runs" or "/reminder-runs"))
            {
                var entry = await server.Http.GetAsync($"/v1/ledgers/bank/entries/{Uri.EscapeDataString(id)}", Stop);
                Assert.True(entry.StatusCode == HttpStatusCode.OK, operation);
            }
            using var again = await SendAsync(method, address, sent, id);
            Assert.True(again.StatusCode == decided, $"{operation}: {again.StatusCode}");
            using var both = await SendWithIdAsync(id, $"\"{id}\"");
            Assert.True(both.StatusCode == decided, $"{operation}: {both.StatusCode}");
            using var other = await SendWithIdAsync("other", id);
            await AssertRefusedAsync(other);

            Task<HttpResponseMessage> SendWithIdAsync(string own, string header) => method == "DELETE"
                ? SendAsync(method, $"{address}?id={Uri.EscapeDataString(own)}", sent, header)
                : SendAsync(method, address, WithId(sent, own), header);
        }
        // A request that is repeated moves nothing again.
        Assert.Equal(5 + 9 + 5 - 5 - 3, await BalanceAsync("till"));
    }

    [Fact]
    public async Task An_allowance_has_no_id_and_refuses_the_header()
    {
        using var response = await SendAsync("POST", "/sites/main/allowances",
            """{"account":"till","amount":5}""", "k-1");
        var problem = await RunningServer.BodyAsync(response);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Field, problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task An_erasure_has_no_id_and_refuses_the_header()
    {
        using var put = await SendAsync("POST", "/customers",
            """{"customer":"gone","party":{"name":"D","country":"DE"}}""", "put-gone");
        using var response = await SendAsync("DELETE", "/customers/gone", "", "k-1");
        await AssertRefusedAsync(response);
        var customer = await fixture.Server.GetAsync("/v1/ledgers/bank/customers/gone");
        Assert.Equal("D", customer.GetProperty("party").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("a\"b")]
    [InlineData("\"a\\b\"")]
    [InlineData("\"a\\")]
    [InlineData("\"\"")]
    [InlineData("")]
    [InlineData("a, b")]
    [InlineData("\"a\", \"b\"")]
    [InlineData("\" a\"")]
    public async Task A_malformed_header_is_refused_by_name(string header)
    {
        using var response = await SendAsync("POST", "/transfers", Requests["POST /transfers"], header);
        await AssertRefusedAsync(response);
    }

    [Fact]
    public async Task A_header_too_long_for_an_id_is_refused()
    {
        using var response = await SendAsync("POST", "/transfers", Requests["POST /transfers"], new string('a', 129));
        await AssertRefusedAsync(response);
    }

    [Theory]
    [InlineData("\"e-1\"", "e-1")]
    [InlineData("  e-2  ", "e-2")]
    [InlineData("\"e-\\\"3\\\\\"", "e-\"3\\")]
    [InlineData("\"e-4\";v=1", "e-4")]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324")]
    public async Task The_header_is_a_string_in_quotes_or_bare(string header, string id)
    {
        using var response = await SendAsync(
            "POST", "/transfers", """{"from":"@world","to":"other","amount":5}""", header);
        Assert.Equal(id, (await RunningServer.BodyAsync(response)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/transfers/batch", """[{"from":"@world","to":"b","amount":5}]""")]
    [InlineData("/transfers/batch", """[{"id":"b-0","from":"@world","to":"b","amount":5},{"from":"@world","to":"b","amount":5}]""")]
    [InlineData("/charges/batch", """[{"customer":"ik","amount":5,"description":"x"}]""")]
    [InlineData("/transfers/batch", """[{"id":"b-0","from":"@world","to":"b","amount":5}]""")]
    [InlineData("/transfers/batch", """[{"id":"b-0","from":"@world","to":"b","amount":5,"meta":{"a":"b"}}]""")]
    [InlineData("/charges/batch", """[{"id":"b-0","customer":"ik","amount":5,"description":"x"}]""")]
    public async Task A_batch_needs_ids_of_its_own(string address, string body)
    {
        using var response = await SendAsync("POST", address, body, "k");
        await AssertRefusedAsync(response);
        Assert.Equal(HttpStatusCode.NotFound,
            (await fixture.Server.Http.GetAsync("/v1/ledgers/bank/transfers/b-0", Stop)).StatusCode);
    }

    private async Task DecideAsync(string operation, string id)
    {
        var path = operation.Split(' ')[1];
        using var response = await SendAsync("POST", path, Requests[operation], id);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private async Task<long> BalanceAsync(string account) => (await fixture.Server.GetAsync(
        $"/v1/ledgers/bank/accounts/{account}")).GetProperty("balances")[0].GetProperty("balance").GetInt64();

    private static string WithId(string body, string id) =>
        body.Length <= 2 ? $$"""{"id":"{{id}}"}""" : $$"""{"id":"{{id}}",{{body[1..]}}""";

    private static async Task AssertRefusedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Field, (await RunningServer.BodyAsync(response)).GetProperty("field").GetString());
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string body, string header)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/ledgers/bank" + path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation(Field, header);
        return await fixture.Server.Http.SendAsync(request, Stop);
    }
}
