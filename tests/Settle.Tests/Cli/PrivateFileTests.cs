using Settle.Server;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>What is written is for its owner, whatever the habit of the system is.</summary>
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    private readonly TemporaryDirectory _directory = new();

    private string LedgerFile => _directory.File("bank.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Nobody_else_can_read_what_the_command_line_makes()
    {
        if (OperatingSystem.IsWindows()) return;
        await CommandRun.DoneAsync(LedgerFile, "init", "--asset", "EUR");
        await File.WriteAllTextAsync(_directory.File("rows.csv"), "id,from,to,amount\n"
            + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"t-{i},@world,a{i},1\n")),
            TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_directory.File("rows.csv"), File600);
        await using (await Settle.Ledger.OpenAsync(LedgerFile, cancellationToken: TestContext.Current.CancellationToken))
        {
            await CommandRun.DoneAsync(LedgerFile, "import", _directory.File("rows.csv"));
            await BillAsync();
            await CommandRun.DoneAsync(LedgerFile, "export", "--output", _directory.File("bank.journal"),
                "--format", "hledger");
            await CommandRun.DoneAsync(LedgerFile, "paper", "--output", _directory.File("papers"));
            ApiKeys.Add(_directory.File("keys.json"), "a", ApiRole.Reader, []);
            // The log and its index are there while the ledger is open.
            Assert.True(File.Exists(LedgerFile + "-wal"));
            AssertPrivate();
        }
        AssertPrivate();
        Assert.NotEmpty(Directory.GetFiles(_directory.File("papers")));
        Assert.NotEmpty(Directory.GetFiles(LedgerFile + ".index"));
    }

    [Fact]
    public async Task A_file_that_is_written_again_stays_as_readable_as_it_was()
    {
        if (OperatingSystem.IsWindows()) return;
        var shared = File600 | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        await CommandRun.DoneAsync(LedgerFile, "init");
        await File.WriteAllTextAsync(_directory.File("out.csv"), "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_directory.File("out.csv"), shared);
        await CommandRun.DoneAsync(LedgerFile, "export", "--format", "csv", "--output", _directory.File("out.csv"));
        Assert.Equal(shared, File.GetUnixFileMode(_directory.File("out.csv")));
    }

    [Fact]
    public async Task A_folder_of_ledgers_that_a_server_makes_is_private()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = _directory.File("ledgers") + "/";
        await using var server = await Server.RunningServer.StartAsync(options => options with { Ledgers = [folder] });
        using var made = await server.PutAsync("/v1/ledgers/new", """{"asset":"USD"}""");
        Assert.True(made.IsSuccessStatusCode);
        Assert.True(File.Exists(folder + "new.db"));
        AssertPrivate();
    }

    private async Task BillAsync()
    {
        await using var ledger = await Settle.Ledger.OpenAsync(LedgerFile);
        await Server.BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000));
    }

    private void AssertPrivate()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories))
        {
            var wanted = Directory.Exists(path) ? Folder700 : File600;
            var mode = File.GetUnixFileMode(path);
            Assert.True(mode == wanted, $"{path}: {mode}");
        }
    }
}
