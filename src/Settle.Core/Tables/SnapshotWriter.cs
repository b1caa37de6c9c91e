namespace Settle;

/// <summary>Takes the next bytes of a snapshot.</summary>
internal delegate void SnapshotWriter(ReadOnlySpan<byte> bytes);

/// <summary>Fills a span with the next bytes of a snapshot.</summary>
internal delegate void SnapshotReader(Span<byte> bytes);
