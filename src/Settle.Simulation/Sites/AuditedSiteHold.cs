namespace Settle.Simulation;

/// <summary>An open hold, as the auditor sees it.</summary>
internal sealed record AuditedSiteHold(string Site, string Account, long Amount, long Expires);
