namespace Settle.Stores.Sqlite;

/// <summary>
/// A ledger's file that nobody else has open; until this is disposed, nobody can write to it.
/// </summary>
internal sealed class SoleUse : IDisposable
{
    private readonly SqliteConnection _connection;

    private SoleUse(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// Moves what the log holds into the file, which then stands alone: SQLite gives up the log
    /// only where there is no other connection.
    /// </summary>
    /// <inheritdoc cref="Hold"/>
    public static void Take(string path) => Translated(path, () => Open(path).Dispose());

    /// <summary>Does the same, and keeps others from writing. They may read.</summary>
    /// <exception cref="StoreUnavailableException">
    /// Another program has it open, or it is another program's file.
    /// </exception>
    /// <exception cref="StoreCorruptException">It is damaged.</exception>
    public static SoleUse Hold(string path)
    {
        SoleUse? held = null;
        Translated(path, () => held = Locked(path));
        return held!;
    }

    public void Dispose() => _connection.Dispose();

    private static SoleUse Locked(string path)
    {
        var connection = Open(path);
        try
        {
            // What may only be read is written by nobody.
            if (!connection.IsReadOnly) connection.Execute("BEGIN IMMEDIATE");
            return new SoleUse(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = SqliteConnection.Open(path, SqliteAccess.ReadWrite, TimeSpan.Zero);
        try
        {
            _ = SqliteFormat.IsReady(connection, path);
            connection.Execute("PRAGMA journal_mode=DELETE");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Translated(string path, Action use)
    {
        try
        {
            use();
        }
        catch (SqliteException error) when (error.IsBusy)
        {
            throw InUse(path, error);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, path);
        }
    }

    public static StoreUnavailableException InUse(string path, Exception? inner = null) =>
        SqliteErrors.Unavailable($"{path} is open in another program, such as 'settle "
            + "serve': end that first, or name another file", inner);
}
