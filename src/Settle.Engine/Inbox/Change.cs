namespace Settle.Inbox;

/// <summary>A document that the database's changes mention, with its revision.</summary>
internal readonly record struct Change(string Id, string Revision, bool IsDeleted);
