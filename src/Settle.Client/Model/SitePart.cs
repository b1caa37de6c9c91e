namespace Settle;

/// <summary>What a site could spend at once in one asset.</summary>
public sealed record SitePart
{
    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }
}
