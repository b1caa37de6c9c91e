namespace Settle.Simulation;

/// <summary>What may go wrong in a run; each has its own rate, drawn with the seed.</summary>
[Flags]
internal enum Faults
{
    None = 0,

    /// <summary>The store takes seconds now and then.</summary>
    Slow = 1,

    /// <summary>A create never reaches the store, and nobody says so.</summary>
    LostRequest = 2,

    /// <summary>A create is done and its answer is lost.</summary>
    LostAnswer = 4,

    /// <summary>The store says no before it does anything.</summary>
    Unavailable = 8,

    /// <summary>A create is done long after its writer was told that nobody knows.</summary>
    LateLanding = 16,

    /// <summary>A create arrives twice.</summary>
    Duplicate = 32,

    /// <summary>A process dies, at any await.</summary>
    Crash = 64,

    /// <summary>A read misses the newest documents.</summary>
    StaleRead = 128,

    /// <summary>A read fails.</summary>
    ReadError = 256,

    /// <summary>For a while nothing can be written.</summary>
    DiskFull = 512,

    /// <summary>Clocks differ and jump.</summary>
    Clocks = 1024,

    /// <summary>
    /// Between clients and servers requests and answers get lost, late and doubled.
    /// </summary>
    Network = 2048,

    /// <summary>
    /// Power fails where an index is: whoever uses it dies, and what was not synced is lost or
    /// torn.
    /// </summary>
    PowerCut = 4096,

    /// <summary>
    /// The folder of an index is what it was earlier, or another ledger's, or empty.
    /// </summary>
    OtherIndex = 8192,

    /// <summary>
    /// A database is put back to an older state under open ledgers, until a person notices.
    /// </summary>
    SetBack = 16384,

    /// <summary>Clocks are set days ahead or back, at a start or while a process runs.</summary>
    Leaps = 32768,

    All = 65535,
}
