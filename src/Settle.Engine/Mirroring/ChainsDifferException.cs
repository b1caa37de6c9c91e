namespace Settle;

/// <summary>A ledger that should become a copy has different blocks.</summary>
public sealed class ChainsDifferException(string message)
    : SettleException("chains_differ", message);
