using Settle.Cli;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>A currency that left ISO 4217 is in no new ledger, and stays in one that has it.</summary>
public sealed class FormerCurrencyTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BGN", "asset: 'BGN' left ISO 4217 on 2026-01-01, and EUR took its place")]
    [InlineData("ANG", "asset: 'ANG' left ISO 4217 on 2025-07-01, and XCG took its place")]
    [InlineData("HRK", "asset: 'HRK' left ISO 4217 on 2023-01-01, and EUR took its place")]
    [InlineData("DEM", "asset: 'DEM' left ISO 4217 on 1999-01-01, and EUR took its place")]
    public async Task A_former_currency_is_refused_until_it_is_declared(string code, string message)
    {
        await CommandRun.RefusedAsync(Bank, message, "init", "--asset", code, "--ledger", _folder.File("new.db"));
        await CommandRun.RefusedAsync(Bank, message, "transfer", "@world", "a", "5", "--asset", code);

        await CommandRun.DoneAsync(Bank, "asset", code, "--scale", "2");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "a", "5", "--asset", code);
        await CommandRun.DoneAsync(Bank, "verify");
        await CommandRun.DoneAsync(_folder.File("other.db"), "init", "--asset", code, "--scale", "2");
    }

    [Fact]
    public async Task The_ledger_itself_refuses_what_nobody_checked_before()
    {
        await using var ledger = Ledger.InMemory();
        var verdicts = await ledger.TransferBatchAsync(new[]
        {
            new TransferRequest { Id = "1", From = "@world", To = "a", Amount = Minor(5, "BGN") },
            new TransferRequest { Id = "2", From = "@world", To = "a", Amount = Minor(5, "XAD") },
        }, TestContext.Current.CancellationToken);

        Assert.Equal([RefusalCode.UnknownAsset, RefusalCode.None], verdicts.Select(each => each.Refusal));
    }

    [Fact]
    public async Task A_chain_of_the_time_before_is_decided_by_the_list_of_that_time()
    {
        var clock = new ManualClock { Now = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero) };
        await using (var before = await Ledger.OpenAsync(Bank, new LedgerOptions { Clock = clock },
            TestContext.Current.CancellationToken))
        {
            await before.TransferBatchAsync(new[]
            {
                new TransferRequest { Id = "1", From = "@world", To = "a", Amount = Minor(500, "BGN") },
                new TransferRequest { Id = "2", From = "@world", To = "a", Amount = Minor(5, "XAD") },
            }, TestContext.Current.CancellationToken);
        }

        await CommandRun.DoneAsync(Bank, "transfer", "a", "b", "1.50", "--asset", "BGN", "--accept-clock");
        await CommandRun.DoneAsync(Bank, "verify");
        var balances = await CommandRun.DoneAsync(Bank, "balance", "b", "--json");
        Assert.Equal(150, balances.Json[0].GetProperty("balance").GetInt64());
        Assert.Equal(ExitStatus.Refused, (await CommandRun.OnAsync(Bank, "show", "3")).Status);
    }
}
