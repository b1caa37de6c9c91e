namespace Settle.Inbox;

/// <summary>What the database said of one document of a <c>_bulk_docs</c>.</summary>
/// <param name="Id">The document.</param>
/// <param name="Revision">Its new revision; null when it was not written.</param>
/// <param name="Error">Why not: <c>conflict</c>, <c>forbidden</c>.</param>
/// <param name="Reason">The same in words.</param>
internal sealed record WriteAnswer(string Id, string? Revision, string? Error, string? Reason);
