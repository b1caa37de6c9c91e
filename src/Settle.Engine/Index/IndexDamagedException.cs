namespace Settle.Index;

/// <summary>
/// A file of the index is not what was written. Nothing is lost: it is rebuilt from the chain.
/// </summary>
internal sealed class IndexDamagedException(string message, Exception? inner = null)
    : Exception(message, inner);
