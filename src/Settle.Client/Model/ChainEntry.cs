namespace Settle;

/// <summary>One entry of the chain.</summary>
/// <param name="Position">Its place in the chain.</param>
/// <param name="Time">The time of its block, UTC.</param>
/// <param name="Body">The entry: canonical JSON, UTF-8.</param>
public sealed record ChainEntry(EntryPosition Position, DateTimeOffset Time,
    ReadOnlyMemory<byte> Body);
