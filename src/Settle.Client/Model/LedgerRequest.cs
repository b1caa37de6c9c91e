namespace Settle;

/// <summary>A request to make a ledger, or to change its terms.</summary>
public sealed record LedgerRequest
{
    /// <summary>
    /// The default asset: a currency of ISO 4217, or an asset of the ledger's own. It is set for
    /// ever.
    /// </summary>
    public required string Asset { get; init; }

    /// <summary>How many decimals it has, 0 to 12; null for a currency.</summary>
    public int? Scale { get; init; }

    /// <summary>
    /// Whether accounts must be opened before money moves to or from them; those that exist already
    /// stay as they are. It can be changed at any time; null leaves it as it is.
    /// </summary>
    public bool? Strict { get; init; }
}
