using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Direct debits and refunds on the command line.</summary>
public sealed class SepaCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    public async ValueTask InitializeAsync()
    {
        await using (var ledger = await Settle.Ledger.OpenAsync(Bank, cancellationToken: Stop))
            await Server.BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 2000));
        await CommandRun.DoneAsync(Bank, "seller", "--creditor-id", "DE98 ZZZ 09999999999");
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--iban", "DE89370400440532013000",
            "--mandate", "M-1", "--mandate-date", "2026-01-02");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_due_is_collected_once_and_its_file_can_be_written_again()
    {
        var dry = await CommandRun.DoneAsync(Bank, "sepa", "debit", "--through", "2028-12-31", "--dry-run");
        Assert.Contains("would order debit of 11.90 EUR", dry.Output, StringComparison.Ordinal);
        var output = _folder.File("bank");
        var run = await CommandRun.DoneAsync(Bank, "sepa", "debit", "--through", "2028-12-31", "--id", "nov", "--output", output);
        Assert.Contains("debit of 11.90 EUR", run.Output, StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(output));
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        Sepa.SepaSchemas.Check(bytes, "pain.008.001.08");
        Assert.Contains("nothing to order", (await CommandRun.DoneAsync(Bank, "sepa", "debit", "--through", "2028-12-31")).Output, StringComparison.Ordinal);

        var order = (await CommandRun.DoneAsync(Bank, "sepa", "list", "--json")).Json[0].GetProperty("id").GetString()!;
        var again = _folder.File("again.xml");
        await CommandRun.DoneAsync(Bank, "sepa", "file", order, "--output", again);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(again, Stop));
        Assert.Contains(", debit 20", (await CommandRun.DoneAsync(Bank, "invoices")).Output, StringComparison.Ordinal);
        Assert.Contains("a direct debit collects it on", (await CommandRun.DoneAsync(Bank, "invoices", "2026-000001")).Output, StringComparison.Ordinal);

        Assert.Contains("cancelled: 2026-000001", (await CommandRun.DoneAsync(Bank, "sepa", "cancel", order)).Output, StringComparison.Ordinal);
        var refused = await CommandRun.OnAsync(Bank, "sepa", "file", order, "--output", again);
        Assert.Equal(2, refused.Status);
    }

    [Fact]
    public async Task A_refund_is_paid_to_the_customers_account()
    {
        await CommandRun.DoneAsync(Bank, "pay", "dave", "30", "--id", "p-1");
        await CommandRun.DoneAsync(Bank, "refund", "dave", "18.10", "--id", "r-1");
        var output = _folder.File("bank");
        var run = await CommandRun.DoneAsync(Bank, "sepa", "refund", "r-1", "--output", output, "--json");
        Assert.Equal(1810, run.Json.GetProperty("orders")[0].GetProperty("amount").GetInt64());
        Sepa.SepaSchemas.Check(await File.ReadAllBytesAsync(Directory.GetFiles(output)[0], Stop), "pain.001.001.09");
        var again = await CommandRun.OnAsync(Bank, "sepa", "refund", "r-1");
        Assert.Equal(1, again.Status);
        Assert.Contains("[already_ordered]", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sepa", "refund")]
    [InlineData("sepa", "refund", "r-1", "--from", "2026-11-01")]
    [InlineData("sepa", "debit")]
    [InlineData("sepa", "debit", "--through", "2026-11-30", "--dry-run", "--output", "x")]
    public async Task Words_that_do_not_fit_are_refused(params string[] words) =>
        Assert.Equal(2, (await CommandRun.OnAsync(Bank, words)).Status);
}
