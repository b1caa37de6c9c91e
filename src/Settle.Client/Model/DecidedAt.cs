namespace Settle;

/// <summary>Where a request is decided, or was.</summary>
/// <param name="Site">The site.</param>
/// <param name="Url">Where it answers; null if nobody has said.</param>
internal sealed record DecidedAt(string Site, string? Url);
