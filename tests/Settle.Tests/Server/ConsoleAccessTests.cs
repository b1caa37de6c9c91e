using System.Text.Json;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>Every screen is for everybody: axe finds no fault, and nothing is wider than the screen.</summary>
public sealed class ConsoleAccessTests
{
    private static readonly string Axe = Path.Combine(Repository.Root, "src/Settle.Console/node_modules/axe-core/axe.min.js");

    private static readonly string[] Screens =
    [
        "", "accounts", "accounts?do=new", "accounts/Alex", "accounts/Alex?view=t", "accounts/Alex?do=terms", "transfers", "transfers?do=new",
        "transfers/t-1", "transfers/t-1?do=revert", "holds", "holds?do=new", "customers", "customers?do=new", "customers/dave",
        "customers/dave?do=pay", "charges", "charges?do=new", "subscriptions", "subscriptions?do=new", "quotes", "quotes?do=new", "run", "invoices",
        "invoices/2026-000001", "invoices/2026-000001?do=credit", "payments", "bank", "reminders", "reminders?do=run", "check", "reports",
        "blocks", "blocks/2", "entries/t-1", "verify", "settings", "settings?do=seller", "nowhere",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1440, "light", "en")]
    [InlineData(768, "dark", "de")]
    [InlineData(390, "light", "de")]
    [InlineData(320, "dark", "en")]
    public async Task No_screen_shuts_anybody_out(int width, string scheme, string language)
    {
        Assert.SkipUnless(File.Exists(Axe), "npm did not install axe-core");
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        var longest = new string('W', 120);
        await ledger.TransferAsync("@world", "Alex", Money.Of(100, "EUR"), "t-1", Stop);
        await ledger.TransferAsync("Alex", longest, Money.Of(1, "EUR"), cancellationToken: Stop);
        await ledger.HoldAsync(new HoldRequest { From = "Alex", To = longest, Amount = Money.Of(1, "EUR") }, Stop);
        await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Id = "c-1", Customer = "dave", Amount = Minor(1000), Description = longest, Date = new DateOnly(2026, 10, 12),
        }, Stop);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 30), Date = new DateOnly(2026, 11, 1),
        }, cancellationToken: Stop);
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "dave", Amount = Minor(100) }, Stop);
        await using var page = await ConsolePage.OpenAsync(server);
        await page.Browser.ShowAsAsync(width, scheme);
        await page.Browser.EvaluateAsync($"localStorage.setItem('settle:language', '{language}'), location.reload()");
        await page.WaitAsync($"document.documentElement.lang === '{language}'");
        await page.Browser.EvaluateAsync(await File.ReadAllTextAsync(Axe, Stop) + "\n; true");

        var found = new List<string>();
        foreach (var screen in Screens)
        {
            await page.GoAsync($"bank/{screen}");
            await page.WaitAsync("document.querySelector('main h1, main .empty') && !document.querySelector('.loading')"
                + (screen.Contains("do=", StringComparison.Ordinal) ? " && !!document.querySelector('dialog[open]')" : ""));
            var answer = await page.Browser.EvaluateAsync("""
                axe.run({ iframes: false }).then((run) => JSON.stringify({
                  width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                  faults: run.violations.map((fault) => `${fault.id}: ${fault.nodes[0].html} ${fault.nodes[0].failureSummary}`) }))
                """);
            using var said = JsonDocument.Parse(answer.GetString()!);
            if (said.RootElement.GetProperty("width").GetInt32() > 0) found.Add($"{screen}: wider than the screen");
            found.AddRange(said.RootElement.GetProperty("faults").EnumerateArray().Select(fault => $"{screen}: {fault}"));
        }
        Assert.Empty(found);
        Assert.Empty(page.Browser.Errors);
    }
}
