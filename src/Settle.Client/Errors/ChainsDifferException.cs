namespace Settle;

/// <summary>
/// Blocks are of another ledger, or a ledger that should become a copy has different ones: nothing
/// was copied.
/// </summary>
public sealed class ChainsDifferException(string message)
    : SettleException("chains_differ", message);
