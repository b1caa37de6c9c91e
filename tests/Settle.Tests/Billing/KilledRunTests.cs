using Settle.Local;
using Settle.Stores.Memory;
using Settle.Stores.Sqlite;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>The month's end, ended at every step, and made by several at once.</summary>
public sealed class KilledRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_ends_at_any_block_is_finished_by_the_next(bool isWritten)
    {
        for (var block = 0; block < 6; block++)
        {
            await using var store = new MemoryStore();
            await using (var ledger = await OpenAsync(store)) await MonthEnd.PrepareAsync(ledger, 7, 3);
            var dying = new DyingStore(store, block, isWritten);
            await using (var ledger = await OpenAsync(dying))
            {
                // The last block may be the one that it dies at, or none.
                var error = await Record.ExceptionAsync(() => RunAsync(ledger, "r1"));
                Assert.True(error is null == !dying.IsDead, $"{block}: {error}");
            }
            await using (var ledger = await OpenAsync(store))
            {
                var late = new DateOnly(2026, 10, 20);
                var run = await RunAsync(ledger, "r1");
                Assert.Equal((7, 0), (run.Invoices.Count, run.Parked.Count));
                await MonthEnd.AssertBilledOnceAsync(ledger, store);
                await MonthEnd.ChargeAsync(ledger, "late", 2, 1, late);
                Assert.Equal(2, (await RunAsync(ledger, "r2")).Invoices.Count);
                Assert.Empty((await RunAsync(ledger, "r3")).Invoices);
                await MonthEnd.AssertBilledOnceAsync(ledger, store);
            }
        }
    }

    [Fact]
    public async Task Runs_that_race_in_one_process_bill_each_charge_once()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store)) await MonthEnd.PrepareAsync(ledger, 40, 3);
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(store)));
        var runs = await Task.WhenAll(ledgers.Select((ledger, i) => Task.Run(
            () => RunAsync(ledger, $"r{i}"), Cancellation)));
        Assert.Equal(40, runs.Sum(run => run.Invoices.Count));
        await MonthEnd.AssertBilledOnceAsync(ledgers[0], store);
        foreach (var ledger in ledgers) await ledger.DisposeAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Overlapping_runs_in_processes_on_one_file_bill_each_charge_once(int processes)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("billing.db");
        await using (var ledger = await Ledger.OpenAsync(path, cancellationToken: Cancellation))
            await MonthEnd.PrepareAsync(ledger, 30, 4);
        HostProcess[] runs = [.. Enumerable.Range(0, processes).Select(
            run => new HostProcess("invoice", path, $"r{run}", "2026-10-31"))];
        await Task.WhenAll(runs.Select(run => run.BeginAsync()));
        foreach (var run in runs)
        {
            await run.FinishAsync();
            run.Dispose();
        }
        await AssertAsync(path);
    }

    [Fact]
    public async Task Processes_that_are_killed_leave_nothing_half_done()
    {
        var random = new Random(20_261_031);
        using var directory = new TemporaryDirectory();
        var path = directory.File("billing.db");
        await using (var ledger = await Ledger.OpenAsync(path, cancellationToken: Cancellation))
            await MonthEnd.PrepareAsync(ledger, 300, 4);
        for (var kill = 0; kill < 6; kill++)
        {
            using var run = new HostProcess("invoice", path, "r1", "2026-10-31");
            await run.BeginAsync();
            await Task.Delay(random.Next(300), Cancellation);
            await run.KillAsync();
        }
        await using (var ledger = await Ledger.OpenAsync(path, cancellationToken: Cancellation))
            Assert.Equal(300, (await RunAsync(ledger, "r1")).Invoices.Count);
        await AssertAsync(path);
    }

    private static async Task AssertAsync(string path)
    {
        await using var ledger = await Ledger.OpenAsync(path, cancellationToken: Cancellation);
        await using var store = await SqliteStore.OpenAsync(path, cancellation: Cancellation);
        await MonthEnd.AssertBilledOnceAsync(ledger, store);
        Assert.Empty((await RunAsync(ledger, "another")).Invoices);
    }

    private static Task<InvoiceRun> RunAsync(ILedger ledger, string id) => ledger.Billing.InvoiceAsync(
        new InvoiceRunRequest { Id = id, Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) },
        null, Cancellation);

    private static Task<LocalLedger> OpenAsync(Settle.Stores.IStore store) =>
        LocalLedger.OpenAsync("month", store, null, new LedgerOptions(), Cancellation);
}
