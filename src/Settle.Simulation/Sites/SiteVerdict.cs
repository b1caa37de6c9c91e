namespace Settle.Simulation;

/// <summary>What a client hears from a site.</summary>
/// <param name="Refusal">Why not; none for success.</param>
/// <param name="Site">Whose chain records it; or, where it is not decided here, who decides it.
/// </param>
/// <param name="Height">The block; 0 where nothing is recorded.</param>
internal sealed record SiteVerdict(RefusalCode Refusal, string Site, long Height);
