namespace Settle.Chains;

/// <summary>A request that waits for money from other sites.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Needs">What it takes from accounts.</param>
internal sealed record WaitingHere(string Id, IReadOnlyList<Need> Needs);
