using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Settle.Tests.Sites;
using Xunit;

namespace Settle.Tests.Server;

public sealed partial class OpenApiTests
{
    // Served, but not for programs: the document itself and the page for people.
    private static readonly string[] Undocumented =
        ["/openapi/{documentName}.json", "/", "/app.css", "/app.js", "/verify.js",
        "/favicon.svg"];

    private static readonly DateOnly DebitDay =
        Settle.Billing.TargetDays.After(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_is_documented_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        var document = new OpenApiDocumentView(await server.GetAsync("/openapi/v1.json"));
        var routes = server.Server.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => !Undocumented.Contains(route.RoutePattern.RawText))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}"));
        Assert.Equal(routes.Order(), document.Operations.Select(each => $"{each.Method} {each.Path}").Order());
    }

    [Fact]
    public async Task Every_operation_answers_its_own_example_as_documented()
    {
        using var files = await SiteFiles.MakeAsync("north", "south");
        await PrepareAsync(files);
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Ledgers = [.. options.Ledgers, files["main"], files["north"], files["other"]],
        });
        await PrepareAsync(server);
        var ledger = (await server.GetAsync("/v1/ledgers/main/sites/tips")).GetProperty("ledger").GetString()!;
        var document = new OpenApiDocumentView(await server.GetAsync("/openapi/v1.json"));
        // First what makes things, then what reads them; then a site ends, and the server is not ready.
        // Keys are those of a server that has some: KeyEndpointTests.
        foreach (var (path, method, operation) in document.Operations
            .Where(each => !each.Path.StartsWith("/v1/keys", StringComparison.Ordinal))
            .OrderBy(each => each.Path.EndsWith("/retire", StringComparison.Ordinal)).ThenBy(each => each.Method == "GET"))
        {
            using var request = RequestOf(path, method, operation, ledger);
            using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
            var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(status[0] == '2', $"{method} {path}: {status}");
            await CheckAsync(document, $"{method} {path}", operation, response);
        }
    }

    [Fact]
    public async Task Every_operation_of_a_ledger_answers_as_documented_when_there_is_none()
    {
        await using var server = await RunningServer.StartAsync();
        var document = new OpenApiDocumentView(await server.GetAsync("/openapi/v1.json"));
        foreach (var (path, method, operation) in document.Operations.Where(each => each.Path.Contains("{ledger}")))
        {
            using var request = RequestOf(path.Replace("{ledger}", "nowhere"), method, operation);
            using var response = await server.Http.SendAsync(request, Stop);
            Assert.Equal(404, (int)response.StatusCode);
            await CheckAsync(document, $"{method} {path}", operation, response);
        }
    }

    [Fact]
    public async Task Every_operation_and_parameter_and_property_is_described()
    {
        await using var server = await RunningServer.StartAsync();
        var root = await server.GetAsync("/openapi/v1.json");
        foreach (var (path, method, operation) in new OpenApiDocumentView(root).Operations)
        {
            Assert.NotEqual("", operation.GetProperty("summary").GetString());
            Assert.NotEqual("", operation.GetProperty("operationId").GetString());
            foreach (var parameter in Parameters(operation))
                Assert.True(parameter.TryGetProperty("description", out _), $"{method} {path}: {parameter}");
        }
        foreach (var schema in root.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var properties)) continue;
            foreach (var property in properties.EnumerateObject())
            {
                Assert.True(property.Value.TryGetProperty("description", out _)
                    || property.Value.TryGetProperty("oneOf", out _), // Null or a type that is described.
                    $"{schema.Name}.{property.Name} is not described");
            }
        }
    }

    /// <summary>
    /// What the examples are about: a hold to capture and another to void, an invoice and what it takes.
    /// </summary>
    private static async Task PrepareAsync(RunningServer server)
    {
        const string Ledger = "/v1/ledgers/bank";
        await server.PutAsync(Ledger, """{"asset":"USD"}""");
        await server.PostAsync(Ledger + "/transfers", """{"id":"t-0","from":"@world","to":"Alex","amount":1000}""");
        foreach (var id in new[] { "hold-capture", "hold-void" })
            await server.PostAsync(Ledger + "/holds", $$"""{"id":"{{id}}","from":"@world","to":"Alex","amount":2000}""");
        await PrepareBillingAsync(server);
    }

    /// <summary>Sites: one to end, and in another file one to suspend.</summary>
    private static async Task PrepareAsync(SiteFiles files)
    {
        files.Copy("main", "other");
        await using (var main = await files.OpenAsync("main"))
        {
            await main.TransferAsync("@world", "Alex", Money.Of(50), cancellationToken: Stop);
            await main.Sites.AddAsync(new SiteRequest { Name = "gone" }, Stop);
            await main.Sites.SuspendAsync("gone", cancellationToken: Stop);
        }
        await files.SyncAllAsync("north", "south");
    }

    // Who was added and has not joined keeps others from being ended: in another file.
    private static string SitesPath(string path) => path.EndsWith("{ledger}/sites", StringComparison.Ordinal)
        ? path.Replace("{ledger}", "other") : path
        .Replace("{ledger}/sites/{site}/suspend", "other/sites/south/suspend")
        .Replace("{ledger}/sites/{site}/retire", "north/sites/north/retire")
        .Replace("/{site}/end", "/gone/end")
        .Replace("/{site}/allowances", "/north/allowances")
        .Replace("{ledger}/sites", "main/sites");

    private static async Task PrepareBillingAsync(RunningServer server)
    {
        using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger, "USD");
        var billing = ledger.Billing;
        await billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "gone",
            Party = new Party { Name = "Gone Soon", Country = "DE" },
        }, Stop);
        await billing.SubscribeAsync(new SubscriptionRequest
        {
            Id = "s-1", Customer = "alex", Amount = Minor(9900), Description = "Flex", Start = new DateOnly(2026, 10, 1),
        }, Stop);
        await billing.ChargeAsync(new ChargeRequest
        {
            Id = "charge-1", Customer = "dave", Amount = Minor(1000), Description = "meeting room", Date = new DateOnly(2026, 10, 1),
        }, Stop);
        await billing.ChargeAsync(new ChargeRequest
        {
            Id = "charge-2", Customer = "dave", Amount = Minor(1000), Description = "typed wrong", Date = new DateOnly(2026, 10, 9),
        }, Stop);
        await billing.InvoiceAsync(new InvoiceRunRequest
        {
            Customer = "dave", Through = new DateOnly(2026, 10, 1), Date = new DateOnly(2026, 10, 1),
        }, cancellationToken: Stop);
        await PrepareOrdersAsync(billing);
        await billing.BringInvoiceAsync(new OpeningInvoiceRequest
        {
            Number = "RE-1", Customer = "alex", Amount = Minor(1000), Date = new DateOnly(2026, 8, 1), Due = new DateOnly(2026, 8, 15),
        }, Stop);
        // One to accept, and one to decline.
        for (var i = 0; i < 2; i++)
        {
            await billing.QuoteAsync(new QuoteRequest
            {
                Customer = "dave", Date = new DateOnly(2026, 10, 1),
                Lines = [new QuoteLine { Amount = Minor(1000), Description = "workshop" }],
            }, Stop);
        }
        await billing.RemindAsync(new ReminderRunRequest { Customer = "alex", Date = new DateOnly(2026, 9, 1) }, Stop);
    }

    // One order to look at, and one to cancel.
    private static async Task PrepareOrdersAsync(IBilling billing)
    {
        var seller = (await billing.GetSellerAsync(Stop))!;
        await billing.PutSellerAsync(new SellerRequest
        {
            Party = seller.Party with { CreditorId = "DE98ZZZ09999999999" }, Zone = seller.Zone,
            TaxRates = seller.TaxRates, DefaultTax = seller.DefaultTax,
        }, Stop);
        await billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "fay", Asset = "EUR", Party = new Party
            {
                Name = "Fay", Country = "DE", Iban = "DE89370400440532013000", Mandate = "M-1", MandateDate = new DateOnly(2026, 1, 2),
            },
        }, Stop);
        foreach (var run in (string[])["look", "cancel"])
        {
            await billing.BringInvoiceAsync(new OpeningInvoiceRequest
            {
                Number = $"RE-{run}", Customer = "fay", Amount = Minor(100), Date = new DateOnly(2026, 8, 31), Due = new DateOnly(2026, 9, 14),
            }, Stop);
            await billing.DebitAsync(new DebitRequest { Id = run, Through = new DateOnly(2026, 9, 30), Date = DebitDay }, Stop);
        }
    }

    private static HttpRequestMessage RequestOf(
        string path, string method, JsonElement operation, string ledger = "")
    {
        path = SitesPath(path);
        if (method == "DELETE") path = path.Replace("/charges/{id}", "/charges/charge-2");
        path = path.Replace("/holds/{id}/capture", "/holds/hold-capture/capture")
            .Replace("/holds/{id}/void", "/holds/hold-void/void")
            .Replace("/transfers/{id}/revert", "/transfers/t-0/revert")
            .Replace("/holds/{id}", "/holds/h-1")
            .Replace("/charges/{id}", "/charges/charge-1")
            .Replace("/sepa-orders/{id}/cancel", $"/sepa-orders/cancel:{DebitDay:yyyy-MM-dd}/cancel")
            .Replace("/sepa-orders/{id}", $"/sepa-orders/look:{DebitDay:yyyy-MM-dd}")
            .Replace("/reminders/{number}", "/reminders/RE-1-R1")
            .Replace("/quotes/{number}/decline", "/quotes/Q2026-000002/decline")
            .Replace("/quotes/{number}", "/quotes/Q2026-000001")
            .Replace("/payments/{id}", "/payments/p-1")
            .Replace("/refunds/{id}", "/refunds/b-1")
            .Replace("/chargebacks/{id}", "/chargebacks/b-2")
            .Replace("/subscriptions/{id}", "/subscriptions/s-1");
        if (method == "DELETE") path = path.Replace("{customer}", "gone");
        if (method == "PUT") path = path.Replace("{customer}", "alex");
        foreach (var parameter in Parameters(operation).Where(each => each.GetProperty("in").GetString() == "path"))
        {
            path = path.Replace($"{{{parameter.GetProperty("name").GetString()}}}",
                parameter.GetProperty("example").GetString());
        }
        Assert.DoesNotMatch(Unfilled, path);
        var query = string.Join('&', Parameters(operation)
            .Where(each => each.GetProperty("in").GetString() == "query" && each.TryGetProperty("example", out _)
                && each.GetProperty("name").GetString() is not ("at" or "on")) // Long ago, there was nothing.
            .Select(each => $"{each.GetProperty("name")}={Uri.EscapeDataString(each.GetProperty("example").ToString())}"));
        var request = new HttpRequestMessage(new HttpMethod(method), query.Length == 0 ? path : $"{path}?{query}");
        if (!operation.TryGetProperty("requestBody", out var body)) return request;
        var content = body.GetProperty("content").EnumerateObject()
            .Single(each => each.Value.TryGetProperty("example", out _));
        var written = content.Value.GetProperty("example");
        var example = written.ValueKind == JsonValueKind.String ? written.GetString()! : written.GetRawText();
        if (path.EndsWith("/sites/main/blocks", StringComparison.Ordinal) && ledger.Length > 0)
            example = HashPattern.Replace(example, ledger);
        // Each example is sent once with the id it shows; void and revert show the same.
        if (path.EndsWith("/void", StringComparison.Ordinal)) example = """{"id":"v-1"}""";
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(example));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(content.Name);
        return request;
    }

    private static async Task CheckAsync(OpenApiDocumentView document, string name, JsonElement operation,
        HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var answer),
            $"{name} answers {status}, which is not documented");
        var content = Assert.Single(answer.GetProperty("content").EnumerateObject());
        Assert.Equal(content.Name, response.Content.Headers.ContentType?.MediaType);
        if (!content.Name.EndsWith("json", StringComparison.Ordinal)) return;
        var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Stop)).RootElement;
        var faults = document.Faults(body, content.Value.GetProperty("schema"), name).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static JsonElement.ArrayEnumerator Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray() : default;

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex HashPattern { get; }

    [GeneratedRegex(@"[{}]")]
    private static partial Regex Unfilled { get; }
}
