using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The office: what bookkeepers read, and who may come in.</summary>
public sealed class ConsoleOfficeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_are_read_and_taken_away()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Id = "c-1", Customer = "dave", Amount = Minor(1000), Description = "Desk", Date = new DateOnly(2026, 10, 12),
        }, Stop);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 30), Date = new DateOnly(2026, 11, 1),
        }, cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/reports");

        await page.ShowsAsync("Debit 11.90 EUR Credit 11.90 EUR", "revenue");
        await page.GoAsync("bank/reports?view=profit&from=2026-01-01&to=2026-12-31");
        await page.ShowsAsync("Income 10.00 EUR", "Profit 10.00 EUR");
        await page.ClickAsync("Ageing");
        await page.ShowsAsync("dave", "Owed 11.90 EUR");
        await page.GoAsync("bank/reports?view=vat&from=2026-01-01&to=2026-12-31");
        await page.ShowsAsync("19 %", "1.90 EUR");
        foreach (var kind in new[] { "trial-balance", "vat" })
        {
            await page.GoAsync(kind == "vat" ? "bank/reports?view=vat&from=2026-01-01&to=2026-12-31" : "bank/reports");
            await page.WaitAsync($"test.named('CSV')?.href.includes('/reports/{kind}')");
            var href = (await page.Browser.EvaluateAsync("test.named('CSV').href")).GetString()!;
            Assert.Contains("EUR", await server.Http.GetStringAsync(href, Stop), StringComparison.Ordinal);
        }
        Assert.Empty(page.Browser.Errors);
    }

    [Fact]
    public async Task An_admin_hands_out_keys_and_takes_them_back()
    {
        using var folder = new TemporaryDirectory();
        var keys = folder.File("keys.json");
        var key = ApiKeys.Add(keys, "boss", ApiRole.Admin, ["*"]);
        await using var server = await RunningServer.StartAsync(options => options with { KeysFile = keys });
        await using var page = await ConsolePage.OpenAsync(server, "bank/settings");
        await page.FillAsync("Key", key);
        await page.ClickAsync("Sign in");

        await page.ShowsAsync("Keys", "boss", "Admin");
        await page.ClickAsync("New key");
        await page.FillAsync("Name", "tax adviser");
        await page.ClickAsync("New key");
        await page.ShowsAsync("Copy this key now", "sk_", "tax adviser", "Reader");
        Assert.Contains(ApiKeys.Load(keys).All, each => each is { Name: "tax adviser", Role: ApiRole.Reader });
        // It is shown once.
        await page.ReloadAsync();
        await page.ShowsAsync("tax adviser");
        await page.ShowsNotAsync("sk_");
        await page.GoAsync("bank/settings?do=remove-key&key=tax%20adviser");
        await page.ClickAsync("Remove");
        await page.ShowsNotAsync("tax adviser");
        Assert.DoesNotContain(ApiKeys.Load(keys).All, each => each.Name == "tax adviser");
        page.HadNoFault();
    }
}
