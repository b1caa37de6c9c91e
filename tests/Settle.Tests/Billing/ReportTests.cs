using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Cli;
using Settle.Tests.Invoicing;
using Settle.Tests.Journals;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Billing;

/// <summary>Reports agree with balances, statements and hledger to the cent.</summary>
public sealed class ReportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task Reports_agree_with_balances_statements_and_hledger(int seed)
    {
        var random = new Random(seed);
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("year", store, null, new LedgerOptions(), Stop);
        await YearAsync(ledger, random);
        var ageing = await ledger.Reports.GetAgeingAsync("EUR", Stop);
        foreach (var customer in (string[])["dave", "alex", "ann", "bob"])
        {
            var statement = (await ledger.Billing.GetStatementAsync(customer, "EUR", null, new DateOnly(2028, 12, 31), Stop))!;
            var row = ageing.Rows.SingleOrDefault(each => each.Customer == customer);
            Assert.Equal(statement.Closing.Value, row?.Total.Value ?? 0);
        }
        Assert.Equal(ageing.Rows.Sum(row => row.Total.Value), ageing.Total.Value);
        foreach (var (from, to) in new[] { (1, 31), (32, 200), (1, 700), (100, 100) }.Select(each =>
            (new DateOnly(2025, 12, 31).AddDays(each.Item1), new DateOnly(2025, 12, 31).AddDays(each.Item2))))
        {
            var profit = await ledger.Reports.GetProfitAndLossAsync(from, to, "EUR", Stop);
            var revenue = await BalanceAsync(ledger, "revenue", to) - await BalanceAsync(ledger, "revenue", from.AddDays(-1));
            Assert.Equal(revenue, profit.Rows.SingleOrDefault(row => row.Account == "revenue")?.Amount.Value ?? 0);
            Assert.Equal(profit.Rows.Sum(row => row.Expense ? -row.Amount.Value : row.Amount.Value), profit.Profit.Value);
            var vat = await ledger.Reports.GetVatAsync(from, to, "EUR", Stop);
            decimal tax = 0;
            var (first, last) = (new DateOnly(from.Year, from.Month, 1).AddDays(-1), new DateOnly(to.Year, to.Month, 1).AddMonths(1).AddDays(-1));
            foreach (var name in new[] { "tax:S:19", "tax:S:7" })
                tax += await BalanceAsync(ledger, name, last) - await BalanceAsync(ledger, name, first);
            Assert.Equal((tax, tax), (vat.Tax.Value, vat.Rows.Sum(row => row.Tax.Value)));
            await CompareAsync(ledger, from, to, profit, vat);
        }
        foreach (var on in new DateOnly?[] { null, new DateOnly(2026, 5, 5) })
        {
            var trial = await ledger.Reports.GetTrialBalanceAsync(on, "EUR", Stop);
            var balances = (await ledger.ListBalancesAsync(AsOf.Now with { ValueDate = on }, Stop))
                .Where(each => each.Asset == "EUR" && !each.Amount.IsZero).ToList();
            Assert.Equal(trial.Debit, trial.Credit);
            Assert.Equal(balances.Where(each => each.Amount.Value < 0).Sum(each => -each.Amount.Value), trial.Debit.Value);
            Assert.Equal(balances.Count, trial.Rows.Sum(row => row.Accounts));
            Assert.Contains(trial.Rows, row => row.Account == "receivable:*");
        }
    }

    [Fact]
    public async Task An_ageing_is_that_of_the_statements()
    {
        await using var ledger = Settle.Ledger.InMemory();
        await BillingServerFixture.PrepareAsync(ledger);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var (age, amount) in new[] { (0, 100), (20, 200), (50, 400), (80, 800), (200, 1600) })
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
                { Customer = age % 20 == 0 ? "dave" : "alex", Amount = Minor(amount), Description = "x", Date = today.AddDays(-age) }, Stop);
            await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = today, Date = today.AddDays(-age) }, cancellationToken: Stop);
        }
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "alex", Amount = Minor(5), Date = today }, Stop);
        var report = await ledger.Reports.GetAgeingAsync(cancellationToken: Stop);
        Assert.Equal(["dave", "alex"], report.Rows.OrderByDescending(row => row.Total.Value).Select(row => row.Customer));
        foreach (var row in report.Rows)
        {
            var statement = (await ledger.Billing.GetStatementAsync(row.Customer, null, null, report.Date, Stop))!;
            Assert.Equal((statement.Ageing, statement.Closing), (row.Ageing, row.Total));
        }
    }

    [Fact]
    public async Task A_ledger_without_billing_counts_what_accounts_have()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        foreach (var name in new[] { "shop:till", "shop:safe", "Alex", "=cmd" })
            await ledger.TransferAsync("@world", name, Money.Of(5), cancellationToken: Stop);
        var trial = await ledger.Reports.GetTrialBalanceAsync(cancellationToken: Stop);
        Assert.Equal(["=cmd: 5.00 0.00 (1)", "@world: 0.00 20.00 (1)", "Alex: 5.00 0.00 (1)", "shop:*: 10.00 0.00 (2)"],
            trial.Rows.Select(row => $"{row.Account}: {row.Debit.Digits} {row.Credit.Digits} ({row.Accounts})"));
        foreach (var ask in new[] { "?format=csv", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/ledgers/bank/reports/trial-balance" + ask);
            request.Headers.Accept.ParseAdd("text/csv");
            using var response = await server.Http.SendAsync(request, Stop);
            Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("account,accounts,debit,credit,asset\n'=cmd,1,5.00,0.00,USD\n@world,1,0.00,20.00,USD\n"
                + "Alex,1,5.00,0.00,USD\nshop:*,2,10.00,0.00,USD\ntotal,,20.00,20.00,USD\n",
                await response.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task The_command_line_has_the_reports_too()
    {
        using var directory = new TemporaryDirectory();
        var bank = directory.File("bank.db");
        await using (var ledger = await Settle.Ledger.OpenAsync(bank, cancellationToken: Stop))
        {
            await BillingServerFixture.InvoiceAsync(ledger, ("dave", 10_000));
            await ledger.Billing.PayAsync(new PaymentRequest
                { Customer = "dave", Amount = Money.Of(19), WriteOff = true, Date = new DateOnly(2026, 11, 6) }, Stop);
        }
        Assert.Equal("kind,account,amount,asset\nincome,revenue,100.00,EUR\nexpense,write-offs,19.00,EUR\nprofit,,81.00,EUR\n",
            (await CommandRun.DoneAsync(bank, "report", "income", "--from", "2026-01-01", "--to", "2026-12", "--csv"))
                .Output.ReplaceLineEndings("\n"));
        Assert.Equal("month,category,rate,tax,asset\n2026-11,S,19,19.00,EUR\ntotal,,,19.00,EUR\n",
            (await CommandRun.DoneAsync(bank, "report", "vat", "--from", "2026-01-01", "--to", "2026-12", "--csv"))
                .Output.ReplaceLineEndings("\n"));
        Assert.Contains("dave", (await CommandRun.DoneAsync(bank, "report", "ageing")).Output, StringComparison.Ordinal);
        Assert.Contains("receivable:*", (await CommandRun.DoneAsync(bank, "report", "trial-balance")).Output, StringComparison.Ordinal);
        Assert.Contains("\"profit\":8100", (await CommandRun.DoneAsync(bank, "report", "income",
            "--from", "2026-01-01", "--to", "2026-12-31", "--json")).Output, StringComparison.Ordinal);
    }

    private static async Task YearAsync(LocalLedger ledger, Random random)
    {
        await BillingServerFixture.PrepareAsync(ledger);
        foreach (var name in (string[])["ann", "bob"])
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
                { Customer = name, Party = new Party { Name = name, Country = "DE" } }, Stop);
        }
        for (var step = 0; step < 120; step++)
        {
            try
            {
                await BookkeepersYearTests.ActAsync(ledger, random, step,
                    new DateOnly(2026, 1, 1).AddDays((step * 2) + random.Next(60)));
            }
            catch (SettleException refused)
            {
                Assert.NotEmpty(refused.Code);
            }
        }
    }

    private static async Task CompareAsync(
        ILedger ledger, DateOnly from, DateOnly to, ProfitAndLoss profit, VatReport vat)
    {
        if (!ExternalProgram.IsInstalled("hledger")) return;
        using var folder = new TemporaryDirectory();
        await using (var file = File.Create(folder.File("h.journal")))
            await LedgerExport.HledgerAsync(ledger, file, null, null, null, Stop);
        Assert.Equal(profit.Profit.Value, -await SumAsync("^income|^expenses", from, to.AddDays(1)));
        Assert.Equal(vat.Tax.Value, -await SumAsync("^liabilities:tax", new DateOnly(from.Year, from.Month, 1),
            new DateOnly(to.Year, to.Month, 1).AddMonths(1)));

        async Task<decimal> SumAsync(string accounts, DateOnly begin, DateOnly end)
        {
            var csv = await ExternalProgram.Hledger.RunAsync("balance", "-f", folder.File("h.journal"), accounts,
                "cur:EUR", "-b", $"{begin:yyyy-MM-dd}", "-e", $"{end:yyyy-MM-dd}", "-O", "csv", "--layout=bare");
            var total = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(',');
            return decimal.Parse(total[^1].Trim('"', '\r'), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static async Task<decimal> BalanceAsync(LocalLedger ledger, string account, DateOnly on) =>
        (await ledger.GetAccountAsync(account, AsOf.Now with { ValueDate = on }, Stop))?.Balances
            .FirstOrDefault(each => each.Asset == "EUR")?.Balance.Value ?? 0;
}
