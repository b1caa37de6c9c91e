namespace Settle.Wire;

/// <summary>What a ledger is made with.</summary>
internal sealed record LedgerBody
{
    /// <summary>The default asset.</summary>
    public required string Asset { get; init; }
}
