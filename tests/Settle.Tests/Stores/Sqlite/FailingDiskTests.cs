using System.Diagnostics;
using Settle.Stores.Sqlite;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

public sealed class FailingDiskTests
{
    [Theory]
    [InlineData(20_000)]
    [InlineData(300_000)]
    public async Task A_commit_that_the_disk_fails_is_unknown_until_the_same_write_succeeds(int size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs prlimit");
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        using var writer = HostProcess.WithFileLimit(2000, "endure", path, $"{size}");
        await writer.BeginAsync();
        var failed = (await writer.WaitForLineAsync("unknown"))["unknown ".Length..];
        Assert.Equal("still unknown, found: False", await writer.WaitForLineAsync("still"));

        using var limit = Process.Start("prlimit", ["--pid", $"{writer.Id}", "--fsize=unlimited"]);
        await limit.WaitForExitAsync(TestContext.Current.CancellationToken);
        await writer.TellAsync();
        Assert.Equal($"Created {failed}", await writer.WaitForLineAsync("Created"));
        await writer.FinishAsync();

        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWrite);
        var documents = await store.ReadAsync("", "~", int.MaxValue, default);
        Assert.Equal(int.Parse(failed) + 1, documents.Count);
        Assert.Equal(failed, documents[^1].Id);
    }

    [Fact]
    public async Task A_file_that_stays_locked_is_a_clear_error_and_works_when_it_is_free()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        await using (await SqliteStore.OpenAsync(path))
        {
        }
        using var other = SqliteConnection.Open(path, SqliteAccess.ReadWrite, TimeSpan.Zero);
        other.Execute("BEGIN IMMEDIATE");
        using var writer = new SqliteWriter(LedgerFile.At(path), TimeSpan.FromMilliseconds(30));
        var error = Assert.Throws<StoreUnavailableException>(() => writer.Create("a", new byte[1]));
        Assert.Contains("locked by another process", error.Message, StringComparison.Ordinal);
        other.Execute("COMMIT");
        Assert.Equal(Settle.Stores.CreateOutcome.Created, writer.Create("a", new byte[1]));
    }
}
