using Settle.Stores.Sqlite;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

/// <summary>An application may bring another SQLite along than the one that Settle was tested with.</summary>
public sealed class LibraryVersionTests
{
    [Theory]
    [InlineData(3_050_004, "3.50.4")]
    [InlineData(3_051_002, "3.51.2")]
    [InlineData(3_052_000, "3.52.0")]
    public void A_library_that_may_damage_a_file_is_refused(int version, string text)
    {
        var error = Assert.Throws<StoreUnavailableException>(() => SqliteConnection.CheckVersion(version));
        Assert.Contains($"SQLite {text} ", error.Message, StringComparison.Ordinal);
        Assert.Contains("3.53 or newer, or 3.51.3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3_051_003)]
    [InlineData(3_053_000)]
    [InlineData(4_000_000)]
    public void A_library_without_that_fault_is_used(int version) => SqliteConnection.CheckVersion(version);

    [Fact]
    public void The_library_that_comes_along_is_the_one_that_was_compiled_for_Settle()
    {
        using var connection = SqliteConnection.Open(":memory:", SqliteAccess.ReadWrite, TimeSpan.Zero);
        Assert.Equal("3.53.4", connection.AskText("select sqlite_version()"));
    }
}
