namespace Settle.Simulation;

/// <summary>A posting of a transaction.</summary>
internal sealed record WishPosting(string From, string To, long Amount, string? Asset);
