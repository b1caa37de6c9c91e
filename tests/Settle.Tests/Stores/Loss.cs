namespace Settle.Tests.Stores;

/// <summary>When an answer gets lost.</summary>
internal enum Loss
{
    None,

    /// <summary>The create never reached the store.</summary>
    Before,

    /// <summary>The create was done and its answer did not come back.</summary>
    After,
}
