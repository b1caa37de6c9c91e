using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Settle.Local;
using Settle.Server;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>docs/costs.md says what each request costs, and this counts it.</summary>
public sealed class CostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Dictionary<string, (long Rows, long AtOnce)> Table => File
        .ReadAllLines(Path.Combine(Repository.Root, "docs/costs.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`').Replace("...", "/v1/ledgers/{ledger}"),
            cells => (Number(cells[2]), Number(cells[3])));

    // Those of reminders and SEPA orders are counted too.
    private static Dictionary<string, string> Runs => new()
    {
        ["POST /v1/ledgers/{ledger}/reminder-runs"] = """{"id":"d-1","date":"2026-12-24"}""",
        ["POST /v1/ledgers/{ledger}/debit-runs"] = """{"id":"d-2","through":"2026-12-24"}""",
        ["POST /v1/ledgers/{ledger}/payout-runs"] = """{"id":"d-3","from":"2026-01-01"}""",
        ["POST /v1/ledgers/{ledger}/reminder-holds"] = """{"id":"d-4","invoice":"2026-000001"}""",
    };

    // It says itself that it looks at every account.
    private const string OfAllAccounts = "GET /v1/ledgers/{ledger}/reports/trial-balance";

    [Fact]
    public async Task Every_operation_has_a_row()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal((await OperationsAsync(server)).Order(), Table.Keys.Order());
    }

    [Fact]
    public async Task What_is_counted_is_what_the_table_says_however_many_accounts_there_are()
    {
        var few = await CountAsync(2_000);
        var many = await CountAsync(20_000);
        var faults = new List<string>();
        foreach (var (operation, (rows, atOnce)) in Table)
        {
            if (!many.TryGetValue(operation, out var counted)) continue;
            if (counted.Rows > rows || counted.AtOnce > atOnce) faults.Add($"{operation}: {counted}");
            if (operation != OfAllAccounts && counted.Rows > few[operation].Rows + 64)
                faults.Add($"{operation} grows: {few[operation]}, {counted}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(Table.Keys.Where(key => key.StartsWith("GET /v1/ledgers/", StringComparison.Ordinal)
            && !key.EndsWith("/events", StringComparison.Ordinal)).Concat(Runs.Keys).Order(), many.Keys.Order());
        // The runs look at every customer, invoice and refund.
        Assert.All(Runs.Keys.Where(run => run.EndsWith("-runs", StringComparison.Ordinal)),
            run => Assert.InRange(many[run].Rows, 1, 100));
        // The lists are really read, or nothing was counted.
        Assert.InRange(many["GET /v1/ledgers/{ledger}/balances"].Rows, 1000, 1200);
        Assert.InRange(many["GET /v1/ledgers/{ledger}/accounts/{account}/entries"].Rows, 1000, 1300);
    }

    [Fact]
    public async Task A_page_ends_where_nothing_fits_and_all_pages_together_are_the_list()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await FillAsync(ledger, 10_000);
        var height = (await ledger.GetInfoAsync(Stop)).Height;
        await FillAsync(ledger, 20_000);
        Assert.Empty(await ledger.AllTransfersAsync(new TransferQuery { Status = EntryStatus.Rejected }, Stop)
            .ToListAsync(Stop));
        var page = await ledger.ListTransfersAsync(new TransferQuery { Status = EntryStatus.Rejected }, Stop);
        Assert.NotNull(page.Next);
        Assert.Equal(20_000, await ledger.AllTransfersAsync(
            new TransferQuery { Status = EntryStatus.Successful, Limit = 1000 }, Stop).CountAsync(Stop));
        var then = await ledger.ListBalancesAsync(AsOf.AtHeight(height), Stop);
        var now = await ledger.ListBalancesAsync(AsOf.Now, Stop);
        Assert.Equal((20_001, 0m), (now.Count, now.Sum(each => each.Amount.Value)));
        Assert.Equal(0m, then.Sum(each => each.Amount.Value));
        Assert.Equal(10_001, then.Count);
    }

    [Fact]
    public async Task All_pages_of_balances_are_of_one_moment_while_money_moves()
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        await FillAsync(ledger, 3_000);
        using var over = new CancellationTokenSource();
        var moving = Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
                await ledger.TransferAsync($"a{i % 3000}", $"a{i * 7919 % 3000 + 3000}", Money.Of(1), $"m-{i}", Stop);
        }, Stop);
        for (var time = 0; time < 5; time++)
        {
            var all = new List<Balance>();
            string? after = null;
            do
            {
                var page = await ledger.ListBalancesAsync(new BalanceQuery { Limit = 97, After = after }, Stop);
                all.AddRange(page.Items);
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(0m, all.Sum(each => each.Amount.Value));
            Assert.Equal(all.Select(each => each.Account).Order(StringComparer.Ordinal), all.Select(each => each.Account));
        }
        await over.CancelAsync();
        await moving;
    }

    private static async Task<Dictionary<string, (long Rows, long AtOnce)>> CountAsync(int accounts)
    {
        await using var server = await RunningServer.StartAsync();
        await using (var client = server.Client())
        {
            await BillingServerFixture.InvoiceAsync(client, ("dave", 1000), ("alex", 500));
            await client.Billing.PayAsync(new PaymentRequest { Id = "p-1", Customer = "dave", Amount = Minor(9000) }, Stop);
            await client.Billing.RefundAsync(new RefundRequest { Id = "f-1", Customer = "dave", Amount = Minor(100) }, Stop);
            await FillAsync(client, accounts);
            for (var i = 0; i < 1200; i++)
                await client.HoldAsync(new HoldRequest { Id = $"h-{i}", From = "@world", To = "a1", Amount = Minor(1) }, Stop);
            await client.TransferBatchAsync(Enumerable.Range(0, 3000).Select(i => new TransferRequest
                { Id = $"b-{i}", From = "@world", To = "Alex", Amount = Minor(1) }).ToArray(), Stop);
        }
        var ledger = (LocalLedger)server.Server.Services.GetRequiredService<LedgerHost>().Get("bank");
        var counted = new Dictionary<string, (long, long)>();
        foreach (var operation in (await OperationsAsync(server)).Where(each =>
            each.StartsWith("GET /v1/ledgers/", StringComparison.Ordinal) && !each.EndsWith("/events", StringComparison.Ordinal)))
        {
            var address = operation[4..].Replace("{ledger}", "bank").Replace("{account}", "Alex").Replace("{id}", "h-1")
                .Replace("/transfers/h-1", "/transfers/b-1").Replace("/charges/h-1", "/charges/c-1")
                .Replace("{customer}", "dave").Replace("{height}", "2").Replace("{number}", "2026-000001")
                .Replace("{site}", "main");
            var isPaged = !operation.EndsWith('}') && operation.Split('/').Length > 4
                && !operation.Contains("seller") && !operation.Contains("statement") && !operation.EndsWith(".pdf")
                && !operation.EndsWith(".xml") && !operation.Contains("/exports/")
                && !operation.EndsWith("/overview") && !operation.EndsWith("/history")
                && !operation.Contains("/reports/") && !operation.EndsWith("/verification")
                && (!operation.Contains("/sites") || operation.EndsWith("/blocks") || operation.EndsWith("/allowances"));
            var work = ledger.Reader.Work;
            work.Clear();
            using var response = await server.Http.GetAsync(address + (operation.EndsWith("/search") ? "?q=a1"
                : operation.EndsWith("/income") || operation.EndsWith("/vat") ? "?from=2026-01-01&to=2026-12-31"
                : isPaged ? "?limit=1000" : ""), Stop);
            Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode == 404,
                $"{address}: {await response.Content.ReadAsStringAsync(Stop)}");
            counted[operation] = (work.Rows, work.RowsInSliceMax);
        }
        foreach (var (run, body) in Runs)
        {
            var work = ledger.Reader.Work;
            work.Clear();
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await server.Http.PostAsync(run[5..].Replace("{ledger}", "bank"), content, Stop);
            Assert.True(response.IsSuccessStatusCode, $"{run}: {await response.Content.ReadAsStringAsync(Stop)}");
            counted[run] = (work.Rows, work.RowsInSliceMax);
        }
        return counted;
    }

    private static async Task FillAsync(ILedger ledger, int accounts)
    {
        foreach (var chunk in Enumerable.Range(0, accounts).Chunk(10_000))
            await ledger.TransferBatchAsync(Array.ConvertAll(chunk, i => new TransferRequest
                { Id = $"t-{i}", From = "@world", To = $"a{i}", Amount = Money.Of(5) }), Stop);
    }

    private static async Task<List<string>> OperationsAsync(RunningServer server)
    {
        var document = await server.GetAsync("/openapi/v1.json");
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))];
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
