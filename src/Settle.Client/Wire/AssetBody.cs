namespace Settle.Wire;

/// <summary>What an asset is declared with.</summary>
internal sealed record AssetBody
{
    /// <inheritdoc cref="AssetInfo.Scale"/>
    public required int Scale { get; init; }
}
