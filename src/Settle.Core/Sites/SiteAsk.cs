namespace Settle.Sites;

/// <summary>How much a site asks another for: a level, which replaces what it asked before.
/// </summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Before">
/// What it had got from that site when it asked, minor units: what comes later counts.
/// </param>
/// <param name="Time">The time of the block that asked, microseconds since 1970.</param>
internal readonly record struct SiteAsk(long Amount, Int128 Before, long Time);
