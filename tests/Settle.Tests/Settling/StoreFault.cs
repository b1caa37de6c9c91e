namespace Settle.Tests.Settling;

/// <summary>What happens to a create.</summary>
internal enum StoreFault
{
    None,

    /// <summary>It never reached the store, and nobody says so.</summary>
    LostRequest,

    /// <summary>It was done, and the answer did not come back.</summary>
    LostAnswer,

    /// <summary>It was not done, and the store says so.</summary>
    Unavailable,

    /// <summary>The answer did not come back, and the write is done only a few calls later.</summary>
    LateLanding,

    /// <summary>The network delivered it twice, and the answer is that to the second.</summary>
    Doubled,
}
