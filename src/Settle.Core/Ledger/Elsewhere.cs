namespace Settle;

/// <summary>The third verdict: a request is not decided now, or not here.</summary>
/// <param name="Site">Who decides it, or who is waited for; null for this site.</param>
/// <param name="Needs">What it takes from accounts, when money is at other sites.</param>
internal sealed record Elsewhere(string? Site, IReadOnlyList<Need> Needs);
