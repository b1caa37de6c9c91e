namespace Settle.Sites;

/// <summary>Money of one account in one asset, on its way or asked for between two sites.</summary>
/// <param name="Giver">Who gives, or is asked.</param>
/// <param name="Taker">Who gets it.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Asset">The asset's code; empty for the default one.</param>
internal readonly record struct Shared(string Giver, string Taker, string Account, string Asset);
