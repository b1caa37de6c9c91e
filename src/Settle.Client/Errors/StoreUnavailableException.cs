namespace Settle;

/// <summary>
/// The store cannot be reached or cannot promise durability. Nothing was decided.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : SettleException("store_unavailable", message, inner);
