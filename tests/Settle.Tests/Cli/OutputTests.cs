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
        Assert.Equal("error: No space left on device [io_error]",
            await help.WaitForErrorAsync("[io_error]"));
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
