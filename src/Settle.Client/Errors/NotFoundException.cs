namespace Settle;

/// <summary>The ledger, account, transfer, hold or other thing does not exist.</summary>
public sealed class NotFoundException(string message) : SettleException("not_found", message);
