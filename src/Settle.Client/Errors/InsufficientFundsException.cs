namespace Settle;

/// <summary>The paying account's available balance would have fallen below its floor.</summary>
public sealed class InsufficientFundsException(string id, long block, bool replayed)
    : RejectedException(RefusalCode.InsufficientFunds, id, block, replayed);
