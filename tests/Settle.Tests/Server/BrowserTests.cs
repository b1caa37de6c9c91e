using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The page for people, in a browser.</summary>
public sealed class BrowserTests
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_a_ledger_and_what_happens_in_it()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(1234.5m, "USD"), cancellationToken: Stop);
        await ledger.TransferAsync("@world", Markup, Money.Of(1, "USD"), cancellationToken: Stop);
        await using var browser = await Browser.OpenAsync(server.Http.BaseAddress!);

        await browser.WaitForAsync(Shows("accounts", "Alex", "1,234.50"));
        await browser.WaitForAsync(Shows("transfers", "@world", "Alex", "successful"));
        await browser.WaitForAsync("document.querySelectorAll('#blocks tr').length >= 2");
        await browser.WaitForAsync(Shows("live-text", "live"));

        // What comes is seen without asking, also what the ledger refuses.
        await ledger.TransferAsync("Alex", "Jane", Money.Of(5, "USD"), cancellationToken: Stop);
        await browser.WaitForAsync(Shows("transfers", "Jane", "5.00"));
        await browser.WaitForAsync(Shows("accounts", "Jane", "1,229.50"));
        await Assert.ThrowsAsync<InsufficientFundsException>(() =>
            ledger.TransferAsync("Jane", "Alex", Money.Of(6, "USD"), cancellationToken: Stop));
        await browser.WaitForAsync(Shows("transfers", "insufficient funds"));

        // An account opens with its movements.
        await browser.EvaluateAsync("""
            [...document.querySelectorAll('#accounts button')].find(b => b.textContent === 'Jane').click()
            """);
        await browser.WaitForAsync("document.getElementById('account').open");
        await browser.WaitForAsync(Shows("entries", "Alex", "5.00"));

        // A name is a name.
        await browser.WaitForAsync(Shows("accounts", Markup));
        await browser.WaitForAsync("document.querySelector('main img') === null");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task The_page_of_a_server_with_keys_asks_for_one()
    {
        using var folder = new TemporaryDirectory();
        var keys = folder.File("keys.json");
        var key = ApiKeys.Add(keys, "page", ApiRole.Reader, ["*"]);
        await using var server = await RunningServer.StartAsync(options => options with { KeysFile = keys });
        await using var browser = await Browser.OpenAsync(server.Http.BaseAddress!);

        await browser.WaitForAsync("document.getElementById('key-form')?.hidden === false");
        await browser.EvaluateAsync($"""
            document.getElementById('key').value = '{key}';
            document.getElementById('key-form').requestSubmit();
            """);
        await browser.WaitForAsync(Shows("live-text", "live"));
        await browser.WaitForAsync("document.getElementById('main').hidden === false");
        Assert.DoesNotContain(browser.Errors, error => error.Contains("exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_shows_customers_open_charges_and_invoices()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        foreach (var (id, day) in new[] { ("c-1", 12), ("c-2", 31) })
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Id = id, Customer = "dave", Amount = Minor(1000), Description = Markup, Date = new DateOnly(2026, 10, day),
            }, Stop);
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 30), Date = new DateOnly(2026, 11, 1),
        }, cancellationToken: Stop);
        await ledger.Billing.QuoteAsync(new QuoteRequest
        {
            Customer = "dave", Lines = [new QuoteLine { Amount = Minor(500), Description = Markup }],
        }, Stop);
        await using var browser = await Browser.OpenAsync(server.Http.BaseAddress!);

        await browser.WaitForAsync(Shows("quotes", "dave", "5.95", "open", "PDF"));
        await browser.WaitForAsync(Shows("customers", "dave", "alex"));
        await browser.WaitForAsync(Shows("charges", "dave", "10.00", Markup));
        await browser.WaitForAsync(Shows("invoices", "2026-000001", "11.90", "open", "PDF", "XML"));
        foreach (var kind in new[] { "pdf", "xml" })
            await browser.WaitForAsync($"document.querySelector('#invoices a[href$=\".{kind}\"]') !== null");
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "dave", Amount = Minor(1190) }, Stop);
        await browser.WaitForAsync(Shows("invoices", "paid"));
        Assert.Empty(browser.Errors);
    }

    /// <summary>Whether an element shows all of some texts.</summary>
    private static string Shows(string id, params string[] texts) => string.Join(" && ", texts.Select(text =>
        $"document.getElementById('{id}')?.textContent.includes('{text}') === true"));
}
