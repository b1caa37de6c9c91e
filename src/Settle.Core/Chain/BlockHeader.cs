namespace Settle.Chain;

/// <summary>Everything of a block but its entries.</summary>
internal sealed record BlockHeader
{
    /// <summary>The newest format that is read and written.</summary>
    public const int CurrentVersion = 14;

    /// <summary>The format of new blocks that hold nothing newer (C8).</summary>
    public const int BaseVersion = 3;

    /// <summary>The first format of ledgers that have sites.</summary>
    public const int SitesVersion = EntryKinds.SitesSince;

    /// <summary>The format and the rules of this one, 1 to the current one.</summary>
    public int Version { get; init; } = CurrentVersion;

    public required string Site { get; init; }
    public required long Height { get; init; }
    public required BlockHash Prev { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Time { get; init; }
    public required string Writer { get; init; }
    public required BlockHash Hash { get; init; }

    /// <summary>What a person confirmed; null in nearly every block.</summary>
    public BlockRecovery? Recovery { get; init; }

    /// <summary>How far its writer has read other chains, where that advanced.</summary>
    public SeenVector Seen { get; init; } = SeenVector.Empty;
}
