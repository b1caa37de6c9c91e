namespace Settle.Chain;

/// <summary>
/// Something that cannot be has happened: the process must stop before it gives another answer.
/// </summary>
internal sealed class BrokenInvariantException(string message)
    : Exception($"broken invariant: {message}");
