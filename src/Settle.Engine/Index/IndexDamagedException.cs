namespace Settle.Index;

/// <summary>
/// A file of the index is not what was written. Nothing is lost: the chain makes it anew.
/// </summary>
internal sealed class IndexDamagedException(string message, Exception? inner = null)
    : Exception(message, inner);
