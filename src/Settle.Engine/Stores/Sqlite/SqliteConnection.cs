using SQLitePCL;

namespace Settle.Stores.Sqlite;

/// <summary>One connection to a file. Used by one thread at a time.</summary>
/// <remarks>
/// No other code of this process may open and close the same file: POSIX drops all locks of a
/// process on a file when any of its descriptors is closed.
/// </remarks>
internal sealed class SqliteConnection : IDisposable
{
    // Before it, a log that is begun again while another process checkpoints may damage the file.
    private const int VersionMin = 3_051_003;

    // What was fixed in 3.51.3 is in 3.53 again.
    private const int Unfixed = 3_052_000;
    private const int FixedAgain = 3_053_000;

    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int KeepsLogWhenClosed = 1006;

    private readonly sqlite3 handle;
    private readonly LedgerFile? file;
    private readonly HashSet<SqliteStatement> statements = [];

    static SqliteConnection() => Batteries_V2.Init();

    private SqliteConnection(sqlite3 handle, LedgerFile? file) =>
        (this.handle, this.file) = (handle, file);

    /// <summary>Whether the file could be opened for reading only.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(handle, "main") == 1;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Opens a ledger's file.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    /// <exception cref="StoreUnavailableException">The library is too old.</exception>
    public static SqliteConnection Open(
        LedgerFile file, SqliteAccess access, TimeSpan busyTimeout) =>
        // The store has made it, for its owner only, which SQLite would not.
        new(OpenHandle(file.Path, access == SqliteAccess.ReadWriteCreate ? SqliteAccess.ReadWrite
            : access, busyTimeout), file);

    /// <summary>Opens any file.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    /// <exception cref="StoreUnavailableException">The library is too old.</exception>
    public static SqliteConnection Open(
        string path, SqliteAccess access, TimeSpan busyTimeout) =>
        new(OpenHandle(path, access, busyTimeout), null);

    private static sqlite3 OpenHandle(string path, SqliteAccess access, TimeSpan busyTimeout)
    {
        CheckVersion(raw.sqlite3_libversion_number());
        var flags = raw.SQLITE_OPEN_NOMUTEX | access switch
        {
            SqliteAccess.ReadWriteCreate => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
            SqliteAccess.ReadWrite => raw.SQLITE_OPEN_READWRITE,
            SqliteAccess.ReadOnly => raw.SQLITE_OPEN_READONLY,
            _ => raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI,
        };
        var name = access == SqliteAccess.Immutable ? ImmutableUri(path) : path;
        var code = raw.sqlite3_open_v2(name, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new SqliteException(code, raw.sqlite3_errstr(code).utf8_to_string());
        }
        _ = raw.sqlite3_extended_result_codes(handle, 1);
        _ = raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
        return handle;
    }

    /// <summary>Refuses a library that may damage a ledger.</summary>
    /// <param name="version">As SQLite numbers itself: 3051003 for 3.51.3.</param>
    /// <exception cref="StoreUnavailableException">The library is too old.</exception>
    internal static void CheckVersion(int version)
    {
        if (version is >= VersionMin and < Unfixed or >= FixedAgain) return;
        throw new StoreUnavailableException($"SQLite {Text(version)} can damage a file that "
            + $"several processes use; Settle needs 3.53 or newer, or {Text(VersionMin)}: update "
            + "the package SQLitePCLRaw.bundle_e_sqlite3");

        static Version Text(int number) =>
            new(number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
    }

    /// <summary>Prepares a statement; it lives no longer than the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v2(handle, sql, out var statement);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, raw.sqlite3_errmsg(handle).utf8_to_string());
        var prepared = new SqliteStatement(this, handle, statement);
        statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs one statement and drops its rows.</summary>
    public void Execute(string sql) => Ask(sql, _ => true);

    /// <summary>The first text that a statement gives.</summary>
    public string? AskText(string sql) => Ask(sql, row => row.Text(0));

    /// <summary>Copies what the log holds into the file, as far as nobody is in the way.</summary>
    /// <returns>The result code; a checkpoint that did not happen loses nothing.</returns>
    public int Checkpoint() => raw.sqlite3_wal_checkpoint_v2(
        handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    /// <summary>Copies all that the log holds into the file, and cuts the log to nothing.</summary>
    /// <returns>False when others were in the way for the whole timeout.</returns>
    public bool EmptyLog() => raw.sqlite3_wal_checkpoint_v2(
        handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _) switch
        {
            raw.SQLITE_OK => true,
            raw.SQLITE_BUSY => false,
            var code => throw new SqliteException(
                code, raw.sqlite3_errmsg(handle).utf8_to_string()),
        };

    public void Dispose()
    {
        foreach (var statement in statements.ToArray())
            statement.Dispose();
        if (file is { MayEmptyLog: false })
            _ = raw.sqlite3_db_config(handle, KeepsLogWhenClosed, 1, out _);
        handle.Dispose();
    }

    /// <summary>What is made of the first row that a statement gives.</summary>
    public T? Ask<T>(string sql, Func<SqliteStatement, T> answer)
    {
        using var statement = Prepare(sql);
        if (!statement.Step())
            return default;
        var first = answer(statement);
        while (statement.Step())
            continue;
        return first;
    }

    /// <summary>Lets go of a statement that is over.</summary>
    internal void Forget(SqliteStatement statement) => statements.Remove(statement);

    private static string ImmutableUri(string path)
    {
        var segments = path.Split('/', Path.DirectorySeparatorChar).Select(Uri.EscapeDataString);
        var root = path[0] == '/' ? "file://" : "file:///";
        return root + string.Join('/', segments) + "?immutable=1";
    }
}
