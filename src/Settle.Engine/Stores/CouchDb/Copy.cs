namespace Settle.Stores.CouchDb;

/// <summary>What one copy of the database holds under an id.</summary>
/// <param name="Node">The cluster's node that keeps the copy.</param>
/// <param name="Bodies">Its bodies; null when the copy could not be read.</param>
/// <param name="Why">Why it could not be read.</param>
internal sealed record Copy(string Node, IReadOnlyList<CopyBody>? Bodies, string? Why = null);
