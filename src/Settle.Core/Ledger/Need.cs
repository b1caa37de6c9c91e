namespace Settle;

/// <summary>What a request takes from an account.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Asset">The asset's code; empty for the default one.</param>
/// <param name="Amount">Minor units.</param>
internal readonly record struct Need(string Account, string Asset, Int128 Amount);
