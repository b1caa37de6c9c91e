using SQLitePCL;

namespace Settle.Stores.Sqlite;

/// <summary>A prepared statement. Used by one thread at a time, like its connection.</summary>
internal sealed class SqliteStatement(
    SqliteConnection owner, sqlite3 connection, sqlite3_stmt handle) : IDisposable
{
    public void BindText(int index, ReadOnlySpan<byte> utf8) =>
        Check(raw.sqlite3_bind_text(handle, index, utf8));

    public void BindBlob(int index, ReadOnlySpan<byte> bytes) =>
        Check(raw.sqlite3_bind_blob(handle, index, bytes));

    public void BindInteger(int index, long value) =>
        Check(raw.sqlite3_bind_int64(handle, index, value));

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code == raw.SQLITE_DONE)
            return false;
        throw Error(code);
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready to run again.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>The bytes of a column; good until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Ends the run and lets go of what was bound. The step threw its error.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    public void Dispose()
    {
        owner.Forget(this);
        handle.Dispose();
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Error(code);
    }

    private SqliteException Error(int code) =>
        new(code, raw.sqlite3_errmsg(connection).utf8_to_string());
}
