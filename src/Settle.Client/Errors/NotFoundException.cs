namespace Settle;

/// <summary>There is no such ledger, account, transfer or hold.</summary>
public sealed class NotFoundException(string message) : SettleException("not_found", message);
