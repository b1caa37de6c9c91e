namespace Settle.Tests.Rules;

/// <summary>A request to declare an asset.</summary>
internal sealed record NaiveAsset(string Code, int Scale);
