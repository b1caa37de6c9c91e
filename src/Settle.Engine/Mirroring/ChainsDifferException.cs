namespace Settle;

/// <summary>A ledger that should get another one's blocks has some of its own.</summary>
public sealed class ChainsDifferException(string message)
    : SettleException("chains_differ", message);
