using SQLitePCL;

namespace Settle.Stores.Sqlite;

/// <summary>SQLite's own answer, before the store says what it means to its caller.</summary>
internal sealed class SqliteException(int code, string message)
    : Exception($"{message} (SQLite result {code})")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>The primary result code.</summary>
    public int Primary => Code & 0xFF;

    /// <summary>Somebody else holds a lock; the same call may work a moment later.</summary>
    public bool IsBusy => Primary is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL;

    /// <summary>The file or its directory cannot be opened or written in the wanted way.</summary>
    public bool IsAccess =>
        Primary is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH;

    /// <summary>The file holds what SQLite did not write.</summary>
    public bool IsCorrupt => Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// A commit that ends like this has certainly written nothing. After any other failure we
    /// cannot know: the disk may keep what it reported as failed.
    /// </summary>
    public bool NothingCommitted => IsBusy || IsAccess || Primary == raw.SQLITE_FULL;
}
