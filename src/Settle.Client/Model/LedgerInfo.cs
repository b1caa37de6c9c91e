namespace Settle;

/// <summary>A ledger's assets and its newest block.</summary>
public sealed record LedgerInfo
{
    /// <summary>The ledger's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Which of the ledger's sites this is; null where it has one. The figures below are of this
    /// site's chain.
    /// </summary>
    public string? Site { get; init; }

    /// <summary>The default asset.</summary>
    public required string Asset { get; init; }

    /// <summary>Whether accounts must be opened before money moves to or from them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Strict { get; init; }

    /// <summary>The assets in use, and those declared.</summary>
    public required IReadOnlyList<AssetInfo> Assets { get; init; }

    /// <summary>The height of the newest block; 0 for an empty chain.</summary>
    public required long Height { get; init; }

    /// <summary>The hash of the newest block, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>How many accounts exist.</summary>
    public required long Accounts { get; init; }

    /// <summary>How many entries the chain has.</summary>
    public required long Entries { get; init; }

    /// <summary>
    /// The blocks in which a person set the chain's clock back, oldest first; null for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClockCorrection>? ClockCorrections { get; init; }

    /// <summary>The decimals of an asset, as far as they are known; null if they are not.</summary>
    internal static int? ScaleOf(string asset, LedgerInfo? info)
    {
        foreach (var known in info?.Assets ?? [])
            if (known.Code == asset) return known.Scale;
        return Iso4217.IsCurrent(asset) && Iso4217.TryGetScale(asset, out var scale)
            ? scale : null;
    }
}
