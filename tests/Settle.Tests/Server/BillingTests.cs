using System.Text.Json;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A month of billing over HTTP: a real server, a real file.</summary>
public sealed class BillingTests : IAsyncLifetime
{
    private const string Bank = "/v1/ledgers/bank";
    private RunningServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        using var ledger = _server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Charges_by_two_managers_are_on_one_invoice_which_is_paid()
    {
        await PostAsync(201, "/charges", Charge("c-1", 1000));
        await PostAsync(201, "/charges", Charge("c-2", 1000));
        var again = await PostAsync(200, "/charges", Charge("c-2", 1000));
        Assert.True(again.GetProperty("replayed").GetBoolean());
        Assert.Equal(2, await UninvoicedAsync());

        var run = await PostAsync(200, "/invoice-runs", Run("october"));
        var made = Assert.Single(run.GetProperty("invoices").EnumerateArray());
        Assert.Equal("2026-000001", made.GetProperty("number").GetString());
        Assert.Equal(2380, made.GetProperty("amount").GetInt64());
        Assert.Equal(0, await UninvoicedAsync());

        var invoice = await _server.GetAsync($"{Bank}/invoices/2026-000001");
        Assert.Equal(["c-1", "c-2"], invoice.GetProperty("invoiced_charges").EnumerateArray()
            .Select(id => id.GetString()));
        Assert.Equal("380", invoice.GetProperty("tax").GetRawText());
        Assert.Equal("\"19\"", invoice.GetProperty("taxes")[0].GetProperty("rate").GetRawText());
        Assert.Equal("dave", invoice.GetProperty("buyer").GetProperty("name").GetString());

        var paid = await PostAsync(201, "/payments",
            """{"id":"p-1","customer":"dave","amount":2400,"date":"2026-11-05"}""");
        Assert.Equal(20, paid.GetProperty("unallocated").GetInt64());
        var statement = await _server.GetAsync($"{Bank}/customers/dave/statement?to=2026-11-30");
        Assert.Equal(-20, statement.GetProperty("closing").GetInt64());
        Assert.Equal(2, statement.GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public async Task A_run_repeated_with_its_id_answers_the_same()
    {
        await PostAsync(201, "/charges", Charge("c-1", 1000));
        var first = await PostAsync(200, "/invoice-runs", Run("october"));
        await PostAsync(201, "/charges", Charge("c-2", 500));
        var second = await PostAsync(200, "/invoice-runs", Run("october"));
        Assert.Equal(Numbers(first), Numbers(second).Take(1));
        var late = await PostAsync(200, "/invoice-runs", Run("late"));
        Assert.Equal(0, await UninvoicedAsync());
        Assert.DoesNotContain(Numbers(first).Single(), Numbers(late));
    }

    [Fact]
    public async Task Runs_that_overlap_bill_each_charge_once()
    {
        for (var i = 0; i < 40; i++)
        {
            await PostAsync(201, "/charges",
                Charge($"c-{i}", 100 + i, i % 2 == 0 ? "dave" : "alex"));
        }
        var runs = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => PostAsync(200, "/invoice-runs", Run($"run-{i % 4}"))));
        Assert.Equal(0, await UninvoicedAsync());
        var page = await _server.GetAsync($"{Bank}/invoices");
        var billed = new List<string?>();
        foreach (var item in page.GetProperty("items").EnumerateArray())
        {
            var number = item.GetProperty("number").GetString();
            var invoice = await _server.GetAsync($"{Bank}/invoices/{number}");
            billed.AddRange(invoice.GetProperty("invoiced_charges").EnumerateArray()
                .Select(id => id.GetString()));
        }
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"c-{i}").Order(), billed.Order());
        Assert.All(runs, run => Assert.Empty(run.GetProperty("parked").EnumerateArray()));
    }

    [Fact]
    public async Task A_dry_run_shows_what_the_run_makes_and_makes_nothing()
    {
        await PostAsync(201, "/charges", Charge("c-1", 1000));
        var height = await HeightAsync();
        var dry = await PostAsync(200, "/invoice-runs",
            """{"id":"r","through":"2026-10-31","date":"2026-11-01","dry_run":true}""");
        Assert.Equal(height, await HeightAsync());
        Assert.Equal(1, await UninvoicedAsync());
        var real = await PostAsync(200, "/invoice-runs", Run("r"));
        foreach (var field in new[] { "number", "net", "tax", "amount", "due", "charges" })
        {
            Assert.Equal(real.GetProperty("invoices")[0].GetProperty(field).GetRawText(),
                dry.GetProperty("invoices")[0].GetProperty(field).GetRawText());
        }
    }

    [Fact]
    public async Task A_credit_note_opens_the_charges_again_when_asked_to()
    {
        await PostAsync(201, "/charges", Charge("c-1", 1000));
        await PostAsync(200, "/invoice-runs", Run("first"));
        var note = await PostAsync(201, "/credit-notes",
            """{"id":"g-1","invoice":"2026-000001","rebill":true,"reason":"wrong address"}""");
        Assert.Equal("credit_note", note.GetProperty("kind").GetString());
        Assert.Equal(1190, note.GetProperty("amount").GetInt64());
        Assert.Equal(1, await UninvoicedAsync());
        var run = await PostAsync(200, "/invoice-runs", Run("second"));
        Assert.Equal(["2026-000002"], Numbers(run));
    }

    [Fact]
    public async Task A_subscription_gets_another_price_from_a_day_on()
    {
        await PostAsync(201, "/subscriptions",
            """{"id":"desk","customer":"dave","quantity":"2","unit_price":"155","description":"desk","start":"2026-10-01"}""");
        var repriced = await PostAsync(201, "/subscriptions/desk/reprice",
            """{"id":"v-1","from":"2026-10-16","amount":62100,"discount":100}""");
        var change = repriced.GetProperty("changes")[0];
        Assert.Equal((31000, "2026-10-16", 62000, 100), (repriced.GetProperty("amount").GetInt64(),
            change.GetProperty("from").GetString(), change.GetProperty("amount").GetInt64(),
            change.GetProperty("discount").GetInt64()));
        var run = await PostAsync(200, "/invoice-runs", Run("october"));
        Assert.Equal(47000, run.GetProperty("invoices")[0].GetProperty("net").GetInt64());
        var refused = await PostAsync(422, "/subscriptions/desk/reprice",
            """{"id":"v-2","from":"2026-10-31","amount":100}""");
        Assert.Equal("subscription_billed", refused.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_end_before_days_that_are_billed_has_a_warning()
    {
        await PostAsync(201, "/subscriptions",
            """{"id":"desk","customer":"dave","amount":31000,"description":"desk","start":"2026-10-11"}""");
        await PostAsync(200, "/invoice-runs", Run("october"));
        var ended = await PostAsync(201, "/subscriptions/desk/end", """{"end":"2026-10-20"}""");
        Assert.StartsWith("it is billed to 2026-10-31 already",
            ended.GetProperty("warning").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_ledger_refuses_is_a_problem_and_is_recorded()
    {
        foreach (var (path, body, code) in new[]
        {
            ("/charges", Charge("x-1", 100, "nobody"), "unknown_customer"),
            ("/charges", Charge("x-2", 100, more: ",\"tax\":\"21\""), "unknown_tax_rate"),
            ("/credit-notes", """{"id":"x-3","invoice":"2026-000009"}""", "invoice_not_found"),
            ("/payments", """{"id":"x-4","invoice":"2026-000009","amount":1}""",
                "invoice_not_found"),
            ("/subscriptions/none/end", """{"id":"x-5","end":"2026-12-31"}""",
                "subscription_not_found"),
        })
        {
            var problem = await PostAsync(422, path, body);
            Assert.Equal(code, problem.GetProperty("code").GetString());
            var repeated = await PostAsync(422, path, body);
            Assert.True(repeated.GetProperty("replayed").GetBoolean());
        }
        Assert.Equal(0, await UninvoicedAsync());
    }

    [Fact]
    public async Task A_customer_that_was_erased_is_nameless_but_for_issued_invoices()
    {
        await PostAsync(201, "/charges", Charge("c-1", 1000));
        await PostAsync(200, "/invoice-runs", Run("first"));
        using var erased = await _server.Http.DeleteAsync($"{Bank}/customers/dave", Stop);
        Assert.Equal(200, (int)erased.StatusCode);
        var customer = await _server.GetAsync($"{Bank}/customers/dave");
        Assert.False(customer.TryGetProperty("party", out _));
        Assert.True(customer.GetProperty("erased").GetBoolean());
        var invoice = await _server.GetAsync($"{Bank}/invoices/2026-000001");
        Assert.Equal("dave", invoice.GetProperty("buyer").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_customer_that_cannot_be_invoiced_is_parked_and_stops_nobody_else()
    {
        await PostAsync(201, "/charges", Charge("c-1", 9_007_199_254_740_991));
        await PostAsync(201, "/charges", Charge("c-2", 9_007_199_254_740_991));
        await PostAsync(201, "/charges", Charge("c-3", 1000, "alex"));
        var run = await PostAsync(200, "/invoice-runs", Run("first"));
        Assert.Single(Numbers(run));
        var parked = Assert.Single(run.GetProperty("parked").EnumerateArray());
        Assert.Equal("dave", parked.GetProperty("customer").GetString());
        Assert.Equal("amount_out_of_range", parked.GetProperty("code").GetString());
        Assert.NotEqual("", parked.GetProperty("reason").GetString());
        Assert.Equal(2, await UninvoicedAsync());
    }

    [Fact]
    public async Task A_statement_is_read_as_a_letter()
    {
        await PostAsync(201, "/opening-invoices",
            """{"number":"RE-4711","customer":"dave","date":"2026-08-31","due":"2026-09-14","amount":11900,"open":5000}""");
        var pdf = await _server.Http.GetByteArrayAsync($"{Bank}/customers/dave/statement.pdf?to=2026-10-31", Stop);
        Assert.Contains("RE-4711", string.Join('\n', Paper.LetterText.PagesOf(pdf)), StringComparison.Ordinal);
        using var unknown = await _server.Http.GetAsync($"{Bank}/customers/eve/statement.pdf", Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
        using var elsewhere = await _server.Http.GetAsync($"{Bank}/invoices/RE-4711.pdf", Stop);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_quote_is_served_with_its_letter_and_answered()
    {
        var made = await PostAsync(201, "/quotes",
            """{"customer":"dave","date":"2026-09-02","lines":[{"amount":10000,"description":"Workshop"}]}""");
        var number = made.GetProperty("number").GetString()!;
        var letter = await _server.Http.GetByteArrayAsync($"{Bank}/quotes/{number}.pdf", Stop);
        Assert.Equal("%PDF"u8, letter.AsSpan(0, 4));
        using var unknown = await _server.Http.GetAsync($"{Bank}/quotes/Q1.pdf", Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
        var declined = await PostAsync(201, $"/quotes/{number}/decline", "{}");
        Assert.Equal("declined", declined.GetProperty("status").GetString());
        var refused = await PostAsync(422, $"/quotes/{number}/accept", """{"late":true}""");
        Assert.Equal("quote_declined", refused.GetProperty("code").GetString());
        using var bad = await _server.Http.GetAsync($"{Bank}/quotes?status=gone", Stop);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task A_SEPA_order_is_served_as_the_bank_takes_it()
    {
        await PostAsync(201, "/customers",
            """{"customer":"fay","party":{"name":"Fay Müller","country":"DE","iban":"DE89370400440532013000","mandate":"M-7","mandate_date":"2026-01-02"}}""");
        using (var ledger = _server.Client())
        {
            var seller = (await ledger.Billing.GetSellerAsync(Stop))!;
            await ledger.Billing.PutSellerAsync(new SellerRequest
            {
                Party = seller.Party with { CreditorId = "DE98ZZZ09999999999" }, Zone = seller.Zone,
                TaxRates = seller.TaxRates, DefaultTax = seller.DefaultTax, Series = seller.Series,
            }, Stop);
        }
        await PostAsync(201, "/opening-invoices",
            """{"number":"RE-99","customer":"fay","date":"2026-08-31","due":"2026-09-14","amount":11900}""");
        var run = await PostAsync(200, "/debit-runs", """{"id":"sepa-1","through":"2026-09-30"}""");
        var order = run.GetProperty("orders")[0].GetProperty("id").GetString()!;
        var first = await _server.Http.GetByteArrayAsync($"{Bank}/sepa-orders/{Uri.EscapeDataString(order)}.xml", Stop);
        Assert.Equal(first, await _server.Http.GetByteArrayAsync($"{Bank}/sepa-orders/{Uri.EscapeDataString(order)}.xml", Stop));
        Assert.Contains("<EndToEndId>RE-99</EndToEndId>", System.Text.Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        Sepa.SepaSchemas.Check(first, "pain.008.001.08");
        using var unknown = await _server.Http.GetAsync($"{Bank}/sepa-orders/nothing.xml", Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task An_invoice_is_served_as_an_electronic_one()
    {
        await PostAsync(201, "/charges", Charge("c-1", 1000));
        await PostAsync(200, "/invoice-runs", Run("first"));
        foreach (var (query, root) in new[] { ("", "CrossIndustryInvoice"), ("?format=ubl", "Invoice") })
        {
            using var response =
                await _server.Http.GetAsync($"{Bank}/invoices/2026-000001.xml{query}", Stop);
            Assert.Equal("application/xml", response.Content.Headers.ContentType?.MediaType);
            var xml = System.Xml.Linq.XDocument.Parse(
                await response.Content.ReadAsStringAsync(Stop));
            Assert.Equal(root, xml.Root!.Name.LocalName);
        }
        var pdf = await _server.Http.GetByteArrayAsync($"{Bank}/invoices/2026-000001.pdf", Stop);
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(pdf[..8]));
        using var none = await _server.Http.GetAsync($"{Bank}/invoices/2026-000002.xml", Stop);
        Assert.Equal(404, (int)none.StatusCode);
    }

    private static string Charge(string id, long amount, string customer = "dave",
        string more = "") =>
        $$"""
        {"id":"{{id}}","customer":"{{customer}}","amount":{{amount}},"date":"2026-10-12",
         "description":"meeting room"{{more}}}
        """;

    private static string Run(string id) =>
        $$"""{"id":"{{id}}","through":"2026-10-31","date":"2026-11-01"}""";

    private static IEnumerable<string?> Numbers(JsonElement run) =>
        run.GetProperty("invoices").EnumerateArray()
            .Select(invoice => invoice.GetProperty("number").GetString());

    private async Task<int> UninvoicedAsync() =>
        (await _server.GetAsync($"{Bank}/charges?uninvoiced=true")).GetProperty("items")
            .GetArrayLength();

    private async Task<long> HeightAsync() =>
        (await _server.GetAsync(Bank)).GetProperty("height").GetInt64();

    private async Task<JsonElement> PostAsync(int status, string path, string body)
    {
        using var response = await _server.PostAsync(Bank + path, body);
        var answer = await RunningServer.BodyAsync(response);
        Assert.True((int)response.StatusCode == status, $"{path} {body}: {answer}");
        return answer;
    }
}
