namespace Settle.Simulation;

/// <summary>What becomes of one step at the store; all but the first are faults.</summary>
internal enum Fate
{
    Done,

    /// <summary>It is done, and nobody hears.</summary>
    AnswerLost,

    /// <summary>It is not done, and nobody hears.</summary>
    RequestLost,

    /// <summary>It is not done, and the store says so.</summary>
    Unavailable,

    /// <summary>The process dies, and nothing is done.</summary>
    DiesBefore,

    /// <summary>It is done, and the process dies.</summary>
    DiesAfter,
}
