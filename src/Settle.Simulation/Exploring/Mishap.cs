namespace Settle.Simulation;

/// <summary>The kinds of what may go wrong in an explored case.</summary>
[Flags]
internal enum Mishap
{
    None = 0,

    /// <summary>An answer of a store, or of one copy to the node that asked it, is lost.</summary>
    AnswerLost = 1,

    /// <summary>A store with one node says that it is away, or never gets a request.</summary>
    StoreAway = 2,

    /// <summary>A process dies, and another one asks again for it.</summary>
    WriterDies = 4,

    /// <summary>A process waits no longer for an answer, while what it sent goes on.</summary>
    WaitEnds = 8,

    /// <summary>A node of a cluster dies, and comes back at any time later.</summary>
    NodeDies = 16,

    /// <summary>A node of a cluster hears of a body from another.</summary>
    Replication = 32,

    All = AnswerLost | StoreAway | WriterDies | WaitEnds | NodeDies | Replication,
}
