namespace Settle.Stores.Sqlite;

/// <summary>What is expected of the file when a store is opened.</summary>
internal enum SqliteOpening
{
    /// <summary>The file is made if absent.</summary>
    CreateIfAbsent,

    /// <summary>The file must be there.</summary>
    MustExist,

    /// <summary>The file must be there, and nothing is ever written to it.</summary>
    ReadOnly,
}
