using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The page for people, in a browser: what it shows, and to whom.</summary>
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
        await using var page = await ConsolePage.OpenAsync(server);

        await page.ShowsAsync("Alex", "1,234.50 USD", "successful", "Newest blocks", Markup);
        await page.Browser.WaitForAsync("document.querySelector('.live')?.textContent === 'live'");

        // What comes is seen without asking, also what the ledger refuses.
        await ledger.TransferAsync("Alex", "Jane", Money.Of(5, "USD"), cancellationToken: Stop);
        await page.ShowsAsync("Jane", "5.00 USD");
        await Assert.ThrowsAsync<InsufficientFundsException>(() =>
            ledger.TransferAsync("Jane", "Alex", Money.Of(6, "USD"), cancellationToken: Stop));
        await page.ShowsAsync("insufficient funds");

        // An account has its movements, and an older page's address still leads there.
        await page.ClickAsync("Jane");
        await page.ShowsAsync("Movements", "Alex", "5.00");
        await page.Browser.EvaluateAsync("location.hash = '#bank/Alex'");
        await page.ShowsAsync("1,229.50 USD");

        // A name is a name.
        await page.GoAsync("bank/accounts");
        await page.ShowsAsync(Markup, "1,229.50 USD");
        await page.WaitAsync("document.querySelector('main img') === null");
        await page.ClickAsync(Markup);
        await page.ShowsAsync("1.00 USD");
        Assert.Empty(page.Browser.Errors);
    }

    [Fact]
    public async Task The_page_of_a_server_with_keys_asks_for_one()
    {
        using var folder = new TemporaryDirectory();
        var keys = folder.File("keys.json");
        var key = ApiKeys.Add(keys, "page", ApiRole.Reader, ["*"]);
        await using var server = await RunningServer.StartAsync(options => options with { KeysFile = keys });
        await using var page = await ConsolePage.OpenAsync(server);

        await page.FillAsync("Key", "sk_wrong");
        await page.ClickAsync("Sign in");
        await page.ShowsAsync("this key is not known here");
        await page.FillAsync("Key", key);
        await page.ClickAsync("Sign in");
        await page.ShowsAsync("Latest transfers");

        // Nothing of the key is where a script could read it, and a reload still knows the person.
        await page.WaitAsync("!document.cookie && !JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes('sk_')");
        await page.ReloadAsync();
        await page.ShowsAsync("Latest transfers");

        // A reader reads: there is no button for what is not allowed.
        await page.GoAsync("bank/transfers");
        await page.ShowsAsync("No transfers yet.");
        Assert.False(await page.HasAsync("New transfer"));

        // A key that is revoked ends the session, and the page says so.
        await page.GoAsync("bank");
        await page.Browser.WaitForAsync("document.querySelector('.live')?.textContent === 'live'");
        ApiKeys.Remove(keys, "page");
        await page.ShowsAsync("This server needs a key");
        page.HadNoFault();
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
        await using var page = await ConsolePage.OpenAsync(server, "bank/quotes");

        await page.ShowsAsync("dave", "5.95 EUR", "open", "PDF");
        await page.GoAsync("bank/customers");
        await page.ShowsAsync("dave", "alex", "Germany");
        await page.GoAsync("bank/charges?uninvoiced=true");
        await page.ShowsAsync("dave", "10.00 EUR", Markup, "not invoiced");
        await page.GoAsync("bank/invoices");
        await page.ShowsAsync("2026-000001", "11.90 EUR", "PDF", "XML");
        foreach (var kind in new[] { "pdf", "xml" })
            await page.WaitAsync($"document.querySelector('main a[href$=\".{kind}\"]') !== null");
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "dave", Amount = Minor(1190) }, Stop);
        await page.WaitAsync("document.querySelector('main .badge.good')?.textContent === 'paid'");

        // Its lines are beside its letter.
        await page.ClickAsync("2026-000001");
        await page.ShowsAsync("Invoice 2026-000001", Markup, "Letter");
        await page.ClickAsync("Check by EN 16931");
        await page.ShowsAsync("valid");
        Assert.Empty(page.Browser.Errors);
    }

    [Fact]
    public async Task The_page_speaks_German()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Jörg", Money.Of(1234.5m, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/accounts");
        await page.ShowsAsync("1,234.50 USD");
        await page.Browser.EvaluateAsync("""
            const select = document.querySelector('.language select');
            select.value = 'de';
            select.dispatchEvent(new Event('change', { bubbles: true }));
            """);
        await page.ShowsAsync("Konten", "1.234,50 USD");
        await page.ClickAsync("Jörg");
        await page.ClickAsync("Geld bewegen");
        await page.FillAsync("An", "Ann");
        await page.FillAsync("Betrag", "1.000,50");
        await page.ClickAsync("Überweisen");
        await page.ShowsAsync("ausgeführt", "1.000,50 USD");
        Assert.Equal(100_050, (await ledger.GetAccountAsync("Ann", cancellationToken: Stop))!.Balances[0].Balance.Units);
        Assert.Empty(page.Browser.Errors);
    }
}
