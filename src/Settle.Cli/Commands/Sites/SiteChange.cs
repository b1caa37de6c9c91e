namespace Settle.Cli.Commands;

/// <summary>What a command has changed about a site.</summary>
/// <param name="Site">The site; null for the one whose file it was.</param>
/// <param name="Change"><c>added</c>, <c>suspended</c>, <c>ended</c> or <c>retired</c>.</param>
internal sealed record SiteChange(string? Site, string Change);
