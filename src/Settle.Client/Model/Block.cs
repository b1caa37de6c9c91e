namespace Settle;

/// <summary>A block as it is stored.</summary>
/// <param name="Height">Its height; the first is 1.</param>
/// <param name="Body">The document: canonical JSON, UTF-8.</param>
public sealed record Block(long Height, ReadOnlyMemory<byte> Body);
