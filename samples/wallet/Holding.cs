namespace Wallet;

/// <summary>What a wallet holds, in dollars; what is reserved is not available.</summary>
internal sealed record Holding(string Wallet, decimal Balance, decimal Available);
