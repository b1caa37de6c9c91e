namespace Settle;

/// <summary>How far the chains of a ledger's sites are at one of them.</summary>
public sealed record SiteTips
{
    /// <summary>
    /// The hash of the founder's first block, which tells a ledger from others; null where that is
    /// not here yet.
    /// </summary>
    public string? Ledger { get; init; }

    /// <summary>The site that says this.</summary>
    public required string Site { get; init; }

    /// <summary>The newest block of each site that is here.</summary>
    public required IReadOnlyList<SiteTip> Items { get; init; }
}
