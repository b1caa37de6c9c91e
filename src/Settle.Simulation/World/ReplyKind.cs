namespace Settle.Simulation;

/// <summary>What a client heard.</summary>
internal enum ReplyKind
{
    /// <summary>A verdict, which is for ever.</summary>
    Verdict,

    /// <summary>What a run made, or why it made nothing.</summary>
    Run,

    /// <summary>The ledger's terms are so now, or were before.</summary>
    Terms,

    /// <summary>Nothing was decided: the store was away, or the clock is wrong.</summary>
    Undecided,

    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>Nobody was there, or the ledger is closing.</summary>
    Closed,

    /// <summary>Nothing, for a long time.</summary>
    Silence,
}
