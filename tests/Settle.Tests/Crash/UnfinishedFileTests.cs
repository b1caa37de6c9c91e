using Settle.Stores.Sqlite;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>
/// A program that is killed between making a file and its first block leaves one without a ledger:
/// that is no damage, and a ledger can be made in it.
/// </summary>
public sealed class UnfinishedFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _directory.File("bank.db");

    /// <summary>How far it came, and what a command says then.</summary>
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            const string init = "make one with 'settle init'";
            var rows = new TheoryData<string, string, string>
            {
                { "file", "balance", init }, { "file", "info", init }, { "file", "verify", init },
                { "file", "backup", init }, { "file", "transfer", init },
                { "header", "balance", "" }, { "header", "info", "" },
                { "header", "verify", init }, { "header", "backup", init },
                { "header", "transfer", "" },
                { "table", "balance", "" }, { "table", "info", "" }, { "table", "verify", "" },
                { "table", "backup", "has no blocks" }, { "table", "transfer", "" },
            };
            return rows;
        }
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_command_goes_on_or_says_what_to_do(
        string cameTo, string command, string says)
    {
        await KillAtAsync(cameTo);
        string[] words = command switch
        {
            "backup" => [command, _directory.File("saved.db")],
            "transfer" => [command, "@world", "Alex", "1"],
            _ => [command],
        };
        var run = await CommandRun.OnAsync(Bank, words);
        Assert.True(run.Status == (says.Length == 0 ? 0 : 3), $"{run.Status}: {run.Error}");
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("store_corrupt", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("header")]
    [InlineData("table")]
    public async Task A_ledger_is_made_in_it(string cameTo)
    {
        await KillAtAsync(cameTo);
        await CommandRun.DoneAsync(Bank, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1");
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Theory]
    [InlineData("file")]
    [InlineData("header")]
    [InlineData("table")]
    public async Task A_server_serves_it(string cameTo)
    {
        await KillAtAsync(cameTo);
        await using var server = await RunningServer.StartAsync(directory: _directory.Path);
        using var settled = await server.PostAsync("/v1/ledgers/bank/transfers",
            """{"id":"t-1","from":"@world","to":"Alex","amount":1}""");
        Assert.Equal(201, (int)settled.StatusCode);
        using var ready = await server.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(200, (int)ready.StatusCode);
    }

    private async Task KillAtAsync(string cameTo)
    {
        if (cameTo == "table")
        {
            await using var store = await SqliteStore.OpenAsync(Bank, cancellation: Stop);
            return;
        }
        await File.WriteAllBytesAsync(Bank, [], Stop);
        if (cameTo == "file") return;
        using var connection = SqliteConnection.Open(
            Bank, SqliteAccess.ReadWrite, TimeSpan.FromSeconds(1));
        connection.Execute("PRAGMA page_size=16384");
        connection.Execute("PRAGMA journal_mode=WAL");
    }
}
