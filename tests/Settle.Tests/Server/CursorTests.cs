using System.Buffers.Text;
using System.Net;
using System.Text;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A cursor goes on with its own list, and with nothing else.</summary>
public sealed class CursorTests : IAsyncLifetime
{
    private static readonly string[] Lists =
    [
        "/transfers", "/transfers?account=@world", "/accounts", "/accounts/@world/entries",
        "/accounts/a/entries", "/customers", "/charges", "/charges?uninvoiced=true",
        "/charges?uninvoiced=false", "/charges?customer=dave", "/subscriptions", "/invoices",
        "/invoices?status=open", "/invoices?customer=dave", "/balances", $"/balances?at={DateTimeOffset.UtcNow:yyyy-MM-dd}", "/holds",
        "/holds?account=a", "/payments", "/payments?customer=dave", "/refunds", "/chargebacks",
        "/invoice-runs", "/reminders", "/reminders?customer=dave", "/quotes", "/quotes?status=open",
        "/quotes?customer=dave", "/accounts?prefix=receivable:", "/accounts?words=re", "/accounts?sort=newest",
        "/accounts/@world/entries?from=2020-01-01", "/invoices?overdue=true", "/invoices?from=2026-01-01",
        "/charges?to=2036-01-01",
    ];

    // A list with a filter may go on where the cursor says so itself.
    private static readonly string[] Same = ["/transfers", "/charges", "/invoices", "/holds", "/payments", "/balances", "/quotes", "/reminders",
        "/accounts", "/accounts/@world/entries"];

    private RunningServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await using var ledger = _server.Client();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 100), ("alex", 100), ("dave", 200));
        for (var i = 0; i < 2; i++)
        {
            await ledger.TransferAsync("@world", "a", Money.Of(1), $"t-{i}", Stop);
            await ledger.HoldAsync(new HoldRequest { From = "@world", To = "a", Amount = Money.Of(1) }, Stop);
            await ledger.HoldAsync(new HoldRequest { From = "a", To = "b", Amount = Minor(1) }, Stop);
            await ledger.Billing.PayAsync(
                new PaymentRequest { Id = $"p-{i}", Customer = "dave", Amount = Minor(5) }, Stop);
            await ledger.Billing.RefundAsync(
                new RefundRequest { Customer = "dave", Payment = $"p-{i}", Amount = Minor(1) }, Stop);
            await ledger.Billing.ChargebackAsync(
                new ChargebackRequest { Payment = $"p-{i}", Amount = Minor(1) }, Stop);
            foreach (var customer in new[] { "dave", "alex" })
                await ledger.Billing.ChargeAsync(new ChargeRequest
                {
                    Customer = customer, Amount = Minor(5), Description = "x",
                    Date = new DateOnly(2026, 11, 12),
                }, Stop);
            await ledger.Billing.QuoteAsync(new QuoteRequest
            {
                Customer = "dave", Lines = [new QuoteLine { Amount = Minor(5), Description = "x" }],
            }, Stop);
            await ledger.Billing.SubscribeAsync(new SubscriptionRequest
            {
                Subscription = $"s-{i}", Customer = "dave", Amount = Minor(5), Description = "x",
                Start = new DateOnly(2026, 11, 12),
            }, Stop);
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 2),
        }, null, Stop);
        await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Customer = "dave", Amount = Minor(7), Description = "y", Date = new DateOnly(2026, 10, 12),
        }, Stop);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 2),
        }, null, Stop);
        foreach (var date in new[] { new DateOnly(2027, 2, 10), new DateOnly(2027, 3, 10) })
            await ledger.Billing.RemindAsync(new ReminderRunRequest { Date = date }, Stop);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_cursor_that_names_no_ledger_is_refused_by_every_list()
    {
        var document = await _server.GetAsync("/openapi/v1.json");
        var lists = document.GetProperty("paths").EnumerateObject().Where(path => path.Value
            .TryGetProperty("get", out var get) && get.TryGetProperty("parameters", out var all)
            && all.EnumerateArray().Any(each => each.GetProperty("name").GetString() == "after")
            // Events go on after a position.
            && !path.Name.EndsWith("/events", StringComparison.Ordinal))
            .Select(path => path.Name["/v1/ledgers/{ledger}".Length..].Replace("{account}", "a")
                .Replace("{site}", "main")).ToList();
        Assert.Contains("/sepa-orders", lists);
        Assert.Contains("/reminders", lists);
        foreach (var list in lists)
        {
            var other = await DetailAsync(list, """{"w":"x"}""");
            Assert.StartsWith("after: is the 'next' of a list of x, not of ", other, StringComparison.Ordinal);
            var name = other["after: is the 'next' of a list of x, not of ".Length..];
            Assert.Equal("after: is the 'next' of another ledger's list",
                await DetailAsync(list, $$"""{"w":"{{name}}","l":1}"""));
        }

        async Task<string> DetailAsync(string list, string cursor)
        {
            using var response = await _server.Http.GetAsync($"/v1/ledgers/bank{With(list,
                $"after={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor))}")}", Stop);
            var body = await RunningServer.BodyAsync(response);
            return body.TryGetProperty("detail", out var detail) ? detail.GetString()! : $"{list}: {body}";
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        foreach (var from in Lists)
        {
            var cursor = await NextAsync(from);
            foreach (var to in Lists)
            {
                if (from == to || (Same.Contains(to) && PathOf(from) == PathOf(to))) continue;
                var (status, field) = await AskAsync(to, cursor);
                var named = PathOf(from) == PathOf(to) ? FilterOf(to) : "after";
                Assert.True((status, field) == (HttpStatusCode.BadRequest, named), $"{from} at {to}: {status} {field}");
            }
        }
    }

    [Fact]
    public async Task A_cursor_of_another_ledger_is_refused()
    {
        await using var other = await RunningServer.StartAsync();
        await using var ledger = other.Client();
        await ledger.TransferAsync("@world", "a", Money.Of(1), cancellationToken: Stop);
        foreach (var list in Lists)
        {
            using var response = await other.Http.GetAsync(
                $"/v1/ledgers/bank{With(list, $"after={await NextAsync(list)}")}", Stop);
            var problem = await RunningServer.BodyAsync(response);
            Assert.Equal("after: is the 'next' of another ledger's list", problem.GetProperty("detail").GetString());
        }
    }

    [Fact]
    public async Task A_cursor_keeps_the_filter_it_was_made_with()
    {
        foreach (var filtered in Lists.Where(list => list.Contains('?') && !list.Contains("account=@world")))
        {
            var whole = await IdsAsync(filtered, "");
            var cursor = await NextAsync(filtered);
            Assert.Equal(whole.Skip(1), await IdsAsync(PathOf(filtered), cursor));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    [InlineData("W10")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        foreach (var list in Lists)
        {
            var (status, field) = await AskAsync(list, cursor);
            Assert.True((status, field) == (HttpStatusCode.BadRequest, "after"), $"{list}: {status} {field}");
        }
    }

    [Fact]
    public async Task A_forged_cursor_is_refused_or_gives_a_page()
    {
        foreach (var list in Lists)
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(await NextAsync(list)));
            foreach (var place in new[] { "18446744073709551615", "9223372036854775807", "2147483648", "1", "-1" })
            {
                var forged = text.Contains("\"l\":", StringComparison.Ordinal)
                    ? System.Text.RegularExpressions.Regex.Replace(text, "\"l\":[0-9]+", $"\"l\":{place}")
                    : text.Insert(1, $"\"l\":{place},");
                var (status, field) = await AskAsync(list, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged)));
                Assert.True(status == HttpStatusCode.OK || (status, field) == (HttpStatusCode.BadRequest, "after"),
                    $"{list} {forged}: {status}");
            }
        }
    }

    private static string FilterOf(string list) => list.Split('?', '=')[1];

    private static string PathOf(string list) => list.Split('?')[0];

    private async Task<string> NextAsync(string list)
    {
        var page = await _server.GetAsync($"/v1/ledgers/bank{With(list, "limit=1")}");
        Assert.True(page.GetProperty("next").GetString() is not null, $"{list}: {page}");
        return page.GetProperty("next").GetString()!;
    }

    private async Task<List<string>> IdsAsync(string list, string after)
    {
        var page = await _server.GetAsync("/v1/ledgers/bank"
            + (after.Length == 0 ? list : With(list, $"after={after}")));
        return [.. page.GetProperty("items").EnumerateArray().Select(each => each.ToString())];
    }

    private async Task<(HttpStatusCode Status, string? Field)> AskAsync(string list, string cursor)
    {
        using var response = await _server.Http.GetAsync($"/v1/ledgers/bank{With(list, $"after={cursor}")}", Stop);
        var body = await RunningServer.BodyAsync(response);
        return (response.StatusCode, body.TryGetProperty("field", out var field) ? field.GetString() : null);
    }

    private static string With(string list, string parameter) =>
        list + (list.Contains('?') ? "&" : "?") + parameter;
}
