using Settle.Stores.Sqlite;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

/// <summary>What is found at a ledger's path is not always a ledger.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(SqliteAccess.ReadWrite)]
    [InlineData(SqliteAccess.ReadOnly)]
    internal async Task A_file_that_must_be_there_and_is_not(SqliteAccess opening)
    {
        await Refused<StoreUnavailableException>("there is no file", "bank.db", opening);
        Assert.False(File.Exists(directory.File("bank.db")));
    }

    [Fact]
    public async Task A_path_that_is_a_directory()
    {
        Directory.CreateDirectory(directory.File("bank.db"));
        await Refused<StoreUnavailableException>("is a directory");
    }

    [Fact]
    public Task A_directory_that_does_not_exist() =>
        Refused<StoreUnavailableException>("there is no directory", Path.Combine("none", "bank.db"));

    [Fact]
    public async Task A_directory_in_the_path_that_is_a_file()
    {
        await File.WriteAllTextAsync(directory.File("file"), "x");
        await Refused<StoreUnavailableException>("there is no directory", Path.Combine("file", "bank.db"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task A_file_that_is_no_database(int size)
    {
        var text = new string('x', size);
        await File.WriteAllTextAsync(directory.File("bank.db"), text);
        await Refused<StoreCorruptException>("is not a ledger");
        Assert.Equal(text, await File.ReadAllTextAsync(directory.File("bank.db")));
    }

    [Theory]
    [InlineData("CREATE TABLE cooking (recipe)")]
    [InlineData("PRAGMA application_id=42")]
    [InlineData("PRAGMA user_version=42")]
    public async Task A_database_of_another_program(string statement)
    {
        Execute(statement);
        await Refused<StoreUnavailableException>("belongs to another program");
    }

    [Fact]
    public async Task A_format_from_the_future()
    {
        await using (await SqliteStore.OpenAsync(directory.File("bank.db")))
            Execute("PRAGMA user_version=2");
        await Refused<StoreUnavailableException>("use a newer Settle");
    }

    [Fact]
    public async Task A_ledger_without_its_table()
    {
        await using (await SqliteStore.OpenAsync(directory.File("bank.db")))
            Execute("DROP TABLE documents");
        await Refused<StoreCorruptException>("lacks what a ledger file must hold");
    }

    [Fact]
    public async Task An_empty_file_opened_for_reading()
    {
        await File.WriteAllBytesAsync(directory.File("bank.db"), []);
        await Refused<StoreUnavailableException>(
            "make one with 'settle init'", opening: SqliteAccess.ReadOnly);
    }

    private async Task Refused<TException>(string expected, string name = "bank.db",
        SqliteAccess opening = SqliteAccess.ReadWriteCreate)
        where TException : SettleException
    {
        var error = await Assert.ThrowsAsync<TException>(
            () => SqliteStore.OpenAsync(directory.File(name), opening));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private void Execute(string statement)
    {
        using var connection = SqliteConnection.Open(
            directory.File("bank.db"), SqliteAccess.ReadWriteCreate, TimeSpan.FromSeconds(1));
        connection.Execute(statement);
    }
}
