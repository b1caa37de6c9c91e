namespace Settle.Simulation;

/// <summary>What happens to sites in a run, beside faults on the way.</summary>
internal enum SiteFate
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One retires.</summary>
    Retires,

    /// <summary>One is destroyed, and ended.</summary>
    Lost,

    /// <summary>One is thought to be lost and goes on; it is ended.</summary>
    GivenUp,

    /// <summary>Two are lost, and ended at once.</summary>
    TwoLost,

    /// <summary>The store of one is put back to an older state.</summary>
    SetBack,

    /// <summary>A machine is copied, and both go on.</summary>
    Cloned,
}
