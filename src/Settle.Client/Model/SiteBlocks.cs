namespace Settle;

/// <summary>Blocks of one site's chain on their way to another place.</summary>
public sealed record SiteBlocks
{
    /// <summary>The hash of the founder's first block: which ledger they are of.</summary>
    public required string Ledger { get; init; }

    /// <summary>The site that hands them over; null if it is none.</summary>
    public string? Giver { get; init; }

    /// <summary>Whose blocks they are.</summary>
    public required string Site { get; init; }

    /// <summary>The blocks, oldest first.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }
}
