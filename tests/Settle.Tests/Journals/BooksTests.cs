using System.Globalization;
using System.Text;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Cli;
using Settle.Tests.Invoicing;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Journals;

/// <summary>
/// The journals of a ledger with billing are the books of a company: hledger and beancount show
/// its profit, and what it has and owes.
/// </summary>
public sealed class BooksTests : IDisposable
{
    private static readonly (string Id, string From, string To, long Amount)[] Transfers =
        [("t1", "@world", "Alex", 5000), ("t2", "Alex", "shop:till", 1250)];

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Revenue_is_income_and_what_customers_owe_is_an_asset()
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 10_000), ("alex", 5_000));
        await ledger.Billing.PayAsync(new PaymentRequest
            { Customer = "dave", Amount = Money.Of(150), Date = new DateOnly(2026, 11, 5) });
        await ledger.Billing.PayAsync(new PaymentRequest
            { Customer = "alex", Amount = Money.Of(40), WriteOff = true, Date = new DateOnly(2026, 11, 6) });
        await ledger.TransferAsync("@world", "wallet of eve", Money.Of(70));
        await ledger.PutAccountAsync(new AccountRequest { Account = "till", Overdraft = Overdraft.Unlimited });
        await ledger.Billing.PayAsync(new PaymentRequest
            { Customer = "alex", Amount = Money.Of(9.50m), From = "till", Date = new DateOnly(2026, 11, 7) });
        var expected = new Dictionary<string, decimal>
        {
            ["assets:bank"] = 220, ["assets:accounts:till"] = 9.50m, ["assets:receivable:dave"] = 0,
            ["assets:receivable:alex"] = 10, ["liabilities:prepayments:dave"] = -31,
            ["liabilities:accounts:wallet of eve"] = -70, ["liabilities:tax:S:19"] = -28.50m,
            ["income:revenue"] = -150, ["expenses:write-offs"] = 40,
        };

        Assert.Equal(expected.OrderBy(each => each.Key, StringComparer.Ordinal),
            (await HledgerAsync(ledger)).OrderBy(each => each.Key, StringComparer.Ordinal));
        var profit = await ExternalProgram.Hledger.RunAsync("incomestatement", "-f", _folder.File("h.journal"), "-O", "csv");
        Assert.Contains("\"income:revenue\",\"150.00 EUR\"", profit, StringComparison.Ordinal);
        Assert.Contains("\"Net:\",\"110.00 EUR\"", profit, StringComparison.Ordinal);
        var balance = await ExternalProgram.Hledger.RunAsync("balancesheet", "-f", _folder.File("h.journal"), "-O", "csv");
        Assert.Contains("\"liabilities:prepayments:dave\",\"31.00 EUR\"", balance, StringComparison.Ordinal);
        Assert.Contains("\"Net:\",\"110.00 EUR\"", balance, StringComparison.Ordinal);
        var beancount = await BeancountAsync(ledger);
        Assert.Equal(
            [("Assets", 239.50m), ("Expenses", 40), ("Income", -150), ("Liabilities", -129.50m)],
            beancount.GroupBy(each => each.Key.Split(':')[0], each => each.Value)
                .Select(roots => (roots.Key, roots.Sum())).Order());
        Assert.Equal(-31, beancount["Liabilities:Prepayments:Dave-"]);
        Assert.Equal(220, beancount["Assets:Bank"]);
    }

    [Fact]
    public async Task An_invoice_counts_on_its_own_date_whenever_it_was_made()
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.ChargeAsync(new ChargeRequest
            { Customer = "dave", Amount = Money.Of(100), Description = "desk", Date = new DateOnly(2025, 10, 5) });
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = new DateOnly(2025, 10, 31), Date = new DateOnly(2025, 10, 31) });
        Assert.Equal(119, (await HledgerAsync(ledger, "2025-11-01"))["assets:receivable:dave"]);
        Assert.Empty(await HledgerAsync(ledger, "2025-10-31"));
        var bank = _folder.File("bank.db");
        await using (var file = await Ledger.OpenAsync(bank))
        {
            await BillingServerFixture.InvoiceAsync(file, ("dave", 10_000));
            await file.Billing.PayAsync(new PaymentRequest
                { Id = "p", Customer = "dave", Amount = Money.Of(1), Date = new DateOnly(2026, 11, 3) });
        }
        var log = (await CommandRun.DoneAsync(bank, "log", "--csv")).Output;
        Assert.Contains(",2026-10-12,charge,", log, StringComparison.Ordinal);
        Assert.Contains(",2026-11-01,invoice,", log, StringComparison.Ordinal);
        Assert.Contains(",2026-11-03,payment,p,", log, StringComparison.Ordinal);
        log = (await CommandRun.DoneAsync(bank, "log", "revenue", "--csv")).Output;
        Assert.Contains("\n2026-11-01,", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task On_every_day_the_books_say_what_the_statements_say(int seed)
    {
        var random = new Random(seed);
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("year", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await BillingServerFixture.PrepareAsync(ledger);
        foreach (var name in (string[])["ann", "bob"])
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
                { Customer = name, Party = new Party { Name = name, Country = "DE" } });
        }
        // Days come in any order, as they do when something is recorded late.
        for (var step = 0; step < 150; step++)
        {
            var day = new DateOnly(2026, 1, 1).AddDays((step * 2) + random.Next(60));
            try
            {
                await BookkeepersYearTests.ActAsync(ledger, random, step, day);
            }
            catch (SettleException refused)
            {
                Assert.NotEmpty(refused.Code);
            }
        }
        await AssertDatevAgreesAsync(ledger);
        foreach (var day in (int[])[40, 110, 190, 260, 400])
        {
            var date = new DateOnly(2026, 1, 1).AddDays(day);
            var books = await HledgerAsync(ledger, date.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.Equal(0, books.Values.Sum());
            foreach (var name in (string[])["ann", "bob"])
            {
                var statement = (await ledger.Billing.GetStatementAsync(name, to: date))!;
                var owed = statement.Closing.Value;
                Assert.Equal((decimal.Max(0, owed), decimal.Min(0, owed)),
                    (books.GetValueOrDefault($"assets:receivable:{name}"),
                        books.GetValueOrDefault($"liabilities:prepayments:{name}")));
            }
        }
        var ledgers = (await ledger.ListBalancesAsync()).ToDictionary(each => each.Account, each => each.Amount.Value);
        var all = await HledgerAsync(ledger);
        Assert.Equal(-ledgers["revenue"], all["income:revenue"]);
        foreach (var (account, amount) in ledgers.Where(each => each.Key.StartsWith("tax:", StringComparison.Ordinal)))
            Assert.Equal(-amount, all[$"liabilities:{account}"]);
        Assert.Equal(0, (await BeancountAsync(ledger)).Values.Sum());
    }

    private static async Task AssertDatevAgreesAsync(LocalLedger ledger)
    {
        var end = new DateOnly(2026, 12, 31);
        var output = new MemoryStream();
        var result = await LedgerExport.DatevAsync(ledger, output, new DateOnly(2026, 1, 1), end,
            new DatevSettings { Payments = true, WriteOffs = true, Refunds = true });
        Assert.Empty(result.LeftOut);
        var sums = new Dictionary<string, decimal>();
        foreach (var fields in Encoding.Latin1.GetString(output.ToArray()).Split("\r\n")[2..^1]
            .Select(line => line.Split(';')))
        {
            var amount = decimal.Parse(fields[0].Replace(',', '.'), CultureInfo.InvariantCulture)
                * (fields[1] == "\"S\"" ? 1 : -1);
            sums[fields[6]] = sums.GetValueOrDefault(fields[6]) + amount;
            sums[fields[7]] = sums.GetValueOrDefault(fields[7]) - amount;
        }
        // The fixture made two customers before.
        foreach (var (name, debtor) in ((string, string)[])[("ann", "10002"), ("bob", "10003")])
            Assert.Equal((await ledger.Billing.GetStatementAsync(name, to: end))!.Closing.Value,
                sums.GetValueOrDefault(debtor));
        var taxed = new Dictionary<string, decimal>();
        await foreach (var summary in ledger.Billing.AllInvoicesAsync(new InvoiceQuery()))
        {
            if (summary.Date > end) continue;
            var invoice = (await ledger.Billing.GetInvoiceAsync(summary.Number))!;
            // What is asked for before the work is not revenue.
            if (invoice.Kind is InvoiceType.Deposit or InvoiceType.ReminderFee
                || (invoice.Corrects is { } corrects
                    && (await ledger.Billing.GetInvoiceAsync(corrects))!.Kind == InvoiceType.Deposit)) continue;
            var sign = invoice.Kind == InvoiceType.CreditNote ? 1 : -1;
            foreach (var tax in invoice.Taxes)
            {
                var account = (tax.Category, tax.Rate) switch
                    { ("S", 19) => "8400", ("S", _) => "8300", ("Z", _) => "8290", ("E", _) => "8100", _ => "8338" };
                taxed[account] = taxed.GetValueOrDefault(account) + (sign * (tax.Net + tax.Tax).Value);
            }
        }
        Assert.All(taxed, each => Assert.Equal((each.Key, each.Value), (each.Key, sums.GetValueOrDefault(each.Key))));
    }

    [Fact]
    public async Task Nasty_names_of_customers_and_accounts_stay_different_and_legal()
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.PrepareAsync(ledger);
        var names = NastyNames.Known.Where(name => name != "@world" && Encoding.UTF8.GetByteCount(name) < 60
            && NameRules.Fault(Encoding.UTF8.GetBytes(name)) is null).Distinct().ToList();
        foreach (var name in names)
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
                { Customer = name, Party = new Party { Name = name, Country = "DE" } });
            await ledger.Billing.PayAsync(new PaymentRequest { Customer = name, Amount = Money.Of(7) });
            if (!name.StartsWith("receivable:", StringComparison.Ordinal))
                await ledger.TransferAsync("@world", name, Money.Of(3));
        }
        Assert.True(names.Count > 10);
        var books = await HledgerAsync(ledger);
        Assert.Equal(names.Count, books.Count(each =>
            each is { Value: -7 } && each.Key.StartsWith("liabilities:prepayments:", StringComparison.Ordinal)));
        Assert.Equal(names.Count, (await BeancountAsync(ledger)).Count(each =>
            each is { Value: -7 } && each.Key.StartsWith("Liabilities:Prepayments:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Own_assets_and_foreign_currencies_are_kept_apart()
    {
        await using var ledger = Ledger.InMemory();
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.DeclareAssetAsync("points", 0);
        foreach (var asset in (string[])["EUR", "USD", "points"])
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = "dave", Amount = Money.Of(10, asset), Description = "desk",
                Date = new DateOnly(2026, 10, 5), Tax = "exempt",
            });
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = new DateOnly(2026, 10, 31) });
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "dave", Amount = Money.Of(25, "USD") });
        await CheckedAsync(ledger);
        var rows = await ExternalProgram.Hledger.RunAsync("balance", "-f", _folder.File("h.journal"), "--flat",
            "--no-total", "--layout", "bare", "-O", "csv");
        Assert.Contains("\"assets:bank\",\"USD\",\"25.00\"", rows, StringComparison.Ordinal);
        Assert.Contains("\"assets:receivable:dave\",\"EUR\",\"10.00\"", rows, StringComparison.Ordinal);
        Assert.Contains("\"liabilities:prepayments:dave\",\"USD\",\"-15.00\"", rows, StringComparison.Ordinal);
        Assert.Contains("\"income:revenue\",\"points\",\"-10\"", rows, StringComparison.Ordinal);
        await BeancountAsync(ledger);
    }

    [Theory]
    [InlineData("hledger", "text/plain")]
    [InlineData("beancount", "text/plain")]
    [InlineData("csv", "text/csv")]
    [InlineData("jsonl", "application/jsonl")]
    public async Task Over_HTTP_the_chain_is_the_same_file_as_on_the_command_line(string format, string mediaType)
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 10_000), ("alex", 5_000));
        using var answer = await server.Http.GetAsync($"/v1/ledgers/bank/exports/{format}");
        Assert.Equal($"{mediaType}; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var run = await CommandRun.DoneAsync($"{server.Http.BaseAddress}bank", "export", "--format", format);
        Assert.Equal(run.Output, await answer.Content.ReadAsStringAsync());
        Assert.Contains("receivable", run.Output, StringComparison.OrdinalIgnoreCase);
        var october = await server.Http.GetStringAsync($"/v1/ledgers/bank/exports/{format}?from=2026-10-01&to=2026-10-31");
        Assert.DoesNotContain("receivable", october, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(400, (int)(await server.Http.GetAsync($"/v1/ledgers/bank/exports/{format}?from=2026-10-02&to=2026-10-01")).StatusCode);
    }

    [Fact]
    public async Task The_journals_of_a_ledger_without_billing_are_what_they_were()
    {
        await using var ledger = Ledger.InMemory();
        foreach (var (id, from, to, amount) in Transfers)
        {
            await ledger.TransferAsync(new TransferRequest
            {
                Id = id, From = from, To = to, Amount = Minor(amount), Timestamp = Time("2026-10-31"),
                Memo = id == "t1" ? "deposit" : null,
            });
        }
        Assert.Equal("""

            commodity 1000.00 USD
            account @world
            account Alex

            2026-10-31 * (1-1) deposit
                ; id:t1
                @world  -50.00 USD
                Alex  50.00 USD

            account shop:till

            2026-10-31 * (2-0)
                ; id:t2
                Alex  -12.50 USD
                shop:till  12.50 USD

            """, After(await TextAsync(ledger, LedgerExport.HledgerAsync), "decimal-mark .\n"));
        Assert.Equal("""

            0001-01-01 open Equity:World
              account: "@world"
            0001-01-01 open Assets:Alex
              account: "Alex"

            2026-10-31 * "deposit"
              id: "t1"
              position: "1-1"
              Equity:World  -50.00 USD
              Assets:Alex  50.00 USD

            0001-01-01 open Assets:Shop-:Till-
              account: "shop:till"

            2026-10-31 * ""
              id: "t2"
              position: "2-0"
              Assets:Alex  -12.50 USD
              Assets:Shop-:Till-  12.50 USD

            """, After(await TextAsync(ledger, LedgerExport.BeancountAsync),
                "option \"operating_currency\" \"USD\"\n"));
    }

    private static string After(string text, string start) =>
        text[(text.IndexOf(start, StringComparison.Ordinal) + start.Length)..];

    private static async Task<string> TextAsync(ILedger ledger,
        Func<ILedger, Stream, DateOnly?, DateOnly?, IProgress<WorkProgress>?, CancellationToken, Task<long>> export)
    {
        var output = new MemoryStream();
        await export(ledger, output, null, null, null, default);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task CheckedAsync(ILedger ledger)
    {
        await File.WriteAllTextAsync(_folder.File("h.journal"), await TextAsync(ledger, LedgerExport.HledgerAsync));
        await ExternalProgram.Hledger.RunAsync("check", "--strict", "-f", _folder.File("h.journal"));
    }

    private async Task<Dictionary<string, decimal>> HledgerAsync(ILedger ledger, string? before = null)
    {
        await CheckedAsync(ledger);
        string[] period = before is null ? [] : ["-e", before];
        var rows = await ExternalProgram.Hledger.RunAsync(["balance", "-f", _folder.File("h.journal"), "--flat",
            "--no-total", "--layout", "bare", "-O", "csv", "--empty", .. period]);
        return rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => row.Trim('"').Split("\",\""))
            .ToDictionary(row => row[0], row => row[^1] == "0" ? 0
                : decimal.Parse(row[^1], CultureInfo.InvariantCulture));
    }

    private async Task<Dictionary<string, decimal>> BeancountAsync(ILedger ledger)
    {
        await File.WriteAllTextAsync(_folder.File("b.beancount"), await TextAsync(ledger, LedgerExport.BeancountAsync));
        Assert.Equal("", await ExternalProgram.BeanCheck.RunAsync(_folder.File("b.beancount")));
        var rows = await ExternalProgram.BeanQuery.RunAsync("-f", "csv", _folder.File("b.beancount"),
            "SELECT account, str(sum(number)) AS total GROUP BY account");
        return rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(','))
            .ToDictionary(row => row[0].Trim(),
                row => decimal.Parse(row[1].Split('\'')[1], CultureInfo.InvariantCulture));
    }
}
