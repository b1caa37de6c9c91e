using System.Diagnostics;
using Settle.Stores.Sqlite;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Where results go, and what happens when they cannot.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_that_cannot_be_written_is_an_error_like_others()
    {
        await using var help = SettleProcess.Redirected(">/dev/full", "transfer", "--help");
        Assert.StartsWith("error: standard output cannot be written: No space left on device",
            await help.WaitForErrorAsync("[io_error]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_that_cannot_be_written_say_how_to_find_what_was_done()
    {
        await CommandRun.DoneAsync(Bank, "init");
        await using (var moved = SettleProcess.Redirected(">/dev/full", "transfer", "@world", "Alex", "5",
            "--id", "t1", "--ledger", Bank))
        {
            Assert.Contains("a request with the same --id shows it", await moved.WaitForErrorAsync("[io_error]"),
                StringComparison.Ordinal);
            Assert.Equal(3, await moved.EndAsync());
        }
        Assert.Contains("5.00", (await CommandRun.OnAsync(Bank, "balance", "Alex")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "nope")]
    [InlineData(3, "balance", "--ledger", "/dev/null/no.db")]
    [InlineData(0, "--version")]
    public async Task Errors_that_cannot_be_written_do_not_change_how_a_command_ends(int status, params string[] words)
    {
        await using var silent = SettleProcess.Redirected("2>/dev/full", words);
        Assert.Equal(status, await silent.EndAsync());
    }

    [Theory]
    [InlineData("bank.db")]
    [InlineData("bank.db-wal")]
    [InlineData("bank.db.index/manifest.json")]
    [InlineData("other.db")]
    [InlineData("link.csv")]
    public async Task No_output_takes_the_place_of_a_ledger(string name)
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        await CommandRun.DoneAsync(_folder.File("other.db"), "init");
        File.CreateSymbolicLink(_folder.File("link.csv"), Bank);
        Directory.CreateDirectory(Bank + ".index");
        var rows = _folder.File("rows.csv");
        await File.WriteAllTextAsync(rows, "id,from,to,amount\nx,poor,Alex,1\n", TestContext.Current.CancellationToken);
        foreach (var words in (string[][])
        [
            ["export", "--format", "csv", "--output", _folder.File(name)],
            ["export", "--format", "csv", "--output", _folder.File("new.csv"), "--accounts", _folder.File(name)],
            ["import", rows, "--rejected", _folder.File(name)],
        ])
        {
            var run = await CommandRun.OnAsync(Bank, words);
            Assert.Equal(2, run.Status);
            Assert.Contains("belongs to a database", run.Error, StringComparison.Ordinal);
        }
        Assert.Contains("5.00", (await CommandRun.OnAsync(Bank, "balance", "Alex")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_a_folder_is_refused()
    {
        await CommandRun.DoneAsync(Bank, "init");
        Directory.CreateDirectory(_folder.File("bank.db.index"));
        foreach (var folder in (string[])[_folder.Path, _folder.File("bank.db.index")])
        {
            var run = await CommandRun.OnAsync(Bank, "export", "--format", "csv", "--output", folder);
            Assert.Equal(2, run.Status);
            Assert.Contains("output: cannot write " + folder + ": it is a folder", run.Error, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_output_takes_the_place_of_the_settings_of_an_export()
    {
        await CommandRun.DoneAsync(Bank, "init");
        var (settings, link) = (_folder.File("set.json"), _folder.File("set-link.json"));
        await File.WriteAllTextAsync(settings, "{}", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, settings);
        foreach (var output in (string[])[settings, link])
        {
            var run = await CommandRun.OnAsync(Bank, "export", "--format", "datev", "--from", "2026-10-01",
                "--to", "2026-10", "--settings", settings, "--output", output);
            Assert.Equal(2, run.Status);
            Assert.Contains("is --settings, too", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal("{}", await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_output_takes_the_place_of_an_input_or_of_another_output()
    {
        await CommandRun.DoneAsync(Bank, "init");
        var (rows, accounts, link) = (_folder.File("r.csv"), _folder.File("a.csv"), _folder.File("link.csv"));
        await File.WriteAllTextAsync(rows, "id,from,to,amount\nx,poor,Alex,1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(accounts, "account\nAlex\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, rows);
        foreach (var words in (string[][])
        [
            ["import", rows, "--rejected", rows],
            ["import", rows, "--rejected", link],
            ["import", rows, "--accounts", accounts, "--rejected", Path.Combine(_folder.Path, ".", "a.csv")],
            ["export", "--format", "csv", "--output", _folder.File("o.csv"), "--accounts", _folder.File("o.csv")],
        ])
        {
            var run = await CommandRun.OnAsync(Bank, words);
            Assert.Equal(2, run.Status);
            Assert.Contains("name another file", run.Error, StringComparison.Ordinal);
        }
        Assert.Contains("poor", await File.ReadAllTextAsync(rows, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Alex", await File.ReadAllTextAsync(accounts, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_to_a_device_is_written_as_it_comes()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        await using var export = new SettleProcess(
            "export", "--format", "csv", "--output", "/dev/fd/1", "--ledger", Bank);
        await export.WaitForLineAsync("t1,");
        await export.WaitForLineAsync("entries to /dev/fd/1");
    }

    [Fact]
    public async Task A_pipe_that_an_export_is_written_to_stays_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes have names on Linux");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        var pipe = _folder.File("pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        var read = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        await CommandRun.DoneAsync(Bank, "export", "--format", "csv", "--output", pipe);
        Assert.Contains("t1,", await read.WaitAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(FileStatus.Of(pipe)!.Value.IsPlain);
    }

    [Fact]
    public async Task The_disk_in_memory_is_a_folder_like_any_other()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is none here");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        var file = $"/dev/shm/settle-{Guid.NewGuid():N}.csv";
        try
        {
            await CommandRun.DoneAsync(Bank, "export", "--format", "csv", "--output", file);
            Assert.Contains("t1,", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_export_to_a_link_leaves_it_a_link()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        var (link, target) = (_folder.File("link.csv"), _folder.File("target.csv"));
        File.CreateSymbolicLink(link, target);
        await CommandRun.DoneAsync(Bank, "export", "--format", "csv", "--output", link);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Contains("t1,", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_no_ledger_and_the_error_says_so()
    {
        var run = await CommandRun.OnAsync(_folder.Path, "balance");
        Assert.Equal(3, run.Status);
        Assert.Contains("is a folder; name the ledger's file in it", run.Error, StringComparison.Ordinal);
    }
}
