namespace Settle.Stores.Sqlite;

/// <summary>Makes sure that nobody else has a ledger's file open.</summary>
internal static class SoleUse
{
    /// <summary>
    /// Moves what the log holds into the file, which then stands alone: SQLite gives up the log
    /// only where there is no other connection.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// Another program has it open, or it is another program's file.
    /// </exception>
    /// <exception cref="StoreCorruptException">It is damaged.</exception>
    public static void Take(string path)
    {
        try
        {
            using var connection =
                SqliteConnection.Open(path, SqliteAccess.ReadWrite, TimeSpan.Zero);
            _ = SqliteFormat.IsReady(connection, path);
            connection.Execute("PRAGMA journal_mode=DELETE");
        }
        catch (SqliteException error) when (error.IsBusy)
        {
            throw SqliteErrors.Unavailable($"{path} is open in another program, such as 'settle "
                + "serve': end that first, or name another file", error);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, path);
        }
    }
}
