namespace Settle.Inbox;

/// <summary>A part of the database's changes, oldest first.</summary>
/// <param name="Changes">What changed.</param>
/// <param name="Last">Where the next part begins.</param>
/// <param name="IsEnd">Whether there was nothing more.</param>
internal sealed record ChangesPage(IReadOnlyList<Change> Changes, string Last, bool IsEnd);
