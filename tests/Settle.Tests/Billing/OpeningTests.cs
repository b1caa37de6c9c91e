using Settle.Tests.Bank;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A business that moves brings its open invoices.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task It_is_owed_from_its_day_on_and_due_on_its_own() => BillingTable.RunAsync("""
        seller 19 first 2026-001043
        customer ann
        opening RE-4711 ann 119.00 on 2026-08-31 due 2026-09-14 open 50.00   50.00 of 119.00
        opening 2026-001042 ann 23.80 on 2026-10-31 due 2026-11-14           23.80 of 23.80
        opening RE-4711 ann 119.00 on 2026-08-31 due 2026-09-14 open 50.00   50.00 of 119.00 again
        statement ann 2026-10-30                       08-31 opening RE-4711 50.00 = 50.00 [0.00 0.00 50.00 0.00 0.00]
        statement ann 2026-11-14                       08-31 opening RE-4711 50.00; 10-31 opening 2026-001042 23.80 = 73.80 [23.80 0.00 0.00 50.00 0.00]
        balance receivable:ann                         -73.80
        balance opening-balances                       73.80
        restart
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-001043 ann 11.90
        lines 2026-001043                              c1 1 x 10 = 10.00 S19
        balance opening-balances                       73.80
        """);

    [Fact]
    public Task It_is_paid_and_written_off_under_its_number() => BillingTable.RunAsync("""
        seller 19
        customer ann
        opening old-1 ann 119.00 on 2026-08-31 due 2026-09-14 open 50.00     50.00 of 119.00
        opening old-2 ann 20.00 on 2026-09-30 due 2026-10-14                 20.00 of 20.00
        pay p1 old-2 5.00                              old-2 5.00
        pay p2 ann 52.00                               old-1 50.00, old-2 2.00
        open old-1                                     0.00 opening
        chargeback b1 p2 10.00                         old-2 2.00, old-1 8.00
        open old-1                                     8.00 opening
        pay w1 old-1 8.00 write-off                    old-1 8.00
        pay p3 ann 20.00                               old-2 15.00, rest 5.00
        opening old-3 ann 12.00 on 2026-10-31 due 2026-11-14                 12.00 of 12.00
        open old-3                                     7.00 opening
        credit g1 old-3                                invoice_elsewhere
        credit g2 old-3 1.00                           invoice_elsewhere
        balance receivable:ann                         -7.00
        balance opening-balances                       82.00
        """);

    [Fact]
    public Task No_number_is_taken_twice() => BillingTable.RunAsync("""
        seller 19 first 2026-000003
        customer ann
        customer bob
        opening 2026-000002 ann 1.00 on 2026-08-31 due 2026-09-14            1.00 of 1.00
        opening 2026-000003 ann 1.00 on 2026-08-31 due 2026-09-14            number_taken
        opening 2026-000900 ann 1.00 on 2026-08-31 due 2026-09-14            number_taken
        opening C2026-000001 ann 1.00 on 2026-08-31 due 2026-09-14           number_taken
        opening 2027-000001 ann 1.00 on 2026-08-31 due 2026-09-14            number_taken
        opening R-000007 ann 1.00 on 2026-08-31 due 2026-09-14               1.00 of 1.00
        seller 19 series R- first R-000007             series_begun
        seller 19 series R-
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             R-000008 ann 11.90
        opening R-000006 ann 1.00 on 2026-08-31 due 2026-09-14               1.00 of 1.00
        opening R-000008 ann 1.00 on 2026-08-31 due 2026-09-14               number_taken
        opening R-000009 ann 1.00 on 2026-08-31 due 2026-09-14               number_taken
        """);

    [Fact]
    public Task An_invoice_and_a_quote_never_have_one_number() => BillingTable.RunAsync("""
        seller 19 series R-
        customer ann
        opening Q2026-000003 ann 1.00 on 2026-08-31 due 2026-09-14           1.00 of 1.00
        opening QR-000001 ann 1.00 on 2026-08-31 due 2026-09-14              number_taken
        seller 19
        opening Q2026-000009 ann 1.00 on 2026-08-31 due 2026-09-14           number_taken
        quote q1 ann 5.00 on 2026-10-05                Q2026-000004 5.95 open
        restart
        quote q2 ann 5.00 on 2026-10-05                Q2026-000005 5.95 open
        seller 19 series R-
        opening Q2026-000004 ann 1.00 on 2026-08-31 due 2026-09-14           number_taken
        opening Q2026-000006 ann 1.00 on 2026-08-31 due 2026-09-14           number_taken
        opening Q2026-000002 ann 1.00 on 2026-08-31 due 2026-09-14           1.00 of 1.00
        opening Q2027-000001 ann 1.00 on 2026-08-31 due 2026-09-14           1.00 of 1.00
        """);

    [Fact]
    public Task Only_billing_moves_money_on_its_equity_account() => BillingTable.RunAsync("""
        transfer t0 @world -> opening-balances 1.00
        transfer t1 opening-balances -> @world 1.00
        seller 19
        customer ann
        opening old-1 ann 10.00 on 2026-08-31 due 2026-09-14                 10.00 of 10.00
        transfer t2 opening-balances -> @world 1.00       billing_account
        transfer t3 @world -> opening-balances 1.00       billing_account
        close opening-balances                         billing_account
        """);

    [Theory]
    [InlineData("number", "old-1 ", "2026-08-31", "2026-09-14", 100, null)]
    [InlineData("number", "", "2026-08-31", "2026-09-14", 100, null)]
    [InlineData("due", "old-1", "2026-08-31", "2026-08-30", 100, null)]
    [InlineData("date", "old-1", "2099-08-31", "2099-09-30", 100, null)]
    [InlineData("open", "old-1", "2026-08-31", "2026-09-14", 100, 101)]
    [InlineData("open", "old-1", "2026-08-31", "2026-09-14", 100, 0)]
    [InlineData("amount", "old-1", "2026-08-31", "2026-09-14", 0, null)]
    public async Task What_is_malformed_is_refused_with_its_field(
        string field, string number, string date, string due, int amount, int? open)
    {
        await using var ledger = Settle.Ledger.InMemory();
        await ledger.Billing.PutSellerAsync(new SellerRequest { Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" } });
        await ledger.Billing.PutCustomerAsync(new CustomerRequest { Customer = "ann", Party = new Party { Name = "Ann", Country = "DE" } });
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.BringInvoiceAsync(new OpeningInvoiceRequest
        {
            Number = number, Customer = "ann", Date = DateOnly.Parse(date, null), Due = DateOnly.Parse(due, null),
            Amount = Minor(amount), Open = open is { } part ? Minor(part) : null,
        }));
        Assert.Equal(field, error.Field);
    }

    [Fact]
    public async Task The_command_line_brings_them_one_by_one_and_by_CSV()
    {
        await SellAsync();
        var one = await CommandRun.DoneAsync(Bank, "opening", "RE-4711", "dave", "119", "--open", "50", "--date", "2026-08-31", "--due", "2026-09-14");
        Assert.Contains("brought in: RE-4711 of dave, 50.00 open of 119.00 EUR, due on 2026-09-14", one.Output, StringComparison.Ordinal);
        var file = _folder.File("open.csv");
        await File.WriteAllTextAsync(file, """
            number,customer,date,due,amount,open
            RE-4711,dave,2026-08-31,2026-09-14,119.00,50.00
            RE-4712,dave,2026-09-30,2026-10-14,23.80,
            """, TestContext.Current.CancellationToken);
        var brought = await CommandRun.DoneAsync(Bank, "import", file, "--json");
        Assert.Equal((1, 1), (brought.Json.GetProperty("successful").GetInt32(), brought.Json.GetProperty("already_known").GetInt32()));
        var statement = (await CommandRun.DoneAsync(Bank, "statement", "dave", "--to", "2026-10-31", "--json")).Json;
        Assert.Equal(7380, statement.GetProperty("closing").GetInt64());
        Assert.Equal(["opening", "opening"], statement.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("kind").GetString()));
        var invoices = (await CommandRun.DoneAsync(Bank, "invoices", "--json")).Json;
        Assert.Equal([11900, 2380], invoices.EnumerateArray().Select(each => each.GetProperty("amount").GetInt32()));
        var paper = await CommandRun.OnAsync(Bank, "paper", "RE-4711", "--output", _folder.File("paper"));
        Assert.Equal(1, paper.Status);
        Assert.Contains("was made elsewhere", paper.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "paper", "--output", _folder.File("paper"));
        Assert.Equal("[]", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--json")).Output.Trim());
        var taken = await CommandRun.OnAsync(Bank, "opening", "2026-001043", "dave", "1", "--date", "2026-08-31", "--due", "2026-09-14");
        Assert.Equal(1, taken.Status);
        foreach (var part in new[] { "[number_taken]", "'2026-001043'", "first number above it" })
            Assert.Contains(part, taken.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task A_refusal_says_what_was_wrong_then_and_how_to_go_on()
    {
        string[] words = ["opening", "RE-1", "dave", "119", "--date", "2026-08-31", "--due", "2026-09-14"];
        await CommandRun.DoneAsync(Bank, "init", "--asset", "EUR");
        var first = await CommandRun.OnAsync(Bank, words);
        await SellAsync();
        var again = await CommandRun.OnAsync(Bank, words);
        foreach (var (refused, parts) in new[]
        {
            (first, (string[])["once that is put right", "with another id"]),
            (again, ["block 2 refused it, because at that time: ", "try again with another id"]),
        })
        {
            Assert.Equal(1, refused.Status);
            foreach (var part in (string[])["opening:RE-1", "[seller_missing]", .. parts])
                Assert.Contains(part, refused.Error, StringComparison.Ordinal);
        }
        var mistyped = await CommandRun.OnAsync(
            Bank, "opening", "RE-2", "dvae", "119", "--date", "2026-08-31", "--due", "2026-09-14");
        foreach (var part in new[] { "there is no customer 'dvae'", "opening:RE-2", "with another id" })
            Assert.Contains(part, mistyped.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, [.. words, "--id", "opening:RE-1:2"]);
        var kept = await CommandRun.OnAsync(Bank, "show", "opening:RE-2");
        Assert.Contains("there is no customer 'dvae'", kept.Output + kept.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_row_of_a_CSV_file_sends_nothing()
    {
        await SellAsync();
        var file = _folder.File("open.csv");
        await File.WriteAllTextAsync(file, """
            number,customer,date,due,amount,open
            RE-1,dave,2026-08-31,2026-09-14,119.00,50.00
            RE-2,dave,2026-08-31,2026-09-14,119.00,119.01
            RE-3,eve,2026-08-31,2026-09-14,119.00,
            """, TestContext.Current.CancellationToken);
        var refused = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Equal(2, refused.Status);
        Assert.Contains("line 3, column 'open'", refused.Error, StringComparison.Ordinal);
        Assert.Contains("line 4, column 'customer'", refused.Error, StringComparison.Ordinal);
        Assert.Equal("[]", (await CommandRun.DoneAsync(Bank, "invoices", "--json")).Output.Trim());
    }

    [Fact]
    public async Task A_bank_line_with_the_old_number_pays_it()
    {
        await SellAsync();
        await CommandRun.DoneAsync(Bank, "opening", "RE-4711", "dave", "119", "--open", "50", "--date", "2026-08-31", "--due", "2026-09-14");
        await CommandRun.DoneAsync(Bank, "opening", "2025/0815", "dave", "23.80", "--date", "2026-08-31", "--due", "2026-09-14");
        var file = _folder.File("bank.xml");
        await File.WriteAllTextAsync(file, BankSamples.Camt053(
            BankSamples.Line("50.00", "Danke, RE-4711", more: BankSamples.Reference("L1"))
            + BankSamples.Line("23.80", "Rechnung 2025/0815", more: BankSamples.Reference("L2"))),
            TestContext.Current.CancellationToken);
        await CommandRun.DoneAsync(Bank, "bank", file);
        var invoices = (await CommandRun.DoneAsync(Bank, "invoices", "--json")).Json;
        Assert.All(invoices.EnumerateArray(), each => Assert.Equal(0, each.GetProperty("open").GetInt64()));
    }

    [Fact]
    public async Task Journals_have_it_against_equity()
    {
        await SellAsync();
        await CommandRun.DoneAsync(Bank, "opening", "RE-4711", "dave", "119", "--open", "50", "--date", "2026-08-31", "--due", "2026-09-14");
        var hledger = (await CommandRun.DoneAsync(Bank, "export", "--format", "hledger")).Output;
        Assert.Contains("2026-08-31", hledger, StringComparison.Ordinal);
        Assert.Contains("assets:receivable:dave", hledger, StringComparison.Ordinal);
        Assert.Contains("equity:opening-balances", hledger, StringComparison.Ordinal);
        Assert.DoesNotContain("income:", hledger, StringComparison.Ordinal);
        var beancount = (await CommandRun.DoneAsync(Bank, "export", "--format", "beancount")).Output;
        Assert.Contains("Equity:Opening-balances", beancount, StringComparison.Ordinal);
        Assert.Contains("-50.00 EUR", beancount, StringComparison.Ordinal);
        var accountants = (await CommandRun.DoneAsync(Bank, "export", "--format", "invoices")).Output;
        Assert.DoesNotContain("RE-4711", accountants, StringComparison.Ordinal);
    }

    private async Task SellAsync()
    {
        await CommandRun.OnAsync(Bank, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(Bank, "seller", "--name", "Werkbank GmbH", "--country", "DE", "--vat-id", "DE123456788",
            "--tax-rate", "19", "--default-tax", "19", "--first-number", "2026-001043");
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--country", "DE");
    }
}
