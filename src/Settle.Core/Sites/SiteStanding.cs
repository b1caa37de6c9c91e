namespace Settle.Sites;

/// <summary>What the home of an account keeps another site at.</summary>
/// <param name="Amount">Minor units, more than 0.</param>
/// <param name="GrantedAt">
/// The time of the block that said so, or granted last, microseconds since 1970.
/// </param>
internal readonly record struct SiteStanding(long Amount, long GrantedAt);
