using Settle.Cli;
using Settle.Stores.Sqlite;
using Settle.TestHost;
using Settle.Tests.Cli;
using Settle.Tests.Crash;
using Settle.Tests.Invoicing;
using Settle.Tests.Processes;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Mirroring;

/// <summary>A backup is made while the ledger is used, and what is there is always whole.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    private string Saved => _folder.File("saved.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_backup_of_a_busy_ledger_has_what_was_acknowledged_before_it_began()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await ledger.TransferBatchAsync(NumberedTransfers.Range(0, 10), Stop);
        var load = Task.Run(async () =>
        {
            for (var number = 10; !ending.IsCancellationRequested; number++)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(number, 1), Stop);
        }, Stop);
        var last = 0L;
        for (var round = 0; round < 4; round++)
        {
            var before = (await ledger.GetInfoAsync(Stop)).Height;
            var report = await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
            Assert.True(report.Height >= before, $"{report.Height} of {before}");
            Assert.Equal(report.Height - last, report.Copied);
            Assert.True(report.HasDocuments);
            last = report.Height;
            Assert.Equal([Saved], Directory.GetFiles(_folder.Path, "saved*"));
            var verified = await LedgerVerification.VerifyAsync(Saved, cancellationToken: Stop);
            Assert.Equal((true, last), (verified.IsClean, verified.Blocks));
        }
        await ending.CancelAsync();
        await load;
        await using var copy = await Ledger.OpenAsync(Saved, cancellationToken: Stop);
        Assert.Equal(await ledger.ListBalancesAsync(AsOf.AtHeight(last), Stop),
            await copy.ListBalancesAsync(AsOf.AtHeight(last), Stop));
    }

    [Fact]
    public async Task Names_and_invoices_are_in_it_and_what_is_erased_leaves_the_next_one()
    {
        await using var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await MonthEnd.PrepareAsync(ledger, 3, 2);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Id = "r1", Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) }, cancellationToken: Stop);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await using (var copy = await Ledger.OpenAsync(Saved, cancellationToken: Stop))
            Assert.Equal("Customer 1", (await copy.Billing.GetCustomerAsync("c1", Stop))!.Party!.Name);
        await ledger.Billing.EraseCustomerAsync("c1", cancellationToken: Stop);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await using (var copy = await Ledger.OpenAsync(Saved, cancellationToken: Stop))
            Assert.True((await copy.Billing.GetCustomerAsync("c1", Stop))!.Erased);
    }

    [Fact]
    public async Task Stopped_anywhere_it_leaves_the_last_backup_as_it_was()
    {
        await FillAsync(Bank, 0, 20);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await FillAsync(Bank, 20, 20);
        var before = await File.ReadAllBytesAsync(Saved, Stop);
        for (var step = 1; step <= 20; step += 3)
        {
            using var cancellation = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LedgerBackup.SaveAsync(
                Bank, Saved, null, new StoppingAt(step, cancellation), cancellation.Token));
            Assert.Equal(before, await File.ReadAllBytesAsync(Saved, Stop));
            Assert.Equal([Saved], Directory.GetFiles(_folder.Path, "saved*"));
        }
        Assert.Equal(20, (await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop)).Copied);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_leaves_a_whole_backup_and_the_next_one_works()
    {
        await FillAsync(Bank, 0, 300);
        var random = new Random(20);
        for (var round = 0; round < 6; round++)
        {
            using var process = HostProcess.Settle("backup", Saved, "--ledger", Bank);
            await Task.Delay(random.Next(100, 900), Stop);
            await process.KillAsync();
            if (!File.Exists(Saved)) continue;
            Assert.True((await LedgerVerification.VerifyAsync(Saved, cancellationToken: Stop)).IsClean);
            await FillAsync(Bank, 300 + (round * 10), 10);
        }
        // What a killed one may leave.
        await File.WriteAllTextAsync(Saved + ".part", "half", Stop);
        await File.WriteAllTextAsync(Saved + ".part.lock", "", Stop);
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        Assert.True((await LedgerVerification.VerifyAsync(Saved, cancellationToken: Stop)).IsClean);
        Assert.False(File.Exists(Saved + ".part"));
    }

    [Fact]
    public async Task A_full_disk_is_named_and_the_last_backup_stays()
    {
        using var disk = new Mount("6m");
        var saved = disk.File("saved.db");
        await FillAsync(Bank, 0, 5);
        await LedgerBackup.SaveAsync(Bank, saved, cancellationToken: Stop);
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
            for (var first = 100; first < 60_000; first += 9_000)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(first, 9_000), Stop);
        var run = await CommandRun.OnAsync(Bank, "backup", saved);
        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains("is full: free some room", run.Error, StringComparison.Ordinal);
        var verified = await LedgerVerification.VerifyAsync(saved, cancellationToken: Stop);
        Assert.Equal((true, 5), (verified.IsClean, (int)verified.Blocks));
        Assert.False(File.Exists(saved + ".part"));
        disk.Resize("200m");
        await LedgerBackup.SaveAsync(Bank, saved, cancellationToken: Stop);
    }

    [Fact]
    public async Task What_would_overwrite_something_else_is_refused()
    {
        await FillAsync(Bank, 0, 5);
        await FillAsync(_folder.File("other.db"), 100, 5);
        foreach (var (name, count) in new[] { ("other.db", 5), ("longer.db", 9), ("shorter.db", 2) })
        {
            var other = _folder.File(name);
            if (name != "other.db") await FillAsync(other, 100, count);
            await RefusedAsync(ExitStatus.Refused, $"{other} holds another ledger than {Bank}", other);
            // One that went on from an older copy of this one.
            var fork = _folder.File($"fork-{name}");
            await LedgerBackup.SaveAsync(Bank, fork, cancellationToken: Stop);
            await FillAsync(fork, 200, count);
        }
        await FillAsync(Bank, 5, 4);
        foreach (var name in (string[])["other", "longer", "shorter"])
            await RefusedAsync(ExitStatus.Refused, "different chains: block 6 is the first that differs",
                _folder.File($"fork-{name}.db"));
        await RefusedAsync(ExitStatus.Usage, "is the ledger itself", Bank);
        await RefusedAsync(ExitStatus.Usage, "is not a file", "couchdb://x:secret@localhost/bank");
        await RefusedAsync(ExitStatus.Store, "there is no directory", _folder.File("none/bank.db"));
        await File.WriteAllTextAsync(Saved, "a letter", Stop);
        await RefusedAsync(ExitStatus.Store, "is not a ledger", Saved);
        Assert.Equal("a letter", await File.ReadAllTextAsync(Saved, Stop));
        File.Delete(Saved);
        using (var other = SqliteConnection.Open(Saved, SqliteAccess.ReadWriteCreate, TimeSpan.Zero))
        {
            other.Execute("PRAGMA journal_mode=WAL");
            other.Execute("CREATE TABLE songs (name TEXT)");
        }
        await RefusedAsync(ExitStatus.Store, "belongs to another program", Saved);
        using (var other = SqliteConnection.Open(Saved, SqliteAccess.ReadWrite, TimeSpan.Zero))
            Assert.Equal("wal", other.AskText("PRAGMA journal_mode"));
        File.Delete(Saved);

        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await using (await Ledger.OpenAsync(Saved, cancellationToken: Stop))
            await RefusedAsync(ExitStatus.Store, "is open in another program", Saved);
        using (File.Open(Saved + ".part.lock", FileMode.Create, FileAccess.Write, FileShare.None))
            await RefusedAsync(ExitStatus.Store, "is being written by another", Saved);
        await FillAsync(Saved, 9, 3);
        await RefusedAsync(ExitStatus.Refused, $"{Saved} has 12 blocks, more than {Bank}, which has 9:", Saved);
        Assert.Equal(ExitStatus.Store, (await CommandRun.OnAsync(_folder.File("no.db"), "backup", Saved)).Status);
        await CommandRun.MakeAsync(_folder.File("empty.db"));
        var empty = await CommandRun.OnAsync(_folder.File("empty.db"), "backup", _folder.File("e.db"));
        Assert.Contains("has no blocks", empty.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "e.db*"));
    }

    [Fact]
    public async Task A_damaged_ledger_does_not_become_a_backup()
    {
        using var chain = new ChainFile();
        await LedgerBackup.SaveAsync(chain.Path, Saved, cancellationToken: Stop);
        var before = await File.ReadAllBytesAsync(Saved, Stop);
        // The hashes fit, so that only deciding again shows it.
        chain.Forge(chain.Height, text => text.Replace("\"amount\":", "\"amount\":1", StringComparison.Ordinal));
        var forged = _folder.File("forged.db");
        var run = await CommandRun.OnAsync(chain.Path, "backup", forged);
        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains("store_corrupt", run.Error, StringComparison.Ordinal);
        Assert.Contains("run settle verify", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(forged));
        Assert.NotEqual(ExitStatus.Done, (await CommandRun.OnAsync(chain.Path, "backup", Saved)).Status);
        Assert.Equal(before, await File.ReadAllBytesAsync(Saved, Stop));
    }

    [Fact]
    public async Task Through_a_server_it_has_the_blocks_and_says_what_it_lacks()
    {
        await using var server = await RunningServer.StartAsync();
        var location = $"{server.Http.BaseAddress}bank";
        await using (var ledger = await Ledger.OpenAsync(location, cancellationToken: Stop))
            for (var first = 0; first < 30; first++)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(first, 1), Stop);
        var run = await CommandRun.DoneAsync(location, "backup", Saved, "--json");
        Assert.False(run.Json.GetProperty("has_documents").GetBoolean());
        var again = await CommandRun.DoneAsync(location, "backup", Saved);
        Assert.Contains("0 of them new", again.Output, StringComparison.Ordinal);
        Assert.Contains("without names and addresses", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_stays_one()
    {
        await FillAsync(Bank, 0, 3);
        File.CreateSymbolicLink(_folder.File("link.db"), Saved);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await FillAsync(Bank, 3, 2);
        await LedgerBackup.SaveAsync(Bank, _folder.File("link.db"), cancellationToken: Stop);
        Assert.Equal(Saved, new FileInfo(_folder.File("link.db")).LinkTarget);
        Assert.Equal(5, (await LedgerVerification.VerifyAsync(Saved, cancellationToken: Stop)).Blocks);
    }

    [Fact]
    public async Task All_ledgers_of_a_folder_are_saved_in_a_folder()
    {
        var ledgers = Directory.CreateDirectory(_folder.File("ledgers")).FullName;
        await FillAsync(Path.Combine(ledgers, "a.db"), 0, 3);
        await FillAsync(Path.Combine(ledgers, "b.db"), 0, 4);
        var backups = _folder.File("backups/");
        var run = await CommandRun.DoneAsync(ledgers, "backup", backups, "--json");
        Assert.Equal([3, 4], run.Json.EnumerateArray().Select(each => each.GetProperty("height").GetInt32()));
        Assert.Equal(["a.db", "b.db"], Directory.GetFiles(backups).Select(Path.GetFileName).Order());
        var one = await CommandRun.DoneAsync(Path.Combine(ledgers, "a.db"), "backup", backups);
        Assert.Contains("a.db: 3 blocks, 0 of them new, no fault", one.Output, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Usage, (await CommandRun.OnAsync(ledgers, "backup", Saved)).Status);
    }

    [Fact]
    public async Task One_ledger_that_cannot_be_saved_does_not_keep_the_others_from_it()
    {
        var ledgers = Directory.CreateDirectory(_folder.File("ledgers")).FullName;
        await File.WriteAllTextAsync(Path.Combine(ledgers, "a.db"), "a letter", Stop);
        await File.WriteAllTextAsync(Path.Combine(ledgers, "b.db"), "", Stop);
        await FillAsync(Path.Combine(ledgers, "c.db"), 0, 3);
        var run = await CommandRun.OnAsync(ledgers, "backup", _folder.File("backups/"));
        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains("a.db is not a ledger", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("b.db", run.Error, StringComparison.Ordinal);
        Assert.Contains("c.db: 3 blocks, 3 of them new", run.Output, StringComparison.Ordinal);
        Assert.Equal(["c.db"], Directory.GetFiles(_folder.File("backups")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Nobody_writes_to_the_last_backup_while_the_next_one_takes_its_place()
    {
        await FillAsync(Bank, 0, 3);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        var looks = 0;
        var watching = new Calling(() =>
        {
            using var other = SqliteConnection.Open(Saved, SqliteAccess.ReadWrite, TimeSpan.Zero);
            Assert.True(Assert.Throws<SqliteException>(() => other.Execute("BEGIN IMMEDIATE")).IsBusy);
            looks++;
        });
        await FillAsync(Bank, 3, 2);
        await LedgerBackup.SaveAsync(Bank, Saved, null, watching, Stop);
        Assert.True(looks > 0);
        looks = 0;
        await LedgerBackup.RestoreAsync(Bank, Saved, false, null, watching, Stop);
        Assert.True(looks > 0);
    }

    [Fact]
    public async Task A_log_without_its_file_does_not_become_a_part_of_the_backup()
    {
        await FillAsync(Bank, 0, 3);
        await File.WriteAllTextAsync(Saved + "-wal", "a log", Stop);
        await RefusedAsync(ExitStatus.Store, "saved.db-wal, the log of a file that was there", Saved);
        Assert.Equal("a log", await File.ReadAllTextAsync(Saved + "-wal", Stop));
        Assert.False(File.Exists(Saved));
    }

    // A block each.
    internal static async Task FillAsync(string path, int first, int count)
    {
        await using var ledger = await Ledger.OpenAsync(path, cancellationToken: Stop);
        for (var number = first; number < first + count; number++)
            await ledger.TransferBatchAsync(NumberedTransfers.Range(number, 1), Stop);
    }

    private async Task RefusedAsync(int status, string message, string to)
    {
        var run = await CommandRun.OnAsync(Bank, "backup", to);
        Assert.True(run.Status == status, $"{to}: {run.Status}: {run.Error}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    private sealed class Calling(Action call) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => call();
    }

    private sealed class StoppingAt(int step, CancellationTokenSource cancellation)
        : IProgress<WorkProgress>
    {
        private int _steps;

        public void Report(WorkProgress value)
        {
            if (++_steps == step) cancellation.Cancel();
        }
    }
}
