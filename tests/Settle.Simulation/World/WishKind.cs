namespace Settle.Simulation;

/// <summary>What a client wants.</summary>
internal enum WishKind
{
    Transfer,
    Transaction,
    Hold,
    Capture,
    Void,
    Revert,
    Account,
}
