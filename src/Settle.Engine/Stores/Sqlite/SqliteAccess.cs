namespace Settle.Stores.Sqlite;

/// <summary>What one connection may do with the file.</summary>
internal enum SqliteAccess
{
    /// <summary>Reads and writes; the file must be there.</summary>
    ReadWrite,

    /// <summary>Reads and writes; the file is made if absent.</summary>
    ReadWriteCreate,

    /// <summary>Reads, and takes part in the locking of writers elsewhere.</summary>
    ReadOnly,

    /// <summary>
    /// Reads without locks: for a file in a place where not even the shared index of the log can be
    /// made. Good for a moment only, because it does not notice writers.
    /// </summary>
    Immutable,
}
