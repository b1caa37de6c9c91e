namespace Settle.Simulation;

/// <summary>What may go wrong for the algorithms of 2014.</summary>
[Flags]
internal enum PostsFaults
{
    None = 0,

    /// <summary>Each client has a clock of its own, and they differ.</summary>
    SkewedClocks = 1,

    /// <summary>Time passes between reading the clock and the insert.</summary>
    LateInserts = 2,

    /// <summary>The clock shows whole milliseconds.</summary>
    EqualTimestamps = 4,

    /// <summary>A view misses what was written last.</summary>
    LaggingReads = 8,

    /// <summary>A client dies between two steps.</summary>
    Crashes = 16,

    /// <summary>Some steps take long.</summary>
    SlowSteps = 32,
}
