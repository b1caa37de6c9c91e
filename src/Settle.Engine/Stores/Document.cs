namespace Settle.Stores;

/// <summary>A document as a store gave it back.</summary>
internal sealed record Document(string Id, ReadOnlyMemory<byte> Body);
