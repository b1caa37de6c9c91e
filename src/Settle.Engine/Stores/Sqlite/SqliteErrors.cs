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

    public static StoreUnavailableException Empty(string path) => Unavailable(
        $"{path} is empty: no ledger was made in it; make one with 'settle init'", null);

    public static StoreUnavailableException Gone(string path) =>
        Unavailable($"{path} was moved or deleted while it was open: put it back", null);

    public static StoreCorruptException Replaced(string path) => new(
        $"{path} was replaced by another file while it was open: end every program that has the "
        + "ledger open, put the right file back, and start again");

    public static StoreCorruptException Overwritten(string path) => new(
        $"{path} was overwritten with other content while it was open: end every program that has "
        + "the ledger open, put the right file back together with its log, and start again");

    public static StoreCorruptException LogReplaced(string path) => new(
        $"{path} was deleted or replaced while it was in use, and holds the newest blocks: end "
        + "every program that has the ledger open, then run settle verify");

    public static StoreCorruptException SetBack(string path, string id) => new(
        $"{path} no longer holds {id}, which was written to it: it was set back to an older state "
        + "while it was open. End every program that has the ledger open, put the right file "
        + "back, and start again");

    public static StoreUnavailableException Linked(string path, uint names) => Unavailable(
        string.Create(CultureInfo.InvariantCulture,
            $"{path} has {names} names (hard links), but only one log beside one of them: delete ")
        + "the other names, or make a copy of the file instead", null);

    public static StoreUnavailableException NotPlain(string path) => Unavailable(
        $"{path} is a device, a pipe or a socket: name a file", null);

    public static StoreUnavailableException Mounted(string path) => Unavailable(
        $"{path} is a file that is mounted by itself: its log would stand beside another of its "
        + "names, and two programs would write the same blocks. Mount its folder instead", null);

    public static StoreUnavailableException Unavailable(string message, Exception? inner) =>
        new(message, inner);
}
