using System.Diagnostics;

namespace Settle.Http;

/// <summary>One request to the server, to be sent as often as it takes.</summary>
/// <param name="Method">GET, POST or PUT.</param>
/// <param name="Address">Where to.</param>
/// <param name="Body">JSON; empty for none.</param>
/// <param name="Id">The id that it decides; null for a read.</param>
internal sealed record HttpCall(HttpMethod Method, Uri Address, ReadOnlyMemory<byte> Body = default,
    string? Id = null)
{
    /// <summary>Whose requests it carries; empty when it is the caller's own.</summary>
    public IReadOnlyList<ActivityContext> Callers { get; init; } = [];

    /// <summary>How long the server may wait for money of other sites before it answers.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Whether a short answer will do: what did not simply succeed, and the rest counted.
    /// </summary>
    public bool IsShort { get; init; }

    /// <summary>
    /// Whether a try of it may have reached the ledger without an answer. Once it is set, only an
    /// answer can tell what happened.
    /// </summary>
    public bool MayBeDecided { get; set; }

    /// <summary>What the last try failed with; null when it was answered.</summary>
    public Exception? LastError { get; set; }
}
