using System.Diagnostics;
using Settle.Cli;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Mirroring;

/// <summary>
/// Where a backup is made, or a ledger restored, nothing is destroyed that is neither.
/// </summary>
public sealed class BackupPlaceTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    private string Saved => _folder.File("saved.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".part")]
    [InlineData(".part-wal")]
    [InlineData(".part-journal")]
    [InlineData(".part.lock")]
    public async Task A_strangers_file_where_a_backup_is_made_stays(string ending)
    {
        await BackupTests.FillAsync(Bank, 0, 3);
        await File.WriteAllTextAsync(Saved + ending, "a letter", Stop);
        foreach (var command in (string[][])[["backup", Saved], ["restore", Bank, Saved]])
        {
            var run = await CommandRun.OnAsync(Bank, command);
            Assert.Equal(ExitStatus.Store, run.Status);
            Assert.Contains($"{Saved}{ending} is in the way", run.Error, StringComparison.Ordinal);
            Assert.Equal([Saved + ending], Directory.GetFiles(_folder.Path, "saved*"));
            Assert.Equal("a letter", await File.ReadAllTextAsync(Saved + ending, Stop));
        }
    }

    [Theory]
    [InlineData(".part")]
    [InlineData(".part.lock")]
    public async Task A_folder_in_the_way_is_named_and_nothing_is_left_beside_it(string ending)
    {
        await BackupTests.FillAsync(Bank, 0, 3);
        Directory.CreateDirectory(Saved + ending);
        var run = await CommandRun.OnAsync(Bank, "backup", Saved);
        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains($"{Saved}{ending} is in the way", run.Error, StringComparison.Ordinal);
        Assert.Equal([Saved + ending], Directory.GetFileSystemEntries(_folder.Path, "saved*"));
    }

    [Theory]
    [InlineData(".part")]
    [InlineData(".PART")]
    [InlineData(".part.lock")]
    public async Task A_backup_does_not_get_the_name_of_one_in_the_making(string ending)
    {
        await BackupTests.FillAsync(Bank, 0, 3);
        foreach (var command in (string[][])
            [["backup", Saved + ending], ["restore", Bank, Saved + ending]])
        {
            var run = await CommandRun.OnAsync(Bank, command);
            Assert.Equal(ExitStatus.Usage, run.Status);
            Assert.Contains("is the name of a backup in the making", run.Error, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(_folder.Path, "saved*"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".part")]
    [InlineData(".part.lock")]
    public async Task A_pipe_is_no_place_for_a_ledger(string ending)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("only Linux says what a path leads to");
        await BackupTests.FillAsync(Bank, 0, 3);
        var pipe = Saved + ending;
        using (var made = Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(Stop);
        foreach (var command in (string[][])
            [["backup", Saved], ["restore", Bank, Saved], ["restore", Bank, Saved, "--replace"]])
        {
            var run = await CommandRun.OnAsync(Bank, command);
            Assert.Equal(ExitStatus.Store, run.Status);
            Assert.Contains(ending.Length == 0 ? "is a device, a pipe or a socket" : "is in the way",
                run.Error, StringComparison.Ordinal);
        }
        Assert.Equal([pipe], Directory.GetFiles(_folder.Path, "saved*"));
        using var kind = Process.Start(new ProcessStartInfo("test", ["-p", pipe]))!;
        await kind.WaitForExitAsync(Stop);
        Assert.Equal(0, kind.ExitCode);
        if (ending.Length > 0) return;
        var opened = await CommandRun.OnAsync(pipe, "init");
        Assert.Contains("is a device, a pipe or a socket", opened.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_is_no_place_for_a_ledger()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("only Linux says what a path leads to");
        await BackupTests.FillAsync(Bank, 0, 3);
        // A link to a device: were it replaced, the machine would go on without it.
        File.CreateSymbolicLink(Saved, "/dev/null");
        var run = await CommandRun.OnAsync(Saved, "init");
        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains("/dev/null is a device, a pipe or a socket", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_may_read_an_empty_file_may_not_read_the_ledger_that_comes_into_it(bool restores)
    {
        if (OperatingSystem.IsWindows()) return;
        await BackupTests.FillAsync(Bank, 0, 3);
        await File.WriteAllTextAsync(Saved, "", Stop);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(Saved, owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        string[] command = restores ? ["restore", Bank, Saved] : ["backup", Saved];
        await CommandRun.DoneAsync(Bank, command);
        Assert.Equal(owner, File.GetUnixFileMode(Saved));
        // What was readable with a ledger in it was made so by somebody.
        File.SetUnixFileMode(Saved, owner | UnixFileMode.GroupRead);
        await CommandRun.DoneAsync(Bank, command);
        Assert.Equal(owner | UnixFileMode.GroupRead, File.GetUnixFileMode(Saved));
    }
}
