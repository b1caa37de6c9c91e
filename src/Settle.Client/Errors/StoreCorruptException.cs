namespace Settle;

/// <summary>
/// The store holds something other than what was written. Run <c>settle verify</c>.
/// </summary>
public sealed class StoreCorruptException(string message, Exception? inner = null)
    : SettleException("store_corrupt", message, inner);
