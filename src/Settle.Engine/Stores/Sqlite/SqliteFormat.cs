namespace Settle.Stores.Sqlite;

/// <summary>How a ledger file says that it is one, and how a new one is laid out.</summary>
internal static class SqliteFormat
{
    /// <summary>SQLite's application id: the letters STLE.</summary>
    public const long ApplicationId = 0x53544C45;

    /// <summary>SQLite's user version: the format of the table, not of the blocks in it.</summary>
    public const long Version = 1;

    /// <summary>Writes what is there already: the first page goes to the log again.</summary>
    public static string SameVersion { get; } =
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={Version}");

    /// <summary>Lays out a new file or checks an existing one; the connection writes.</summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        // Takes effect in an empty file only; large pages halve the time of large documents.
        connection.Execute("PRAGMA page_size=16384");
        if (!IsReady(connection, path))
            LayOut(connection, path);
        else
            UseLog(connection, path);
    }

    /// <summary>False for an empty file; throws when it holds something else.</summary>
    public static bool IsReady(SqliteConnection connection, string path)
    {
        // One statement, because another process may lay the file out between two.
        var (application, version, tables) = connection.Ask(
            """
            SELECT (SELECT application_id FROM pragma_application_id),
                   (SELECT user_version FROM pragma_user_version),
                   (SELECT count(*) FROM sqlite_schema)
            """, row => (row.Integer(0), row.Integer(1), row.Integer(2)));
        if (application == ApplicationId && version == Version)
            return true;
        if (application == ApplicationId)
            throw new StoreUnavailableException(
                $"{path} has file format {version}, newer than {Version}: use a newer Settle");
        if (application != 0 || version != 0 || tables != 0)
            throw new StoreUnavailableException(
                $"{path} belongs to another program: give the ledger a file of its own");
        return false;
    }

    private static void LayOut(SqliteConnection connection, string path)
    {
        UseLog(connection, path);
        connection.Execute("BEGIN IMMEDIATE");
        // Another process may have been faster since the file was looked at.
        if (!IsReady(connection, path))
        {
            connection.Execute("CREATE TABLE documents (id TEXT PRIMARY KEY, body BLOB NOT NULL)");
            connection.Execute($"PRAGMA application_id={ApplicationId}");
            connection.Execute($"PRAGMA user_version={Version}");
        }
        connection.Execute("COMMIT");
    }

    private static void UseLog(SqliteConnection connection, string path)
    {
        if (connection.AskText("PRAGMA journal_mode=WAL") != "wal")
            throw new StoreUnavailableException(
                $"{path} is in a place without shared memory (a network drive?): use a local disk");
    }
}
