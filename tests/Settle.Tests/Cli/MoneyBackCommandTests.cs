using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Money that goes back, and charges that are taken back, on the command line.</summary>
public sealed class MoneyBackCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_payment_that_the_bank_takes_back_is_owed_again()
    {
        await InvoiceAsync();
        Assert.Equal((2852, 2852), await OwedAsync());

        var back = await CommandRun.DoneAsync(Bank, "chargeback", "p0", "40", "--fee", "5", "--id", "cb1");
        Assert.Contains("2026-000001 is open again by 40.00", back.Output, StringComparison.Ordinal);
        Assert.Equal((6852, 6852), await OwedAsync());

        var again = await CommandRun.DoneAsync(Bank, "chargeback", "p0", "40", "--fee", "5", "--id", "cb1");
        Assert.Contains("already known", again.Output, StringComparison.Ordinal);
        Assert.Equal((6852, 6852), await OwedAsync());
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task Only_what_was_paid_too_much_is_refunded_without_a_payment()
    {
        await InvoiceAsync();
        var refused = await CommandRun.OnAsync(Bank, "refund", "dave", "1");
        Assert.Equal(1, refused.Status);
        Assert.Contains("[exceeds_credit]", refused.Error, StringComparison.Ordinal);

        await CommandRun.DoneAsync(Bank, "pay", "dave", "50", "--id", "p1");
        await CommandRun.DoneAsync(Bank, "refund", "dave", "21.48");
        Assert.Equal((0, 0), await OwedAsync());
        await CommandRun.DoneAsync(Bank, "refund", "dave", "28.52", "--payment", "p1");
        Assert.Equal((2852, 2852), await OwedAsync());
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task A_charge_is_withdrawn_until_an_invoice_bills_it()
    {
        await SellAsync();
        await CommandRun.DoneAsync(Bank, "charge", "dave", "5", "typed wrong", "--id", "c9");
        await CommandRun.DoneAsync(Bank, "withdraw", "c9");
        await InvoiceAsync(isSold: true);
        var billed = await CommandRun.OnAsync(Bank, "withdraw", "c1");
        Assert.Equal(1, billed.Status);
        Assert.Contains("an invoice bills the charge already", billed.Error, StringComparison.Ordinal);
        Assert.Equal((2852, 2852), await OwedAsync());
    }

    [Fact]
    public async Task What_went_back_is_shown_with_its_payment_and_listed()
    {
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "pay", "dave", "50", "--id", "p1", "--date", "2026-11-20");
        await CommandRun.DoneAsync(
            Bank, "refund", "dave", "10", "--payment", "p1", "--id", "r1", "--date", "2026-11-21");
        await CommandRun.DoneAsync(
            Bank, "chargeback", "p1", "5", "--fee", "3", "--id", "b1", "--date", "2026-11-22");
        await CommandRun.DoneAsync(Bank, "refund", "dave", "2", "--id", "r2", "--date", "2026-11-23");

        var rows = (await CommandRun.DoneAsync(Bank, "payments", "--csv")).Output.Split('\n');
        Assert.Contains(",unallocated,returned,left,", rows[0], StringComparison.Ordinal);
        Assert.Contains(",15.00,35.00,", rows.Single(row => row.Contains("p1", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains(",100.00,", rows.Single(row => row.Contains("p0", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        var payment = (await CommandRun.DoneAsync(Bank, "payments", "dave", "--json")).Json
            .EnumerateArray().Single(each => each.GetProperty("id").GetString() == "p1");
        Assert.Equal((1500, 3500), (payment.GetProperty("returned").GetInt64(), payment.GetProperty("left").GetInt64()));
        Assert.Equal(["b1", "r1"], payment.GetProperty("returned_by").EnumerateArray().Select(id => id.GetString()));

        Assert.Equal(["r2", "r1"], await IdsAsync("refunds"));
        Assert.Equal(["r1"], await IdsAsync("refunds", "dave", "--to", "2026-11-22"));
        Assert.Empty(await IdsAsync("refunds", "alex"));
        Assert.Equal(["b1"], await IdsAsync("chargebacks", "dave"));
        Assert.Empty(await IdsAsync("chargebacks", "--from", "2026-11-23"));
        Assert.Contains("3.00", (await CommandRun.DoneAsync(Bank, "chargebacks")).Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "verify");

        async Task<List<string?>> IdsAsync(params string[] words) =>
            [.. (await CommandRun.DoneAsync(Bank, [.. words, "--json"])).Json.EnumerateArray()
                .Select(each => each.GetProperty("id").GetString())];
    }

    [Fact]
    public async Task A_refund_to_a_mistyped_name_says_that_it_is_new()
    {
        await InvoiceAsync();
        string[] words = ["refund", "dave", "5", "--payment", "p0", "--to", "Jnae", "--id", "r1"];
        var made = await CommandRun.DoneAsync(Bank, words);
        Assert.Contains("new account Jnae", made.Output, StringComparison.Ordinal);
        var again = await CommandRun.DoneAsync(Bank, [.. words, "--json"]);
        Assert.False(again.Json.TryGetProperty("new_accounts", out _));
        var json = await CommandRun.DoneAsync(
            Bank, "refund", "dave", "5", "--payment", "p0", "--to", "Jona", "--json");
        Assert.Equal(["Jona"], json.Json.GetProperty("new_accounts").EnumerateArray().Select(name => name.GetString()));
    }

    public static TheoryData<string[], string> Mistyped => new()
    {
        { ["pay", "2026-000099", "5"], "there is neither an invoice nor a customer '2026-000099'" },
        { ["pay", "C2026-000077", "5"], "there is neither an invoice nor a customer 'C2026-000077'" },
        { ["pay", "C2026-000001", "5"], "no invoice has the number 'C2026-000001'; a credit note cannot be paid" },
        { ["pay", "2026-000001", "5", "--asset", "USD"], "the invoice '2026-000001' is in another asset than 'USD'" },
        { ["chargeback", "nope"], "no payment has the id 'nope'" },
        { ["refund", "dave", "5", "--payment", "nope"], "'dave' made no payment with the id 'nope'" },
        { ["refund", "dvae", "5"], "there is no customer 'dvae'" },
        { ["refund", "dave", "5", "--payment", "p0", "--asset", "USD"],
            "the payment 'p0' is in another asset than 'USD'" },
        { ["withdraw", "nope"], "no charge has the id 'nope'" },
        { ["credit", "2026-000099"], "no invoice has the number '2026-000099'" },
        { ["charge", "dvae", "5", "room"], "there is no customer 'dvae'" },
        { ["unsubscribe", "nope", "--end", "2026-12-31"], "no subscription has the id 'nope'" },
        { ["capture", "nope"], "no hold has the id 'nope'" },
        { ["revert", "nope"], "no transfer has the id 'nope'" },
    };

    [Theory]
    [MemberData(nameof(Mistyped))]
    public async Task What_was_typed_is_quoted_when_nothing_has_that_name(string[] words, string message)
    {
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "credit", "2026-000001", "1");
        words = [.. words, "--id", "typed"];
        foreach (var _ in (int[])[1, 2])
        {
            var refused = await CommandRun.OnAsync(Bank, words);
            Assert.Equal(1, refused.Status);
            Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Small_businesses_ends_and_single_documents_are_told_in_words_that_fit()
    {
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "subscribe", "dave", "10", "Desk", "--start", "2026-10-01", "--id", "s");
        var ended = await CommandRun.DoneAsync(Bank, "unsubscribe", "s", "--end", "2026-12-31");
        Assert.StartsWith("unsubscribed: dave", ended.Output, StringComparison.Ordinal);
        var export = await CommandRun.DoneAsync(Bank, "export", "--format", "datev", "--from", "2026-10-01",
            "--to", "2026-12-31", "--output", _folder.File("d.csv"));
        Assert.StartsWith("1 document to ", export.Output, StringComparison.Ordinal);
        var small = await CommandRun.DoneAsync(Bank, "seller", "--small-business");
        Assert.Contains("no tax rates (default exempt)", small.Output, StringComparison.Ordinal);
        var refused = await CommandRun.OnAsync(Bank, "seller", "--tax-rate", "19");
        Assert.Contains("'19' cannot be charged by a small business", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_to_an_account_that_was_never_opened_names_it()
    {
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "init", "--strict");
        foreach (var isOpen in (bool[])[false, true])
        {
            if (isOpen) await CommandRun.DoneAsync(Bank, "open", "nope");
            var refused = await CommandRun.OnAsync(
                Bank, "refund", "dave", "5", "--payment", "p0", "--to", "nope", "--id", "r1");
            Assert.Contains("there is no account 'nope'", refused.Error, StringComparison.Ordinal);
        }
    }

    private async Task SellAsync()
    {
        await CommandRun.DoneAsync(Bank, "init", "--asset", "EUR");
        var seller = Path.Combine(Style.Repository.Root, "samples", "coworking", "seller.json");
        await CommandRun.DoneAsync(Bank, "seller", "--file", seller);
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--country", "DE",
            "--street", "Hauptstr. 1", "--postal-code", "10115", "--city", "Berlin");
    }

    /// <summary>128.52 are billed, of which 100.00 were paid before: 8.00 and 100.00 at 19 %.</summary>
    private async Task InvoiceAsync(bool isSold = false)
    {
        if (!isSold) await SellAsync();
        await CommandRun.DoneAsync(Bank, "charge", "dave", "10", "lunch", "--discount", "2", "--date", "2026-10-30", "--id", "c1");
        await CommandRun.DoneAsync(Bank, "charge", "dave", "100", "desk", "--date", "2026-10-31");
        await CommandRun.DoneAsync(Bank, "pay", "dave", "100", "--id", "p0", "--date", "2026-10-15");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-10-31", "--date", "2026-10-31");
    }

    /// <summary>What is owed by the statement, and what the invoices have open.</summary>
    private async Task<(long Statement, long Invoices)> OwedAsync()
    {
        var statement = (await CommandRun.DoneAsync(Bank, "statement", "dave", "--json")).Json;
        var invoices = (await CommandRun.DoneAsync(Bank, "invoices", "--json")).Json;
        return (statement.GetProperty("closing").GetInt64(),
            invoices.EnumerateArray().Sum(invoice => invoice.GetProperty("open").GetInt64()));
    }
}
