namespace Settle.Stores.CouchDb;

/// <summary>What all copies together say about an id.</summary>
internal enum CopyState
{
    /// <summary>Every copy holds a body: one of them has won, for ever.</summary>
    Decided,

    /// <summary>Some copies hold a body and some none: another body may still come.</summary>
    Open,

    /// <summary>No copy holds a body: nothing was written.</summary>
    Empty,

    /// <summary>A copy could not be read: it may hold the winner.</summary>
    Unreadable,

    /// <summary>A copy holds what was written on top of something, or a deletion.</summary>
    Damaged,
}
