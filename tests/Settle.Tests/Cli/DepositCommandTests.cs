using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Deposit invoices on the command line.</summary>
public sealed class DepositCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_credit_of_the_final_invoice_says_what_becomes_of_the_deposit()
    {
        await PrepareAsync();
        await CommandRun.DoneAsync(Bank, "charge", "dave", "1000", "workshop", "--date", "2026-11-20");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-11", "--date", "2026-11-30", "--customer", "dave",
            "--settles", "2026-000001");
        var credit = await CommandRun.DoneAsync(Bank, "credit", "2026-000002", "--date", "2026-12-01");
        Assert.Equal("credited: 2026-000002 by C2026-000001, 1190.00 EUR for dave; deposit invoice 2026-000001 (200.00 EUR) "
            + "is open again, so 990.00 EUR are credited", credit.Output.Trim());
        var shown = (await CommandRun.DoneAsync(Bank, "invoices", "C2026-000001")).Output;
        Assert.Matches(@"amount +1190\.00 EUR\r?\ndeposit 2026-000001 +-200\.00\r?\ncredited +990\.00\r?\n$", shown);
        var json = (await CommandRun.DoneAsync(Bank, "invoices", "C2026-000001", "--json")).Json;
        Assert.Equal((119_000, 20_000), (json.GetProperty("amount").GetInt64(), json.GetProperty("prepaid").GetInt64()));
        var statement = (await CommandRun.DoneAsync(Bank, "statement", "dave", "--to", "2026-12", "--csv")).Output;
        Assert.Contains("2026-10-05,deposit invoice,2026-000001,", statement, StringComparison.Ordinal);
        Assert.Contains("2026-11-30,deposit settled,2026-000001,,-200.00,", statement, StringComparison.Ordinal);
        Assert.Contains("2026-12-01,deposit reopened,2026-000001,,200.00,", statement, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task A_run_that_bills_nothing_says_that_it_settles_nothing(params string[] more)
    {
        await PrepareAsync();
        var run = await CommandRun.OnAsync(Bank, ["invoice", "--through", "2026-11", "--date", "2026-11-30", "--customer", "dave",
            "--settles", "2026-000001", .. more]);
        Assert.Equal(1, run.Status);
        Assert.Contains("parked: dave EUR: nothing is open through 2026-11-30, so no invoice settles 2026-000001: "
            + "charge the work first [nothing_to_invoice]", run.Error, StringComparison.Ordinal);
    }

    // A deposit invoice of 200.00 that is paid.
    private async Task PrepareAsync()
    {
        await CommandRun.DoneAsync(Bank, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(Bank, "seller", "--name", "Bench", "--country", "DE", "--vat-id", "DE123456788",
            "--city", "Berlin", "--tax-rate", "19", "--default-tax", "19");
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--city", "Berlin", "--country", "DE");
        await CommandRun.DoneAsync(Bank, "charge", "dave", "200", "deposit", "--gross", "--deposit", "--date", "2026-10-05");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-10-05", "--date", "2026-10-05");
        await CommandRun.DoneAsync(Bank, "pay", "2026-000001", "200", "--date", "2026-10-06");
    }
}
