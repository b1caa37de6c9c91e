namespace Settle.Wire;

/// <summary>
/// Blocks of the site that the address names, as a body. Its blocks are read by
/// <see cref="SiteBlocksWire"/>, byte for byte.
/// </summary>
internal sealed record SiteBlocksBody
{
    /// <inheritdoc cref="SiteBlocks.Ledger"/>
    public required string Ledger { get; init; }

    /// <inheritdoc cref="SiteBlocks.Giver"/>
    public string? Giver { get; init; }

    /// <summary>The blocks as they are stored, oldest first, without gaps.</summary>
    public required IReadOnlyList<JsonElement> Blocks { get; init; }
}
