using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Cash discounts on the command line.</summary>
public sealed class CashDiscountCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_discount_is_set_offered_taken_and_lost()
    {
        await CommandRun.DoneAsync(Bank, "init", "--asset", "EUR");
        var seller = await CommandRun.DoneAsync(Bank, "seller", "--name", "Bench", "--country", "DE",
            "--vat-id", "DE123456788", "--city", "Berlin", "--tax-rate", "19", "--default-tax", "19", "--cash-discount", "2.50/10");
        Assert.Contains("cash discount 2.5/10", seller.Output, StringComparison.Ordinal);
        // Whatever else changes keeps it.
        await CommandRun.DoneAsync(Bank, "seller", "--zone", "Europe/Berlin");
        var dave = await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--city", "Berlin", "--country", "DE",
            "--cash-discount", "3%/7", "--cash-discount", "2/14");
        Assert.Contains("cash discount 3/7, 2/14", dave.Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "customer", "bob", "--name", "Bob", "--city", "Berlin", "--country", "DE");
        foreach (var customer in (string[])["dave", "bob"])
            await CommandRun.DoneAsync(Bank, "charge", customer, "100", "desk", "--date", "2026-10-05");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-10", "--date", "2026-10-31");

        var paid = await CommandRun.DoneAsync(Bank, "pay", "2026-000001", "115.43", "--date", "2026-11-07", "--id", "p1");
        Assert.Contains("cash discount on 2026-000001 3.57", paid.Output, StringComparison.Ordinal);
        paid = await CommandRun.DoneAsync(Bank, "pay", "2026-000002", "116.02", "--date", "2026-11-10");
        Assert.Contains("cash discount on 2026-000002 2.98", paid.Output, StringComparison.Ordinal);
        Assert.Matches("of which cash discount +2[.]98",
            (await CommandRun.DoneAsync(Bank, "invoices", "2026-000002")).Output);
        var statement = await CommandRun.DoneAsync(Bank, "statement", "dave", "--to", "2026-12");
        Assert.Matches(@"cash discount +2026-000001 +-3\.57", statement.Output);
        var back = await CommandRun.DoneAsync(Bank, "chargeback", "p1", "--date", "2026-11-12");
        Assert.Contains("cash discount lost on 2026-000001 3.57", back.Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "verify");

        await CommandRun.DoneAsync(Bank, "customer", "dave", "--cash-discount", "none");
        Assert.Contains("cash discount none",
            (await CommandRun.DoneAsync(Bank, "customer", "dave")).Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--cash-discount", "seller");
        Assert.DoesNotContain("cash discount",
            (await CommandRun.DoneAsync(Bank, "customer", "dave")).Output, StringComparison.Ordinal);
        var refused = await CommandRun.OnAsync(Bank, "seller", "--cash-discount", "two/10");
        Assert.Equal(2, refused.Status);
        Assert.Contains("'two/10' is not a cash discount", refused.Error, StringComparison.Ordinal);
    }
}
