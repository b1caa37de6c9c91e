using SQLitePCL;

namespace Settle.Stores.Sqlite;

/// <summary>What a result code means to whoever called the store.</summary>
internal static class SqliteErrors
{
    private const int SharedMemoryNeedsRoom = 4874;

    public static Exception Translate(SqliteException error, string path) => error.Primary switch
    {
        raw.SQLITE_FULL => Unavailable(
            $"the disk that holds {path} is full: free some room and try again", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => Unavailable(
            $"{path} is kept locked by another process: try again, or end that process", error),
        raw.SQLITE_READONLY => ReadOnly(path, error),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => Unavailable(
            $"{path} cannot be opened: check that it and its directory may be written", error),
        raw.SQLITE_IOERR when error.Code == SharedMemoryNeedsRoom => Unavailable(
            $"the disk that holds {path} is full: free some room and try again", error),
        raw.SQLITE_IOERR => Unavailable(
            $"the disk that holds {path} reports an error: check the disk", error),
        raw.SQLITE_NOMEM => Unavailable($"out of memory while using {path}", error),
        raw.SQLITE_NOTADB => new StoreCorruptException(
            $"{path} is not a ledger: it is not an SQLite file, or its first page is damaged",
            error),
        raw.SQLITE_CORRUPT => new StoreCorruptException(
            $"{path} is damaged; settle verify says where: {error.Message}",
            error),
        raw.SQLITE_ERROR => new StoreCorruptException(
            $"{path} lacks what a ledger file must hold: {error.Message}", error),
        _ => new InvalidOperationException($"{path}: {error.Message}", error),
    };

    public static StoreUnavailableException ReadOnly(string path, Exception? inner = null) =>
        Unavailable($"{path} is read-only: make it and its directory writable", inner);

    public static StoreUnavailableException Gone(string path) =>
        Unavailable($"{path} was moved or deleted while it was open: put it back", null);

    public static StoreUnavailableException Unavailable(string message, Exception? inner) =>
        new(message, inner);
}
