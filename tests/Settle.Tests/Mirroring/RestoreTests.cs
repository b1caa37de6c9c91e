using Settle.Cli;
using Settle.Stores;
using Settle.TestHost;
using Settle.Tests.Cli;
using Settle.Tests.Invoicing;
using Xunit;

namespace Settle.Tests.Mirroring;

/// <summary>
/// A backup takes a ledger's place: nothing that is there is lost without a person's word, and what
/// is lost is remembered.
/// </summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    private string Saved => _folder.File("saved.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_ledger_comes_back_on_another_machine_and_goes_on()
    {
        await SaveAsync(5);
        var there = _folder.File("there.db");
        var run = await CommandRun.DoneAsync(Bank, "restore", Saved, there, "--json");
        Assert.Equal(5, run.Json.GetProperty("height").GetInt32());
        Assert.False(run.Json.TryGetProperty("lost_height", out _));
        Assert.False(run.Json.TryGetProperty("kept_as", out _));
        Assert.Equal((true, false), await PayAsync(there, 3, 5));
    }

    [Fact]
    public async Task An_older_file_is_replaced_and_kept()
    {
        await SaveAsync(5);
        await BackupTests.FillAsync(Saved, 5, 4);
        var run = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--json");
        Assert.Equal(9, run.Json.GetProperty("height").GetInt32());
        var kept = run.Json.GetProperty("kept_as").GetString()!;
        Assert.Equal(5, (await LedgerVerification.VerifyAsync(kept, cancellationToken: Stop)).Blocks);
        Assert.Equal((true, false), await PayAsync(Bank, 8, 9));
    }

    [Fact]
    public async Task A_newer_one_is_replaced_by_a_persons_word_alone_and_then_needs_another()
    {
        await SaveAsync(5);
        await BackupTests.FillAsync(Bank, 5, 3);
        var before = await File.ReadAllBytesAsync(Bank, Stop);
        var run = await CommandRun.OnAsync(Bank, "restore", Saved, Bank);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("has 8 blocks, and the backup has 5", run.Error, StringComparison.Ordinal);
        Assert.Contains("--replace", run.Error, StringComparison.Ordinal);
        // SQLite notes in the file's head that it was used.
        Assert.Equal(before[100..], (await File.ReadAllBytesAsync(Bank, Stop))[100..]);

        // Even without the folder beside it, which knows as much.
        Directory.Delete(Bank + ".index", recursive: true);
        var replaced = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        Assert.Contains("block 8 was known here", replaced.Error, StringComparison.Ordinal);
        await AssertNeedsWordAsync(has: 5, had: 8);
        var kept = Directory.GetFiles(_folder.Path, "bank.db.replaced-*").Single();
        Assert.Equal(8, (await LedgerVerification.VerifyAsync(kept, cancellationToken: Stop)).Blocks);
    }

    [Fact]
    public async Task A_word_that_is_in_the_backup_does_not_excuse_the_next_loss()
    {
        await SaveAsync(5);
        await BackupTests.FillAsync(Bank, 5, 3);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        await AssertNeedsWordAsync(has: 5, had: 8);
        File.Delete(Saved);
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await BackupTests.FillAsync(Bank, 20, 4);
        Directory.Delete(Bank + ".index", recursive: true);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        await AssertNeedsWordAsync(has: 6, had: 10);
    }

    [Fact]
    public async Task Where_the_file_is_gone_the_blocks_that_were_known_are_named()
    {
        await SaveAsync(5);
        await BackupTests.FillAsync(Bank, 5, 3);
        File.Delete(Bank);
        var run = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--json");
        Assert.Equal(8, run.Json.GetProperty("lost_height").GetInt32());
        await AssertNeedsWordAsync(has: 5, had: 8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40_000)]
    public async Task A_damaged_file_is_replaced_by_a_persons_word_and_kept(int at)
    {
        await SaveAsync(40);
        var bytes = await File.ReadAllBytesAsync(Bank, Stop);
        bytes.AsSpan(at, 30_000).Fill(0x55);
        await File.WriteAllBytesAsync(Bank, bytes, Stop);
        var run = await CommandRun.OnAsync(Bank, "restore", Saved, Bank);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("is damaged", run.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        Assert.True((await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop)).IsClean);
        // What SQLite had beside it, if anything, is kept with it.
        Assert.Single(Directory.GetFiles(_folder.Path, "bank.db.replaced-*"),
            kept => !kept.EndsWith("-wal", StringComparison.Ordinal) && !kept.EndsWith("-shm", StringComparison.Ordinal));
        Assert.Equal((true, false), await PayAsync(Bank, 3, 50));
    }

    [Fact]
    public async Task A_log_whose_file_is_gone_does_not_become_a_part_of_what_is_restored()
    {
        await SaveAsync(5);
        // As a server that was killed leaves it.
        var log = _folder.File("log");
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
        {
            for (var number = 5; number < 8; number++)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(number, 1), Stop);
            File.Copy(Bank + "-wal", log);
        }
        File.Delete(Bank);
        File.Move(log, Bank + "-wal");
        var run = await CommandRun.OnAsync(Bank, "restore", Saved, Bank);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("bank.db is missing, but its log is there", run.Error, StringComparison.Ordinal);
        var replaced = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace", "--json");
        Assert.True(File.Exists(replaced.Json.GetProperty("kept_as").GetString()));
        Assert.Equal(5, (await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop)).Blocks);
        await AssertNeedsWordAsync(has: 5, had: 8);
    }

    [Fact]
    public async Task A_name_that_was_erased_since_the_backup_does_not_come_back()
    {
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
            await MonthEnd.PrepareAsync(ledger, 3, 2);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
            await ledger.Billing.EraseCustomerAsync("c1", cancellationToken: Stop);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
        {
            Assert.True((await ledger.Billing.GetCustomerAsync("c1", Stop))!.Erased);
            Assert.False((await ledger.Billing.GetCustomerAsync("c2", Stop))!.Erased);
        }
    }

    [Fact]
    public async Task Whoever_could_use_the_file_can_use_the_one_that_takes_its_place()
    {
        if (OperatingSystem.IsWindows()) return;
        await SaveAsync(5);
        await BackupTests.FillAsync(Bank, 5, 3);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(Bank, mode);
        File.SetUnixFileMode(Saved, mode);
        var owner = FileOwner.Of(Bank)!.Value;
        if (FileOwner.MayGive)
        {
            owner = new FileOwner(12_345, 12_345);
            owner.Give(Bank);
            owner.Give(Saved);
            Directory.Delete(Bank + ".index", recursive: true);
        }
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
        await BackupTests.FillAsync(Bank, 20, 1);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        Assert.Equal((owner, mode), (FileOwner.Of(Bank)!.Value, File.GetUnixFileMode(Bank)));
        Assert.Equal((owner, mode), (FileOwner.Of(Saved)!.Value, File.GetUnixFileMode(Saved)));
        Assert.Equal(owner, FileOwner.Of(Bank + ".index/tip"));
    }

    // Whoever runs the server could otherwise have root give away any file.
    [Theory]
    [InlineData("index")]
    [InlineData("file")]
    public async Task What_a_link_beside_a_ledger_leads_to_keeps_its_owner(string link)
    {
        if (!FileOwner.MayGive) Assert.Skip("only root gives files away");
        await SaveAsync(5);
        var others = Directory.CreateDirectory(_folder.File("others"));
        var file = Path.Combine(others.FullName, "shadow");
        await File.WriteAllTextAsync(file, "root's", Stop);
        if (link == "index")
        {
            Directory.Delete(Bank + ".index", recursive: true);
            Directory.CreateSymbolicLink(Bank + ".index", others.FullName);
        }
        else
        {
            File.CreateSymbolicLink(Bank + ".index/more", file);
        }
        new FileOwner(12_345, 12_345).Give(Bank);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        Assert.Equal(new FileOwner(0, 0), FileOwner.Of(file));
    }

    [Fact]
    public async Task What_is_in_use_or_another_ledger_or_itself_damaged_is_refused()
    {
        await SaveAsync(5);
        await using (await Ledger.OpenAsync(Bank, cancellationToken: Stop))
        {
            var used = await CommandRun.OnAsync(Bank, "restore", Saved, Bank, "--replace");
            Assert.Equal(ExitStatus.Store, used.Status);
            Assert.Contains("is open in another program", used.Error, StringComparison.Ordinal);
        }
        var other = _folder.File("other.db");
        await BackupTests.FillAsync(other, 100, 5);
        var another = await CommandRun.OnAsync(Bank, "restore", Saved, other, "--replace");
        Assert.Equal(ExitStatus.Refused, another.Status);
        Assert.Contains("holds another ledger", another.Error, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Usage, (await CommandRun.OnAsync(Bank, "restore", Saved, Saved)).Status);
        var missing = await CommandRun.OnAsync(Bank, "restore", _folder.File("no.db"), Bank);
        Assert.Equal(ExitStatus.Store, missing.Status);
        Assert.Contains("there is no backup at", missing.Error, StringComparison.Ordinal);
        var unnamed = await CommandRun.OnAsync(Bank, "restore", "@" + _folder.File("no.txt"), Bank);
        Assert.Equal(ExitStatus.Usage, unnamed.Status);
        Assert.DoesNotContain("--ledger:", unnamed.Error, StringComparison.Ordinal);

        var bytes = await File.ReadAllBytesAsync(Saved, Stop);
        bytes.AsSpan(bytes.Length - 20_000).Fill(0x55);
        await File.WriteAllBytesAsync(Saved, bytes, Stop);
        Assert.NotEqual(ExitStatus.Done, (await CommandRun.OnAsync(Bank, "restore", Saved, Bank)).Status);
        Assert.True((await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop)).IsClean);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.part*"));
    }

    [Fact]
    public async Task The_newest_blocks_can_be_checked_from_one_that_was_noted()
    {
        await BackupTests.FillAsync(Bank, 0, 20);
        var info = (await CommandRun.DoneAsync(Bank, "info", "--json")).Json;
        var noted = $"{info.GetProperty("height").GetInt64()}:{info.GetProperty("hash").GetString()}";
        await SaveAsync(0);
        await BackupTests.FillAsync(Bank, 20, 20);
        var clean = await CommandRun.DoneAsync(Bank, "verify", "--since", noted);
        Assert.Contains("no fault from block 20 to 40", clean.Output, StringComparison.Ordinal);

        var wrong = await CommandRun.OnAsync(Bank, "verify", "--since", "20:" + new string('0', 64), "--json");
        Assert.Equal(ExitStatus.Refused, wrong.Status);
        Assert.Contains("was noted", wrong.Json.GetProperty("faults")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal);
        var missing = await CommandRun.OnAsync(Saved, "verify", "--since", "21:" + new string('0', 64));
        Assert.Equal(ExitStatus.Refused, missing.Status);
        Assert.Contains("is missing", missing.Output, StringComparison.Ordinal);
        foreach (var typed in (string[])["20", "x:y", "0:" + new string('0', 64), "20:abc", "1:2:3"])
        {
            var run = await CommandRun.OnAsync(Bank, "verify", "--since", typed);
            Assert.True(run.Status == ExitStatus.Usage, $"{typed}: {run.Status} {run.Error}");
        }
    }

    // A ledger of so many blocks, if it has none, and a backup of it.
    private async Task SaveAsync(int blocks)
    {
        if (blocks > 0) await BackupTests.FillAsync(Bank, 0, blocks);
        await LedgerBackup.SaveAsync(Bank, Saved, cancellationToken: Stop);
    }

    private async Task AssertNeedsWordAsync(int has, int had)
    {
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
        {
            var error = await Assert.ThrowsAsync<StoreCorruptException>(
                () => ledger.TransferBatchAsync(NumberedTransfers.Range(70, 1), Stop));
            Assert.Contains($"has {has} blocks, but had {had}", error.Message, StringComparison.Ordinal);
        }
        await using (var ledger = await Ledger.OpenAsync(
            Bank, new LedgerOptions { AcceptRollback = true }, Stop))
            await ledger.TransferBatchAsync(NumberedTransfers.Range(80 + had, 1), Stop);
        var report = await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop);
        Assert.True(report.IsClean);
        Assert.Equal(had, report.Recoveries[^1].LostHeight);
    }

    // Whether a number that was decided, and one that was not, are known.
    private static async Task<(bool, bool)> PayAsync(string path, int known, int other)
    {
        await using var ledger = await Ledger.OpenAsync(path, cancellationToken: Stop);
        TransferRequest[] requests =
            [.. NumberedTransfers.Range(known, 1), .. NumberedTransfers.Range(other, 1)];
        var verdicts = await ledger.TransferBatchAsync(requests, Stop);
        return (verdicts[0].Replayed, verdicts[1].Replayed);
    }
}
