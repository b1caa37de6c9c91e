namespace Settle.Stores;

/// <summary>The store takes no document as large as this one; nothing was written.</summary>
internal sealed class DocumentTooLargeException(string documentId, int bytes, string message)
    : Exception($"{documentId} has {bytes} bytes: {message}");
