using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Billing on the command line, on a real file.</summary>
public sealed class BillingCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_month_is_charged_invoiced_paid_and_credited()
    {
        await SetUpAsync();
        var charge = await DoneAsync("charge", "dave", "10", "meeting room", "--date",
            "2026-10-12", "--id", "c-1", "--json");
        Assert.Equal(1000, charge.Json.GetProperty("amount").GetInt64());
        await DoneAsync("charge", "dave", "12.50", "workshop", "--quantity", "2.5", "--unit",
            "HUR", "--date", "2026-10-13", "--discount", "1.25");
        await DoneAsync("charge", "dave", "8.90", "lunch", "--gross", "--tax", "7", "--date",
            "2026-10-14");
        await DoneAsync("subscribe", "dave", "310", "Desk", "--start", "2026-10-22", "--id",
            "desk-dave");
        Assert.Contains("meeting room", (await DoneAsync("charges")).Output);

        var dry = await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-11-01",
            "--dry-run");
        Assert.Contains("would make 1 invoice of 4 charges", dry.Output);
        var run = await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-11-01",
            "--json");
        var made = Assert.Single(run.Json.GetProperty("invoices").EnumerateArray());
        // 10.00 + 30.00 + 100.00 (10 of 31 days) at 19 %, and 8.90 with 7 % in it.
        Assert.Equal(14000 + 832, made.GetProperty("net").GetInt64());
        Assert.Equal(2660 + 58, made.GetProperty("tax").GetInt64());

        var shown = await DoneAsync("invoices", "2026-000001");
        Assert.Contains("invoice 2026-000001 of 2026-11-01, due 2026-11-15, open", shown.Output);
        Assert.Contains("amount", shown.Output);
        Assert.Contains("paid: dave 100.00 EUR",
            (await DoneAsync("pay", "2026-000001", "100", "--date", "2026-11-03")).Output);
        var payment = Assert.Single((await DoneAsync("payments", "dave", "--from", "2026-11-03", "--json"))
            .Json.EnumerateArray());
        Assert.Equal(10000, payment.GetProperty("amount").GetInt64());
        Assert.Empty((await DoneAsync("payments", "--to", "2026-11-02", "--json")).Json.EnumerateArray());
        Assert.Contains("2026-000001", (await DoneAsync("payments")).Output);
        var listed = Assert.Single((await DoneAsync("runs", "--json")).Json.EnumerateArray());
        Assert.Equal(run.Json.GetProperty("id").GetString(), listed.GetProperty("id").GetString());
        Assert.Equal((1, 4), (listed.GetProperty("invoices").GetInt32(), listed.GetProperty("charges").GetInt32()));
        Assert.Contains("2026-10-31", (await DoneAsync("runs")).Output);
        var credit = await DoneAsync("credit", "2026-000001", "11.90", "--reason", "heating",
            "--date", "2026-11-04");
        Assert.Contains("credited: 2026-000001 by C2026-000001, 11.90 EUR", credit.Output);
        var line = await DoneAsync("credit", "2026-000001", "--line", "1", "--date", "2026-11-04",
            "--id", "g-2", "--json");
        Assert.Equal("C2026-000002", line.Json.GetProperty("number").GetString());
        var refused = await CommandRun.OnAsync(Bank, "credit", "2026-000001", "--line", "1");
        Assert.Contains("[exceeds_line]", refused.Error, StringComparison.Ordinal);
        var statement = await DoneAsync("statement", "dave", "--to", "2026-11", "--json");
        Assert.Equal(17550 - 10000 - 1190 - line.Json.GetProperty("amount").GetInt64(), statement.Json.GetProperty("closing").GetInt64());
        await DoneAsync("statement", "dave");
        await DoneAsync("verify");
    }

    [Fact]
    public async Task The_cost_centre_of_a_subscription_is_that_of_each_of_its_charges()
    {
        await SetUpAsync();
        string[] words = ["subscribe", "dave", "249", "Desk", "--start", "2026-10-01", "--id", "desk"];
        var made = await DoneAsync([.. words, "--cost-centre", "4711", "--json"]);
        Assert.Equal("4711", made.Json.GetProperty("cost_centre").GetString());
        var file = _folder.File("subscriptions.csv");
        await File.WriteAllTextAsync(file, """
            subscription,customer,amount,description,start,cost_centre
            locker,dave,5,Locker,2026-10-01,Küche 1

            """, TestContext.Current.CancellationToken);
        await DoneAsync("import", file);
        var other = await CommandRun.OnAsync(Bank, [.. words, "--cost-centre", "4712"]);
        Assert.Equal(ExitStatus.Refused, other.Status);
        Assert.Contains("cost_centre", other.Error, StringComparison.Ordinal);
        await DoneAsync("invoice", "--through", "2026-10-31", "--date", "2026-11-01");
        Assert.Equal(["4711", "Küche 1"],
            (await DoneAsync("charges", "--all", "--json")).Json.EnumerateArray()
                .OrderBy(each => each.GetProperty("id").GetString(), StringComparer.Ordinal)
                .Select(each => each.GetProperty("cost_centre").GetString()));
        var table = await DoneAsync("charges", "--all");
        Assert.Contains("4711", table.Output, StringComparison.Ordinal);
        await DoneAsync("verify");
    }

    [Fact]
    public async Task A_cost_centre_is_kept_with_its_charge_and_is_part_of_what_was_asked()
    {
        await SetUpAsync();
        string[] words = ["charge", "dave", "10", "room", "--date", "2026-10-12", "--id", "c-1"];
        var charge = await DoneAsync([.. words, "--cost-centre", "4711", "--json"]);
        Assert.Equal("4711", charge.Json.GetProperty("cost_centre").GetString());
        var file = _folder.File("charges.csv");
        await File.WriteAllTextAsync(file, """
            id,customer,amount,description,date,cost_centre
            c-2,dave,5,lunch,2026-10-13,Küche 1
            c-3,dave,5,lunch,2026-10-14,

            """, TestContext.Current.CancellationToken);
        await DoneAsync("import", file);
        var charges = (await DoneAsync("charges", "--json")).Json.EnumerateArray();
        Assert.Equal(["4711", "Küche 1", null], charges.Select(listed =>
            listed.TryGetProperty("cost_centre", out var centre) ? centre.GetString() : null));
        await DoneAsync([.. words, "--cost-centre", "4711"]);
        foreach (var (other, status) in new[]
        {
            ("4712", ExitStatus.Refused), ("a\nb", ExitStatus.Usage),
            (new string('x', Limits.CostCentreBytesMax + 1), ExitStatus.Usage),
        })
        {
            var run = await CommandRun.OnAsync(Bank, [.. words, "--cost-centre", other]);
            Assert.Equal(status, run.Status);
            Assert.Contains("cost_centre", run.Error, StringComparison.Ordinal);
        }
        await DoneAsync("verify");
    }

    [Fact]
    public async Task A_subscription_has_its_period_quantity_discount_and_new_prices()
    {
        await SetUpAsync();
        var made = await DoneAsync("subscribe", "dave", "20", "Locker", "--quantity", "3", "--discount", "5",
            "--every", "week", "--anchor", "2026-10-07", "--start", "2026-10-07", "--id", "locker");
        Assert.Contains("55.00 EUR net a week for Locker", made.Output, StringComparison.Ordinal);
        var repriced = await DoneAsync("reprice", "locker", "22", "--quantity", "2", "--from", "2026-10-16", "--id", "v-1");
        Assert.Contains("repriced: dave from 2026-10-16 44.00 EUR net a week for Locker", repriced.Output, StringComparison.Ordinal);
        Assert.Contains("from 2026-10-16 44.00 EUR", (await DoneAsync("subscriptions")).Output, StringComparison.Ordinal);
        var run = await DoneAsync("invoice", "--through", "2026-10-20", "--json");
        // A week; two days of the next one, and its five at the new price.
        Assert.Equal(5500 + 1571 + 3143, run.Json.GetProperty("invoices")[0].GetProperty("net").GetInt64());
        var refused = await CommandRun.OnAsync(Bank, "reprice", "locker", "22", "--from", "2026-10-20");
        Assert.Equal(ExitStatus.Refused, refused.Status);
        Assert.Contains("[subscription_billed]", refused.Error, StringComparison.Ordinal);
        foreach (var words in (string[][])[["--every", "day"], ["--unit", "HUR"], ["--anchor", "soon"], ["--quantity", "-1"]])
        {
            var wrong = await CommandRun.OnAsync(
                Bank, ["subscribe", "dave", "20", "Locker", "--start", "2026-10-07", .. words]);
            Assert.Equal(ExitStatus.Usage, wrong.Status);
            Assert.Contains(words[0][2..], wrong.Error, StringComparison.Ordinal);
        }
        await DoneAsync("verify");
    }

    [Fact]
    public async Task A_customer_that_cannot_be_invoiced_is_shown_and_fails_the_run()
    {
        await SetUpAsync();
        // Each of them may be, but no invoice can be of both.
        foreach (var id in new[] { "c-1", "c-2" })
        {
            await DoneAsync("charge", "dave", "90071992547409.91", "castle", "--date",
                "2026-10-12", "--id", id);
        }
        var run = await CommandRun.OnAsync(Bank, "invoice", "--through", "2026-10-31");
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("parked: dave EUR: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("[amount_out_of_range]", run.Error, StringComparison.Ordinal);
        Assert.Contains("castle", (await DoneAsync("charges", "dave")).Output);
    }

    [Fact]
    public async Task What_is_not_said_of_a_customer_or_a_seller_stays_as_it_is()
    {
        await SetUpAsync();
        await DoneAsync("customer", "dave", "--terms", "30");
        var customer = (await DoneAsync("customer", "dave", "--json")).Json;
        Assert.Equal(30, customer.GetProperty("terms_days").GetInt32());
        Assert.Equal("Dave Miller", customer.GetProperty("party").GetProperty("name").GetString());
        await DoneAsync("seller", "--phone", "+49 30 1");
        var seller = (await DoneAsync("seller", "--json")).Json;
        Assert.Equal(["19", "7"], seller.GetProperty("tax_rates").EnumerateArray()
            .Select(rate => rate.GetString()));
        Assert.Equal("+49 30 1", seller.GetProperty("party").GetProperty("phone").GetString());
    }

    [Fact]
    public async Task Paper_is_written_once_and_what_is_there_is_kept()
    {
        await SetUpAsync();
        await DoneAsync("charge", "dave", "10", "room", "--date", "2026-10-12");
        await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-11-01");
        var folder = _folder.File("paper");
        var first = await DoneAsync("paper", "--output", folder, "--format", "ubl");
        Assert.Contains("1 written", first.Output);
        var file = Path.Combine(folder, "2026-000001.ubl.xml");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("0 written to", (await DoneAsync("paper", "--output", folder, "--format",
            "ubl")).Output);
        File.Delete(file);
        await DoneAsync("paper", "2026-000001", "--output", folder, "--format", "ubl");
        Assert.Equal(bytes,
            await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal([file], Directory.GetFiles(folder));
        var none = await CommandRun.OnAsync(Bank, "paper", "2026-000009", "--output", folder);
        Assert.Equal(ExitStatus.Refused, none.Status);
        Assert.Contains("there is no invoice or reminder '2026-000009'", none.Error, StringComparison.Ordinal);
    }

    /// <summary>Words of billing, the status, and what the message must contain.</summary>
    public static TheoryData<string[], int, string> Wrong => new()
    {
        { ["charge", "dave", "-10", "room"], 2, "amount: must be more than zero" },
        { ["charge", "dave", "0", "room"], 2, "amount: must be more than zero" },
        { ["charge", "dave", "ten", "room"], 2, "amount: 'ten' is not an amount" },
        { ["charge", "dave", "1.005", "room"], 2, "amount: 1.005 has more decimals" },
        { ["charge", "dave", "99999999999999999", "room"], 2, "amount: must be at most" },
        { ["charge", "dave", "10"], 2, "TEXT is missing" },
        { ["charge", "dave", "10", ""], 2, "description: " },
        { ["charge", "dave", "10", "room", "--date", "12.10.2026"], 2, "date: '12.10.2026'" },
        { ["charge", "dave", "10", "room", "--tax", "nineteen"], 2, "tax: " },
        { ["charge", "dave", "10", "room", "--unit", "HUR"], 2, "--unit can only be used with --quantity" },
        { ["charge", "dave", "10", "room", "--quantity", "x"], 2, "quantity: 'x' is not a decimal" },
        { ["charge", "dave", "10", "room", "--quantity", "0"], 2, "quantity: " },
        { ["charge", "dave", "10", "room", "--discount", "-1"], 2, "discount: " },
        { ["invoice"], 2, "--through" },
        { ["invoice", "--through", "October"], 2, "through: 'October' is not a day" },
        { ["invoice", "--through", "2026-02-30"], 2, "through: '2026-02-30' is not a day" },
        { ["subscribe", "dave", "10", "desk"], 2, "--start" },
        { ["subscribe", "dave", "10", "desk", "--start", "2026-10-01", "--end", "2026-09"], 2,
            "end: " },
        { ["customer", "--terms", "5"], 2, "CUSTOMER is missing" },
        { ["customer", "new", "--city", "Berlin"], 2, "name: is missing; give --name" },
        { ["customer", "dave", "--terms", "1000"], 2, "terms: must be 0 to 365, not 1000" },
        { ["customer", "dave", "--treatment", "free"], 2, "treatment: 'free' is not one of standard, exempt" },
        { ["customer", "dave", "--zone", "Mars"], 2, "zone: " },
        { ["customer", "dave", "--erase", "--city", "x"], 2, "--erase cannot be combined with other options" },
        { ["seller", "--file", "/nowhere.json"], 2, "file: there is no file /nowhere.json" },
        { ["seller", "--tax-rate", "much"], 2, "tax_rates: must be" },
        { ["paper"], 2, "--output" },
        { ["paper", "--output", "x", "--format", "doc"], 2, "'doc' is not one of pdf, ubl, cii" },
        { ["pay", "dave", "-5"], 2, "amount: must be more than zero" },
        { ["pay", "dave"], 2, "AMOUNT is missing" },
        { ["credit"], 2, "NUMBER is missing" },
        { ["credit", "2026-000001", "0"], 2, "amount: must be more than zero" },
        { ["credit", "2026-000001", "--line", "0"], 2, "line: must be 1 to 10000, not 0" },
        { ["credit", "2026-000001", "--line", "two"], 2, "line: 'two' is not a whole number" },
        { ["credit", "2026-000001", "--line", "1=x"], 2, "line: 'x' is not a decimal" },
        { ["credit", "2026-000001", "--line", "1=1.500"], 2, "line: '1.500' can be read in two ways" },
        { ["credit", "2026-000001", "--line", "1=0"], 2, "lines[0].quantity: must be more than 0" },
        { ["credit", "2026-000001", "--line", "1", "--line", "1"], 2, "lines[1]: names line 1 once more" },
        { ["credit", "2026-000001", "5", "--line", "1"], 2, "amount: cannot be combined with lines" },
        { ["credit", "2026-000001", "--line", "1=1", "--rebill"], 2, "rebill: cannot be combined with a quantity" },
        { ["statement", "dave", "--from", "x"], 2, "from: 'x' is not a day" },
        { ["invoices", "--status", "unpaid"], 2, "status: 'unpaid' is not one of open" },
        { ["customer", "nobody"], 1, "there is no customer 'nobody'" },
        { ["customer", "nobody", "--erase"], 1, "nobody" },
        { ["statement", "nobody"], 1, "there is no customer 'nobody'" },
        { ["invoices", "2026-000009"], 1, "there is no invoice '2026-000009'" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_words_are_told_and_change_nothing(string[] words, int status,
        string message)
    {
        await SetUpAsync();
        var before = (await DoneAsync("info", "--json")).Output;
        var run = await CommandRun.OnAsync(Bank, words);
        Assert.True(run.Status == status, $"{run.Status}: {run.Error}{run.Output}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault in settle", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await DoneAsync("info", "--json")).Output);
    }

    [Theory]
    [InlineData("unknown_customer", "charge", "nobody", "10", "room", "--id", "x")]
    [InlineData("unknown_tax_rate", "charge", "dave", "10", "room", "--tax", "21", "--id", "x")]
    [InlineData("invoice_not_found", "credit", "2026-000009", "--id", "x")]
    [InlineData("unknown_customer", "pay", "nobody", "5", "--id", "x")]
    public async Task What_the_ledger_refuses_has_its_code_and_bills_nothing(string code,
        params string[] words)
    {
        await SetUpAsync();
        var run = await CommandRun.OnAsync(Bank, words);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains($"[{code}]", run.Error, StringComparison.Ordinal);
        var dry = await DoneAsync("invoice", "--through", "2036-12", "--dry-run", "--json");
        Assert.Empty(dry.Json.GetProperty("invoices").EnumerateArray());
    }

    private async Task SetUpAsync()
    {
        await DoneAsync("init", "--asset", "EUR");
        await DoneAsync("seller", "--name", "Werkbank GmbH", "--street", "Lindenstr. 5",
            "--postal-code", "10969", "--city", "Berlin", "--country", "DE", "--vat-id",
            "DE123456788", "--email", "rechnung@werkbank.example", "--phone", "+49 30 1234567",
            "--contact", "Ada Keller", "--iban", "DE02 1203 0000 0000 2020 51", "--zone",
            "Europe/Berlin", "--tax-rate", "19", "--tax-rate", "7", "--default-tax", "19");
        await DoneAsync("customer", "dave", "--name", "Dave Miller", "--street", "Ringstr. 1",
            "--postal-code", "12051", "--city", "Berlin", "--country", "DE", "--email",
            "dave@example.com");
    }

    private Task<CommandRun> DoneAsync(params string[] words) => CommandRun.DoneAsync(Bank, words);
}
