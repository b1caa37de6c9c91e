namespace Settle;

/// <summary>An asset that a ledger uses.</summary>
internal sealed record AssetState(string Code, int Scale);
