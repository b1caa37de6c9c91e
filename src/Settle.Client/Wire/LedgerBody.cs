namespace Settle.Wire;

/// <summary>What a ledger is made with.</summary>
internal sealed record LedgerBody
{
    /// <summary>The default asset.</summary>
    public required string Asset { get; init; }

    /// <summary>How many decimals it has, when it is not in ISO 4217.</summary>
    public int? Scale { get; init; }

    /// <inheritdoc cref="LedgerRequest.Strict"/>
    public bool? Strict { get; init; }
}
