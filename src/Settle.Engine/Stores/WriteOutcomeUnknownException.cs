namespace Settle.Stores;

/// <summary>A create was sent and its answer was lost: read the id back to find out.</summary>
internal sealed class WriteOutcomeUnknownException(string documentId, Exception? inner = null)
    : Exception($"whether {documentId} was written is unknown", inner);
