namespace Settle.Sites;

/// <summary>A grant that its taker has not read yet.</summary>
/// <param name="Height">Its block on the giver's chain.</param>
/// <param name="What">Whose money, from where to where.</param>
/// <param name="Amount">Minor units.</param>
internal readonly record struct SiteGrant(long Height, Shared What, long Amount);
