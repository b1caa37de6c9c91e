namespace Settle.Inbox;

/// <summary>A document that the database's changes mention.</summary>
/// <param name="Id">The document.</param>
/// <param name="Revision">The one that everybody is shown.</param>
/// <param name="HasOthers">Whether there are other revisions that nothing follows.</param>
/// <param name="IsDeleted">Whether it is gone.</param>
internal readonly record struct Change(string Id, string Revision, bool HasOthers, bool IsDeleted);
