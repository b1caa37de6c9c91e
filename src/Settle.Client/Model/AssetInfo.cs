namespace Settle;

/// <summary>An asset and its number of decimals.</summary>
/// <param name="Code">The code, such as <c>EUR</c> or <c>points</c>.</param>
/// <param name="Scale">How many decimals it has: 2 for EUR, 0 for JPY.</param>
public sealed record AssetInfo(string Code, int Scale);
