using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Accounting;

/// <summary>A month of a ledger as a posting batch: what was billed, and what became of it.</summary>
public sealed class DatevBatchTests : IAsyncLifetime
{
    private static readonly DateOnly From = new(2026, 11, 1);
    private static readonly DateOnly To = new(2026, 11, 30);

    private readonly ILedger _ledger = Ledger.InMemory();

    // Dave owes 119 and Alex 59.50, since 1 November.
    public async ValueTask InitializeAsync() =>
        await BillingServerFixture.InvoiceAsync(_ledger, ("dave", 10_000), ("alex", 5_000));

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task Each_customer_has_a_debtor_in_the_order_in_which_they_were_made()
    {
        Assert.Equal([("10001", "59,50"), ("10000", "119,00")], Postings(await RowsAsync(new()))
            .OrderBy(row => row.Amount.Length).Select(row => (row.Account, row.Amount)));
        Assert.Equal(["20000", "20001"], (await RowsAsync(new() { FirstDebtor = 20000 }))
            .Select(row => row[6]).Order());
        Assert.Equal(["12345", "12345"], (await RowsAsync(new() { CommonDebtor = 12345 }))
            .Select(row => row[6]));
        var own = new Dictionary<string, int> { ["dave"] = 10777 };
        Assert.Equal(["10001", "10777"], (await RowsAsync(new() { Debtors = own })).Select(row => row[6]).Order());
        var clash = new Dictionary<string, int> { ["dave"] = 10001 };
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => RowsAsync(new() { Debtors = clash }));
        Assert.Equal("first_debtor: would make alex debtor 10001, which is dave's; "
            + "begin where no customer has a debtor of its own", fault.Message);
    }

    [Fact]
    public async Task Payments_write_offs_refunds_and_charge_backs_are_posted_when_asked()
    {
        await MoneyAsync();
        Assert.Equal(2, (await RowsAsync(new())).Count);
        Assert.Equal(
        [
            ("119,00", "S", "1200", "10000", "0511", Number("dave")),
            ("81,00", "S", "1200", "10000", "0511", "two-fifty"),
            ("50,00", "S", "1200", "10001", "0611", Number("alex")),
        ], await MoneyRowsAsync(new() { Payments = true }));
        Assert.Equal([("9,50", "S", "2400", "10001", "0911", Number("alex"))],
            await MoneyRowsAsync(new() { WriteOffs = true }));
        Assert.Equal(
        [
            ("81,00", "H", "1200", "10000", "0711", "back"),
            ("50,00", "H", "1200", "10001", "0811", Number("alex")),
        ], await MoneyRowsAsync(new() { Refunds = true }));
        Assert.Equal(("1810", "6935"), (
            (await MoneyRowsAsync(new() { Refunds = true, Chart = "04",
                Accounts = new Dictionary<string, int> { ["bank"] = 1810 } }))[0].Account,
            (await MoneyRowsAsync(new() { WriteOffs = true, Chart = "04",
                Accounts = new Dictionary<string, int> { ["write-offs"] = 6935 } }))[0].Account));
    }

    [Fact]
    public async Task All_that_is_posted_of_a_debtor_comes_to_what_the_customer_owes()
    {
        await MoneyAsync();
        var owed = (await RowsAsync(new() { Payments = true, WriteOffs = true, Refunds = true }))
            .Select(row => (Debtor: row[6].Length == 5 ? row[6] : row[7],
                Amount: decimal.Parse(row[0].Replace(',', '.'), CultureInfo.InvariantCulture)
                    * (row[1] == "\"S\"" == (row[6].Length == 5) ? 1 : -1)))
            .GroupBy(row => row.Debtor, row => row.Amount)
            .ToDictionary(rows => rows.Key, rows => rows.Sum());
        foreach (var (customer, debtor) in ((string, string)[])[("dave", "10000"), ("alex", "10001")])
        {
            var statement = (await _ledger.Billing.GetStatementAsync(customer, to: To))!;
            Assert.Equal(statement.Closing.Value, owed.GetValueOrDefault(debtor));
        }
    }

    [Fact]
    public async Task Money_of_other_accounts_has_the_account_that_is_named_for_it()
    {
        await _ledger.PutAccountAsync(new AccountRequest { Account = "n26", Overdraft = Overdraft.Unlimited });
        await _ledger.TransferAsync("@world", "wallet", Money.Of(50));
        foreach (var (from, at) in ((string, int)[])[("n26", 1), ("wallet", 2), ("@world", 3)])
            await PayAsync($"p{at}", "dave", 10, 5, from);
        Assert.Equal(["1200", "1700", "1200"],
            (await MoneyRowsAsync(new() { Payments = true })).Select(row => row.Account));
        var named = new Dictionary<string, int> { ["wallet"] = 1701, ["@world"] = 1000 };
        Assert.Equal(["1200", "1701", "1000"],
            (await MoneyRowsAsync(new() { Payments = true, MoneyAccounts = named })).Select(row => row.Account));
    }

    [Theory]
    [InlineData("debtors.dva", "'dva' is not a customer")]
    [InlineData("money_accounts.walet", "'walet' is not an account of the ledger; did you mean 'wallet'?")]
    [InlineData("accounts.S99", "'S99' is not a rate that the seller has or had")]
    public async Task A_setting_for_what_the_ledger_does_not_have_is_refused(string field, string message)
    {
        await _ledger.TransferAsync("@world", "wallet", Money.Of(50));
        var known = field.Split('.')[1];
        var numbers = new Dictionary<string, int> { [known] = field.StartsWith('d') ? 10042 : 1701 };
        DatevSettings settings = field[0] switch
        {
            'd' => new() { Debtors = numbers },
            'm' => new() { MoneyAccounts = numbers },
            _ => new() { Accounts = numbers },
        };
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => RowsAsync(settings));
        Assert.Equal(field, fault.Field);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_in_another_currency_does_not_stop_a_month()
    {
        await _ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Customer = "dave", Amount = Money.Of(100, "USD"), Description = "room", Date = From, Tax = "exempt",
        });
        await _ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = To, Date = From });
        var result = await LedgerExport.DatevAsync(_ledger, new MemoryStream(), From, To, new());
        Assert.Equal((2, ("2026-000003", "is in USD, and no rate is known")),
            (result.Written, Assert.Single(result.LeftOut) is var left ? (left.Number, left.Why) : default));
        var rates = new Dictionary<string, decimal> { ["USD"] = 1.25m };
        Assert.Equal("80,00", (await RowsAsync(new() { Rates = rates }))[^1][4]);
    }

    [Fact]
    public async Task An_amount_that_the_field_cannot_hold_is_left_out_and_named()
    {
        foreach (var amount in new[] { 9_999_999_999.99m, 10_000_000_000m })
        {
            await _ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = "dave", Amount = Money.Of(amount), Description = "house", Date = From, Tax = "exempt",
            });
            await _ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = To, Date = From });
        }
        var result = await LedgerExport.DatevAsync(_ledger, new MemoryStream(), From, To, new());
        Assert.Equal((3, ("2026-000004", "has a posting of 10000000000,00, and the field holds 9999999999,99 at most")),
            (result.Written, Assert.Single(result.LeftOut) is var left ? (left.Number, left.Why) : default));
        Assert.Equal("9999999999,99", (await RowsAsync(new()))[^1][0]);
    }

    [Fact]
    public async Task Command_line_HTTP_and_NET_make_the_same_postings()
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 10_000));
        var expected = await RowsAsync(ledger, new()
        {
            Consultant = 4711, Debtors = new Dictionary<string, int> { ["dave"] = 10042 }, Payments = true,
        });
        const string json = """{"consultant":4711,"debtors":{"dave":10042},"payments":true}""";

        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("datev.json"), json);
        foreach (var words in (string[][])[["--settings", directory.File("datev.json")],
            ["--consultant", "4711", "--debtor", "dave=10042", "--payments"]])
        {
            var output = directory.File($"{words.Length}.csv");
            await CommandRun.DoneAsync($"{server.Http.BaseAddress}bank", ["export", "--format", "datev", "--from", "2026-11-01",
                "--to", "2026-11", "--output", output, .. words]);
            Assert.Equal(expected, Rows(await File.ReadAllBytesAsync(output)));
        }
        using var answer = await server.Http.PostAsync("/v1/ledgers/bank/exports/datev?from=2026-11-01&to=2026-11-30",
            new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal("text/csv; charset=windows-1252", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(expected, Rows(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task HTTP_names_what_was_left_out_and_refuses_wrong_settings_by_their_name()
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Customer = "dave", Amount = Money.Of(100, "USD"), Description = "room", Date = From, Tax = "exempt",
        });
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = To, Date = From });
        const string path = "/v1/ledgers/bank/exports/datev";
        using var answer = await server.Http.PostAsync($"{path}?from=2026-11-01&to=2026-11-30", Body("{}"));
        Assert.Equal("2026-000001", Assert.Single(answer.Headers.GetValues("Settle-Left-Out")));
        foreach (var (query, body, field) in ((string, string, string)[])
            [("", "{}", "from"), ("?from=2026-11-01&to=2026-11-30", """{"chart":"5"}""", "chart"),
                ("?from=2026-11-01&to=2026-11-30", """{"rates":{"USD":"x"}}""", "rates.USD"),
                ("?from=2026-11-01&to=2027-11-30", "{}", "to")])
        {
            using var refused = await server.Http.PostAsync(path + query, Body(body));
            Assert.Equal(400, (int)refused.StatusCode);
            var problem = await refused.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
            Assert.Equal(field, problem.GetProperty("field").GetString());
        }

        static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");
    }

    private async Task MoneyAsync()
    {
        await PayAsync("two-fifty", "dave", 200, 5);
        await PayAsync("half", "alex", 50, 6);
        await _ledger.Billing.RefundAsync(new RefundRequest
            { Id = "back", Customer = "dave", Amount = Money.Of(81), Date = new DateOnly(2026, 11, 7) });
        await _ledger.Billing.ChargebackAsync(new ChargebackRequest
            { Id = "bounced", Payment = "half", Date = new DateOnly(2026, 11, 8) });
        await _ledger.Billing.PayAsync(new PaymentRequest
        {
            Id = "gone", Invoice = Number("alex"), Amount = Money.Of(9.50m), WriteOff = true,
            Date = new DateOnly(2026, 11, 9),
        });
    }

    private Task<Payment> PayAsync(string id, string customer, decimal amount, int day, string? from = null) =>
        _ledger.Billing.PayAsync(new PaymentRequest
        {
            Id = id, Customer = customer, Amount = Money.Of(amount), Date = new DateOnly(2026, 11, day), From = from,
        });

    private static string Number(string customer) => customer == "dave" ? "2026-000001" : "2026-000002";

    private async Task<List<(string, string, string Account, string, string, string)>> MoneyRowsAsync(
        DatevSettings settings) =>
        [.. (await RowsAsync(settings)).Where(row => row[6].Length == 4).Select(row =>
            (row[0], row[1].Trim('"'), row[6], row[7], row[9], row[10].Trim('"')))];

    private static IEnumerable<(string Account, string Amount)> Postings(List<string[]> rows) =>
        rows.Select(row => (row[6], row[0]));

    private Task<List<string[]>> RowsAsync(DatevSettings settings) => RowsAsync(_ledger, settings);

    private static async Task<List<string[]>> RowsAsync(ILedger ledger, DatevSettings settings)
    {
        var output = new MemoryStream();
        await LedgerExport.DatevAsync(ledger, output, From, To, settings);
        return Rows(output.ToArray());
    }

    private static List<string[]> Rows(byte[] file)
    {
        var lines = Encoding.Latin1.GetString(file).Split("\r\n")[2..^1];
        Assert.All(lines, line => DatevFields.AssertValid("ledger", line));
        return [.. lines.Select(line => line.Split(';'))];
    }
}
