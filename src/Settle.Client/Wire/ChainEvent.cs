using System.Text.Json;

namespace Settle.Wire;

/// <summary>
/// One entry of the chain with its place, as the stream of events and the index give it.
/// </summary>
internal sealed record ChainEvent
{
    /// <summary>The height of its block.</summary>
    public required long Block { get; init; }

    /// <summary>Its index in the block; the first is 0.</summary>
    public required int Index { get; init; }

    /// <summary>The time of its block, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The entry as the chain holds it.</summary>
    public required JsonElement Entry { get; init; }
}
